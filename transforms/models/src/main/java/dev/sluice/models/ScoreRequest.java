package dev.sluice.models;

/**
 * Asks for the log-probabilities of a completion.
 *
 * @param prompt tokens before; at least one
 * @param completion tokens to score
 */
@SuppressWarnings("ArrayRecordComponent")
public record ScoreRequest(int[] prompt, int[] completion) {}
