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
          "Generated examples of the arithmetic world's train slice: what the built-in models are made of.")
  record Arithmetic(
      @Key("What is learnt: solving, or judging with some solving among it.") Task task)
      implements ExampleSource {}

  /** What an example teaches. */
  enum Task {
    /** Solving, without an error. */
    SOLVE,
    /** Judging (85 %) and solving (15 %). */
    JUDGE
  }
}
