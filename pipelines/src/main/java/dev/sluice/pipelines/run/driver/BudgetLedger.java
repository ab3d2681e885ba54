package dev.sluice.pipelines.run.driver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.models.openai.Cost;
import dev.sluice.pipelines.file.Budget;
import dev.sluice.pipelines.run.folder.RunFiles;
import dev.sluice.pipelines.run.worker.Calls;
import dev.sluice.pipelines.store.WorkspacePath;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the calls of a run to servers may use, and have used. Kept by the driver, which lends each
 * wave of units what is left.
 */
public final class BudgetLedger {
  /** Key of the tokens that a process or an earlier part of a run has spent. */
  static final String TOKENS = "spent_tokens";

  /** Key of the money that it has spent, in 1e-12 US dollars. */
  static final String PICO_USD = "spent_pico_usd";

  private final long tokens;
  private final long picoUsd;
  private final boolean kept;
  private long spentTokens;
  private long spentPicoUsd;

  private BudgetLedger(long tokens, long picoUsd, boolean kept) {
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
  public static BudgetLedger of(@Nullable Budget budget, boolean kept) {
    Long tokens = budget == null ? null : budget.tokens();
    Double usd = budget == null ? null : budget.usd();
    return new BudgetLedger(
        tokens == null ? Long.MAX_VALUE : tokens,
        usd == null ? Long.MAX_VALUE : Cost.pico(usd),
        kept);
  }

  /** What a stage's wave may use. */
  synchronized Calls calls(int workers, String since) {
    return Calls.share(
        workers, new Cost(left(tokens, spentTokens), left(picoUsd, spentPicoUsd)), kept, since);
  }

  /** Adds what the run has spent before it was interrupted. */
  synchronized void carry(Cost before) {
    spentTokens += before.tokens();
    spentPicoUsd += before.picoUsd();
  }

  private static long left(long most, long spent) {
    return most == Long.MAX_VALUE ? most : most - spent;
  }

  /** Adds what the processes of a wave that is over say that they used. */
  synchronized void add(WorkspacePath wave) {
    carry(read(wave));
  }

  /** What was spent, as a file says it. */
  public static ObjectNode toJson(Cost spent) {
    return RunFiles.object().put(TOKENS, spent.tokens()).put(PICO_USD, spent.picoUsd());
  }

  /** What the files of a folder say was spent. */
  public static Cost read(WorkspacePath folder) {
    long tokens = 0;
    long pico = 0;
    for (WorkspacePath file : RunFiles.list(folder)) {
      JsonNode json = RunFiles.read(file);
      if (json != null) {
        tokens += json.path(TOKENS).asLong();
        pico += json.path(PICO_USD).asLong();
      }
    }
    return new Cost(tokens, pico);
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
