package dev.sluice.records;

import dev.sluice.records.schema.Column;

/**
 * The advantage of a rollout that was estimated over all rollouts of its round: a row of the table
 * {@code advantages}.
 */
public record RolloutAdvantage(
    @Column(value = "The rollout's id.", unique = true) String rolloutId,
    @Column("The round, from 1.") int round,
    @Column("The sequence's advantage.") double advantage) {}
