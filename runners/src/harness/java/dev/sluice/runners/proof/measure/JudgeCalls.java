package dev.sluice.runners.proof.measure;

import dev.sluice.export.Artifact;
import dev.sluice.records.parquet.Tables;
import java.util.HashSet;
import java.util.Set;

/**
 * What a judge's votes cost on the solutions that judges are compared on.
 *
 * @param solutions number of solutions
 * @param calls number of votes
 * @param tokens tokens that the judge wrote
 */
public record JudgeCalls(int solutions, long calls, long tokens) {

  /**
   * The cost of one way to judge.
   *
   * @param evaluation what Evaluate left
   * @param judge {@code verifier} or {@code reward}
   * @param pass {@code initial} for the sampled votes, {@code greedy} for the greedy one
   */
  public static JudgeCalls of(Artifact evaluation, String judge, String pass) {
    String revision = evaluation.manifest().models().get(judge);
    Set<String> solutions = new HashSet<>();
    long[] sums = new long[2];
    evaluation.forEach(
        Tables.VERIFICATIONS,
        vote -> {
          if (vote.model().equals(revision) && vote.pass().equals(pass)) {
            solutions.add(vote.solutionId());
            sums[0]++;
            sums[1] += vote.completionTokens();
          }
        });
    return new JudgeCalls(solutions.size(), sums[0], sums[1]);
  }

  public long callsOfOne() {
    return solutions == 0 ? 0 : calls / solutions;
  }

  public double tokensOfOne() {
    return solutions == 0 ? 0 : (double) tokens / solutions;
  }
}
