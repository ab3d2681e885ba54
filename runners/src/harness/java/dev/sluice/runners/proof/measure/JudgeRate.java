package dev.sluice.runners.proof.measure;

import dev.sluice.export.Artifact;
import dev.sluice.records.Verification;
import dev.sluice.records.parquet.Tables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Errors of the reward model on a model's samples of one problem.
 *
 * @param gap share of them that it accepts minus share that is right in every step
 * @param falseAccepts number of them that it accepts though some step is wrong
 * @param wrong number of them of which some step is wrong
 */
public record JudgeRate(double gap, double falseAccepts, double wrong) {

  /**
   * Ids of the solutions that the reward model accepts: half of its votes call every step right.
   */
  static Set<String> accepted(Artifact evaluation) {
    Map<String, List<Verification>> votes = new HashMap<>();
    evaluation.forEach(
        Tables.VERIFICATIONS,
        vote -> {
          if (vote.pass().equals("reward")) {
            votes.computeIfAbsent(vote.solutionId(), id -> new ArrayList<>()).add(vote);
          }
        });
    Set<String> accepted = new HashSet<>();
    votes.forEach(
        (solution, cast) -> {
          long right =
              cast.stream()
                  .filter(vote -> vote.parsed() && !vote.stepVerdicts().contains(false))
                  .count();
          if (2 * right >= cast.size()) {
            accepted.add(solution);
          }
        });
    return accepted;
  }

  /** The rate over samples of one problem; a sample that was never voted on is not accepted. */
  static JudgeRate of(List<Attempts.Attempt> samples, Set<String> accepted) {
    int accepts = 0;
    int falseAccepts = 0;
    int wrong = 0;
    for (Attempts.Attempt sample : samples) {
      boolean accept = accepted.contains(sample.solutionId());
      accepts += accept ? 1 : 0;
      wrong += sample.wholeRight() ? 0 : 1;
      falseAccepts += accept && !sample.wholeRight() ? 1 : 0;
    }
    int right = samples.size() - wrong;
    return new JudgeRate((double) (accepts - right) / samples.size(), falseAccepts, wrong);
  }
}
