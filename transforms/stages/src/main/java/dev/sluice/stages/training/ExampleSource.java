package dev.sluice.stages.training;

import dev.sluice.parts.Port;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.io.Serializable;

/** Examples that are made as they are needed. */
@Port(value = "example source", stage = "FineTune")
public interface ExampleSource extends Serializable {

  /** Generated examples of the arithmetic world. */
  @Kind(
      value = "arithmetic",
      doc =
          "Generated arithmetic examples from the train split. The built-in models were trained on them.")
  record Arithmetic(
      @Key("Task to learn: `solve`, or `judge`, which also includes some solving examples.")
          Task task)
      implements ExampleSource {}

  /** What an example teaches. */
  enum Task {
    /** Solving, without an error. */
    SOLVE,
    /** Judging (85 %) and solving (15 %). */
    JUDGE
  }
}
