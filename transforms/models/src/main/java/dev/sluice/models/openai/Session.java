package dev.sluice.models.openai;

/**
 * What a run lends to the calls of one worker.
 *
 * @param replies where replies are kept
 * @param purse what calls may use
 * @param workers processes that share the limits by the minute
 */
public record Session(Replies replies, Purse purse, int workers) {
  /** Nothing kept, nothing bounded, nobody else. */
  public static final Session ALONE = new Session(Replies.NONE, Purse.bottomless(), 1);
}
