package dev.sluice.pipelines.run.worker;

import dev.sluice.models.openai.CallBudget;
import dev.sluice.models.openai.Cost;
import dev.sluice.models.openai.Replies;
import dev.sluice.models.openai.Session;
import dev.sluice.pipelines.store.ArtifactStore;
import java.io.Serializable;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/**
 * What the calls of a stage to servers may use, as it travels to workers.
 *
 * @param workers processes that share it
 * @param tokens of the budget, for each of them; {@link Long#MAX_VALUE} for no bound
 * @param picoUsd the same in 1e-12 US dollars
 * @param kept whether replies are kept and found again
 * @param since replies that are older are not found, as an ISO instant: a rerun asks anew
 */
public record Calls(int workers, long tokens, long picoUsd, boolean kept, String since)
    implements Serializable {

  /**
   * What a worker lends to calls.
   *
   * @param stopped whether the run was asked to stop
   */
  public Session session(ArtifactStore store, WaveMeter meter, BooleanSupplier stopped) {
    return new Session(
        kept ? store.responses().since(Instant.parse(since)) : Replies.NONE,
        meter.budget(() -> new CallBudget(tokens, picoUsd)),
        workers,
        stopped);
  }

  /** The same of a part of what is left. */
  public static Calls share(int workers, Cost left, boolean kept, String since) {
    return new Calls(
        workers, part(left.tokens(), workers), part(left.picoUsd(), workers), kept, since);
  }

  private static long part(long whole, int workers) {
    return whole == Long.MAX_VALUE ? whole : Math.max(0, whole) / workers;
  }
}
