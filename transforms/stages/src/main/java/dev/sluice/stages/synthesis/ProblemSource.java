package dev.sluice.stages.synthesis;

import dev.sluice.methods.arithmetic.Slice;
import dev.sluice.parts.Port;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** Where problems come from. */
@Port(value = "problem source", stage = "SynthesizeProblems")
public interface ProblemSource extends Serializable {

  /** Chains of the arithmetic world. */
  @Kind(value = "arithmetic", doc = "Chains such as 23+4-8*3, drawn from the run's seed.")
  record Arithmetic(
      @Key(value = "Number of distinct problems.", min = 1) int count,
      @Key(value = "Range of the number of operations.", byDefault = "{min: 3, max: 6}") Range ops,
      @Key(value = "Part of all chains that is drawn from.", byDefault = "train") Slice slice,
      @Key(
              value =
                  "Sets a second draw of the same file apart: another stream, and within the train slice other chains than those that no salt draws.",
              byDefault = "''")
          String salt)
      implements ProblemSource {}

  /** Rows of a file. */
  @Kind(value = "file", doc = "Rows of a JSONL, CSV or Parquet file.")
  record File(
      @Key(value = "The file; its ending tells its kind.", refersTo = Key.FILE) String path,
      @Key(
              value =
                  "The file's columns; a dot reaches into an object. A row with the question or the id of an earlier one is a duplicate.",
              byDefault = "{}")
          Columns columns,
      @Key(value = "Most rows to read; absent: all.", min = 1) @Nullable Integer limit,
      @Key(
              value = "Form of prompts and answers.",
              byDefault = "text",
              choices = {"text", "arithmetic"})
          String format)
      implements ProblemSource {}

  /**
   * Which columns of a file are read, each a name.
   *
   * @param referenceAnswer null if there is none, as for those below
   */
  record Columns(
      @Key(value = "Column of the question.", byDefault = "question") String question,
      @Key("Column of the right answer, which only stages read that say so.")
          @Nullable String referenceAnswer,
      @Key("Column of the difficulty, a whole number.") @Nullable String difficulty,
      @Key("Column of the question's id.") @Nullable String id)
      implements Serializable {}

  /** A range of whole numbers, both ends included. */
  record Range(
      @Key(value = "Lower end.", min = 2, max = 6) int min,
      @Key(value = "Upper end.", min = 2, max = 6) int max)
      implements Serializable {

    public Range {
      if (min > max) {
        throw new IllegalArgumentException(
            "a range has its lower end first, not min %d and max %d".formatted(min, max));
      }
    }
  }
}
