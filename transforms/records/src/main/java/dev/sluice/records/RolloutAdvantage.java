package dev.sluice.records;

/**
 * The advantage of a rollout that was estimated over all rollouts of its round: a row of the table
 * {@code advantages}.
 *
 * @param rolloutId the rollout's id
 * @param round the round, from 1
 * @param advantage the sequence's advantage
 */
public record RolloutAdvantage(String rolloutId, int round, double advantage) {}
