package dev.sluice.models.openai;

import java.util.function.BooleanSupplier;

/**
 * What a run lends to the calls of one worker.
 *
 * @param replies where replies are kept
 * @param budget what calls may use
 * @param workers processes that share the limits by the minute
 * @param stopped whether the run was asked to stop, so that no reply is waited for much longer
 */
public record Session(Replies replies, CallBudget budget, int workers, BooleanSupplier stopped) {
  /** Of a run that nobody stops. */
  public Session(Replies replies, CallBudget budget, int workers) {
    this(replies, budget, workers, () -> false);
  }

  /** Nothing kept, nothing bounded, nobody else. */
  public static Session alone() {
    return new Session(Replies.NONE, CallBudget.bottomless(), 1);
  }
}
