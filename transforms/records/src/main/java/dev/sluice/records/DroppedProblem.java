package dev.sluice.records;

import dev.sluice.records.schema.Column;

/** A problem that was kept out: a row of the table {@code dropped_problems}. */
public record DroppedProblem(
    @Column(value = "The problem's id.", unique = true) String problemId,
    @Column("benchmark, near_duplicate or paraphrase.") String reason,
    @Column(
            value =
                "What it is too like: FILE:ROW (from 0) of a benchmark, or the id of a problem that was kept.",
            content = false)
        String match,
    @Column(
            "How like, from 0 to 1: share of the shorter text's words in a common subsequence (benchmark), share of common runs of words (near_duplicate), cosine of the vectors (paraphrase).")
        double similarity) {}
