package dev.sluice.stages.synthesis;

import dev.sluice.methods.arithmetic.Slice;
import dev.sluice.parts.Method;
import dev.sluice.records.Problem;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.io.Serializable;
import java.util.List;

/** Chains of the arithmetic world. */
@Kind(
    value = "arithmetic",
    doc = "Random arithmetic problems such as 23+4-8*3, generated from the run's seed.")
@Method(
    name = "Chains of arithmetic",
    paper = "ours",
    formula = "the first count distinct chains of the slice, drawn from the seed and the salt")
public record ArithmeticSource(
    @Key(value = "Number of distinct problems.", min = 1) int count,
    @Key(value = "Range of the number of operations per problem.", byDefault = "{min: 3, max: 6}")
        Range ops,
    @Key(value = "Split to draw from. The splits share no problem.", byDefault = "train")
        Slice slice,
    @Key(
            value =
                "Label of a second draw in the same file. It uses a different random stream and, in the train split, problems that a draw without a salt never uses.",
            byDefault = "''")
        String salt)
    implements DrawnSource {

  /** A range of whole numbers, both ends included. */
  public record Range(
      @Key(value = "Minimum, included.", min = 2, max = 6) int min,
      @Key(value = "Maximum, included.", min = 2, max = 6) int max)
      implements Serializable {

    public Range {
      if (min > max) {
        throw new IllegalArgumentException(
            "a range has its lower end first, not min %d and max %d".formatted(min, max));
      }
    }
  }

  @Override
  public List<Problem> problems(long seed, int from, int to) {
    return ArithmeticProblems.draw(this, seed, to).subList(from, to).stream()
        .map(ArithmeticProblems::row)
        .toList();
  }
}
