package dev.sluice.pipelines.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.models.openai.Cost;
import dev.sluice.pipelines.file.Budget;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the calls of a run to servers may use, and have used. Kept by the driver, which lends each
 * wave of units what is left.
 */
public final class Spending {
  private final long tokens;
  private final long picoUsd;
  private final boolean kept;
  private long spentTokens;
  private long spentPicoUsd;

  private Spending(long tokens, long picoUsd, boolean kept) {
    this.tokens = tokens;
    this.picoUsd = picoUsd;
    this.kept = kept;
  }

  /**
   * Of a run.
   *
   * @param budget null for no bound
   * @param kept whether replies are kept and found again
   */
  public static Spending of(@Nullable Budget budget, boolean kept) {
    Long tokens = budget == null ? null : budget.tokens();
    Double usd = budget == null ? null : budget.usd();
    return new Spending(
        tokens == null ? Long.MAX_VALUE : tokens,
        usd == null ? Long.MAX_VALUE : Cost.pico(usd),
        kept);
  }

  /** What a stage's wave may use. */
  synchronized Calls calls(int workers, String since) {
    return Calls.share(
        workers, new Cost(left(tokens, spentTokens), left(picoUsd, spentPicoUsd)), kept, since);
  }

  private static long left(long most, long spent) {
    return most == Long.MAX_VALUE ? most : most - spent;
  }

  /** Adds what the processes of a wave that is over say that they used. */
  synchronized void add(Path wave) {
    for (Path file : RunFiles.list(wave)) {
      JsonNode json = RunFiles.read(file);
      if (json != null) {
        spentTokens += json.path("spent_tokens").asLong();
        spentPicoUsd += json.path("spent_pico_usd").asLong();
      }
    }
  }

  /** What is used of what, in a sentence. */
  synchronized String sentence() {
    StringBuilder text = new StringBuilder();
    if (tokens < Long.MAX_VALUE) {
      text.append(String.format(Locale.ROOT, "%,d of %,d tokens", spentTokens, tokens));
    }
    if (picoUsd < Long.MAX_VALUE) {
      text.append(
          String.format(
              Locale.ROOT,
              "%s%.6f of %.6f US dollars",
              text.isEmpty() ? "" : " and ",
              new Cost(0, spentPicoUsd).usd(),
              new Cost(0, picoUsd).usd()));
    }
    return text.append(" are used, and the next request might pass it").toString();
  }
}
