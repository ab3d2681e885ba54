package dev.sluice.stages.reward;

import dev.sluice.records.RandomStream;
import dev.sluice.records.config.Key;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * How examples of right and wrong solutions are weighed in a batch (METHODS 1.3).
 *
 * @param by who says which solutions are right
 * @param cap for {@code reference}: most solutions of each kind per problem
 * @param seed for {@code reference}: chooses among more than that
 */
public record Balance(
    @Key(
            value =
                "What decides which solutions are correct: the `consensus` of votes; the `reference` (the run is then not reference-free); or `none`, which draws examples without balancing.",
            byDefault = "consensus")
        By by,
    @Key(
            value =
                "With `reference`: maximum number of correct and of wrong solutions per problem.",
            byDefault = "3",
            min = 1)
        int cap,
    @Key(
            value = "With `reference`: seed that selects solutions if there are more than `cap`.",
            byDefault = "42")
        int seed)
    implements Serializable {

  /** Who says which solutions are right. */
  public enum By {
    /** The votes' consensus. */
    CONSENSUS,
    /** The reference answer. */
    REFERENCE,
    /** Nobody: examples are drawn as they come. */
    NONE
  }

  /**
   * Draws the examples of a batch with replacement. By consensus each is drawn half the time from
   * those called right and half from the others, while there are some of both.
   *
   * @param right for each example whether its solution is called right
   * @return indices into {@code right}
   */
  List<Integer> draw(List<Boolean> right, int batchSize, RandomStream random) {
    List<Integer> good = new ArrayList<>();
    List<Integer> bad = new ArrayList<>();
    for (int i = 0; i < right.size(); i++) {
      (right.get(i) ? good : bad).add(i);
    }
    boolean halves = by == By.CONSENSUS && !good.isEmpty() && !bad.isEmpty();
    List<Integer> drawn = new ArrayList<>(batchSize);
    for (int k = 0; k < batchSize; k++) {
      if (halves) {
        List<Integer> pool = random.nextInt(2) == 0 ? good : bad;
        drawn.add(pool.get(random.nextInt(pool.size())));
      } else {
        drawn.add(random.nextInt(right.size()));
      }
    }
    return drawn;
  }
}
