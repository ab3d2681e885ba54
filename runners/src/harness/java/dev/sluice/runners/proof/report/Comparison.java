package dev.sluice.runners.proof.report;

import dev.sluice.runners.proof.measure.Estimate;
import dev.sluice.runners.proof.measure.Measure;
import dev.sluice.runners.proof.measure.Outcome;
import dev.sluice.runners.proof.measure.ProofException;
import dev.sluice.runners.proof.measure.ProofFile;
import dev.sluice.runners.proof.measure.ProofRun;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Two files that are compared; if both use a judge, its decoding is equal.
 *
 * @param ours the file that should be better
 * @param theirs the other file
 */
record Comparison(String ours, String theirs) {
  static final List<Comparison> ALL =
      List.of(
          new Comparison(ProofFile.QUICKSTART, ProofFile.CONTROL),
          new Comparison(ProofFile.QUICKSTART, "majority"),
          new Comparison(ProofFile.QUICKSTART, "random"),
          new Comparison(ProofFile.QUICKSTART, "base_judge_sampled"),
          new Comparison("prm_greedy", "base_judge"),
          new Comparison(ProofFile.STEP_SHARE, ProofFile.CONTROL),
          new Comparison(ProofFile.STEP_SHARE, ProofFile.BASE_JUDGE_SHARE));

  /** The paired difference over the seeds that both have; empty if they share none. */
  Optional<Estimate> difference(List<Outcome> outcomes, Measure measure) {
    Outcome mine = Outcome.find(outcomes, ours).orElse(null);
    Outcome other = Outcome.find(outcomes, theirs).orElse(null);
    if (mine == null
        || other == null
        || Collections.disjoint(mine.runs().keySet(), other.runs().keySet())) {
      return Optional.empty();
    }
    mine.runs()
        .forEach(
            (seed, run) -> {
              ProofRun paired = other.runs().get(seed);
              if (paired != null && !paired.testProblems().equals(run.testProblems())) {
                throw new ProofException(
                    "%s and %s were tested on different problems with seed %d, so they cannot be paired. Run both again with the same settings."
                        .formatted(ours, theirs, seed));
              }
            });
    return Optional.of(mine.policy(measure).minus(other.policy(measure)).mean());
  }

  /** A row for each comparison. */
  static String table(List<Outcome> outcomes, List<Comparison> comparisons) {
    Markdown table = new Markdown("difference", ">T = 1", ">greedy");
    for (Comparison comparison : comparisons) {
      table.row(
          comparison.ours + " − " + comparison.theirs,
          cell(comparison.difference(outcomes, Measure.SAMPLED)),
          cell(comparison.difference(outcomes, Measure.GREEDY)));
    }
    return table.toString();
  }

  private static String cell(Optional<Estimate> difference) {
    return difference.map(Estimate::signedCell).orElse("not run");
  }
}
