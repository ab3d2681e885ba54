package dev.sluice.records;

import dev.sluice.records.schema.Column;
import org.jspecify.annotations.Nullable;

/** A problem that was kept out: a row of the table {@code dropped_problems}. */
public record DroppedProblem(
    @Column(value = "The problem's id.", unique = true) String problemId,
    @Column("benchmark, near_duplicate or paraphrase; pass_rate or unscored.") String reason,
    @Column(
            value =
                "What it is too like: FILE:ROW (from 0) of a benchmark, or the id of a problem that was kept; empty for other reasons.",
            content = false)
        String match,
    @Column(
            "How like, from 0 to 1: share of the shorter text's words in a common subsequence (benchmark), share of common runs of words (near_duplicate), cosine of the vectors (paraphrase); 0 for other reasons.")
        double similarity,
    @Column(
            value =
                "Share of its scored solutions that are right (pass_rate); null for other reasons.",
            added = true)
        @Nullable Double passRate) {

  /** A problem that is too like another text. */
  public DroppedProblem(String problemId, String reason, String match, double similarity) {
    this(problemId, reason, match, similarity, null);
  }

  /**
   * A problem whose pass rate is out of range.
   *
   * @param passRate null if none of its solutions has a reward
   */
  public static DroppedProblem byPassRate(String problemId, @Nullable Double passRate) {
    return new DroppedProblem(
        problemId, passRate == null ? "unscored" : "pass_rate", "", 0, passRate);
  }
}
