package dev.sluice.records;

import dev.sluice.records.schema.Column;
import java.util.List;

/**
 * The advantage of a rollout that was estimated over all rollouts of its round: a row of the table
 * {@code advantages}.
 */
public record RolloutAdvantage(
    @Column(value = "The rollout's id.", unique = true) String rolloutId,
    @Column("The round, from 1.") int round,
    @Column("The sequence's advantage; the mean of its tokens if they differ.") double advantage,
    @Column(
            value = "The advantage of each token; empty where all equal the sequence's.",
            added = true)
        List<Double> advantages) {

  public RolloutAdvantage {
    advantages = List.copyOf(advantages);
  }
}
