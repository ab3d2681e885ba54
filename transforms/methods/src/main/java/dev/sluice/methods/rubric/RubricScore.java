package dev.sluice.methods.rubric;

import java.util.List;
import java.util.OptionalDouble;

/** Scores of a solution by the criteria that it meets. */
final class RubricScore {
  private RubricScore() {}

  /**
   * {@code R = sum(w_i V_i) / sum(w_i)} (rubric rewards of "Chasing the Tail").
   *
   * @param weights weight of each criterion, at least 0
   * @param met whether each criterion is met; the same length
   * @return 0 to 1; empty if there is no criterion of a weight above 0
   */
  public static OptionalDouble weighted(List<Double> weights, List<Boolean> met) {
    if (weights.size() != met.size()) {
      throw new IllegalArgumentException(
          "A rubric's score needs a verdict for every criterion: there are %d weights and %d verdicts."
              .formatted(weights.size(), met.size()));
    }
    double gained = 0;
    double possible = 0;
    for (int i = 0; i < weights.size(); i++) {
      gained += met.get(i) ? weights.get(i) : 0;
      possible += weights.get(i);
    }
    return possible > 0 ? OptionalDouble.of(gained / possible) : OptionalDouble.empty();
  }

  /**
   * 1 if every criterion is met, else 0 (the reward of RIFL, AdvancedIF); empty without criteria.
   */
  public static OptionalDouble allOrNothing(List<Boolean> met) {
    return met.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(met.contains(false) ? 0 : 1);
  }
}
