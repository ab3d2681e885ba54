package dev.sluice.records;

/**
 * A problem that was kept out: a row of the table {@code dropped_problems}.
 *
 * @param problemId the problem's id
 * @param reason {@code benchmark}, {@code near_duplicate} or {@code paraphrase}
 * @param match what it is too like: {@code FILE:ROW} (from 0) of a benchmark, or the id of a
 *     problem that was kept
 * @param similarity how like, from 0 to 1: the share of the shorter text's words in a common
 *     subsequence for a benchmark, the share of common runs of words for a near-duplicate, the
 *     cosine of the vectors for a paraphrase
 */
public record DroppedProblem(String problemId, String reason, String match, double similarity) {}
