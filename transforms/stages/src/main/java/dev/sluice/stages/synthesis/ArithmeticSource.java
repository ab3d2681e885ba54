package dev.sluice.stages.synthesis;

import dev.sluice.methods.arithmetic.Slice;
import dev.sluice.parts.Method;
import dev.sluice.records.Problem;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.io.Serializable;
import java.util.List;

/** Chains of the arithmetic world. */
@Kind(value = "arithmetic", doc = "Chains such as 23+4-8*3, drawn from the run's seed.")
@Method(
    name = "Chains of arithmetic",
    paper = "ours",
    formula = "the first count distinct chains of the slice, drawn from the seed and the salt")
public record ArithmeticSource(
    @Key(value = "Number of distinct problems.", min = 1) int count,
    @Key(value = "Range of the number of operations.", byDefault = "{min: 3, max: 6}") Range ops,
    @Key(value = "Part of all chains that is drawn from.", byDefault = "train") Slice slice,
    @Key(
            value =
                "Sets a second draw of the same file apart: another stream, and within the train slice other chains than those that no salt draws.",
            byDefault = "''")
        String salt)
    implements DrawnSource {

  /** A range of whole numbers, both ends included. */
  public record Range(
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

  @Override
  public List<Problem> problems(long seed, int from, int to) {
    return ArithmeticProblems.draw(this, seed, to).subList(from, to).stream()
        .map(ArithmeticProblems::row)
        .toList();
  }
}
