package dev.sluice.stages.evaluation;

import java.util.List;

/**
 * How far a reward's acceptance is from the truth; needs gold labels, so a diagnostic.
 *
 * @param accept share of the rollouts that the reward accepts
 * @param gap accept minus the share that is right in every line
 * @param falseAccept share accepted of those with some line wrong; 0 if there is none
 */
record JudgeMeasures(double accept, double gap, double falseAccept) {

  /**
   * The measures over rollouts.
   *
   * @param accepted whether the reward accepts each rollout; one that fails the gate is not
   * @param right whether every line of it is right; as many
   */
  public static JudgeMeasures of(List<Boolean> accepted, List<Boolean> right) {
    if (accepted.size() != right.size() || accepted.isEmpty()) {
      throw new IllegalArgumentException(
          "Judge measures need the same rollouts on both sides, at least one: there are %d and %d."
              .formatted(accepted.size(), right.size()));
    }
    int accepts = 0;
    int rights = 0;
    int falseAccepts = 0;
    for (int i = 0; i < accepted.size(); i++) {
      accepts += accepted.get(i) ? 1 : 0;
      rights += right.get(i) ? 1 : 0;
      falseAccepts += accepted.get(i) && !right.get(i) ? 1 : 0;
    }
    double n = accepted.size();
    double wrongs = n - rights;
    return new JudgeMeasures(
        accepts / n, (accepts - rights) / n, wrongs > 0 ? falseAccepts / wrongs : 0);
  }
}
