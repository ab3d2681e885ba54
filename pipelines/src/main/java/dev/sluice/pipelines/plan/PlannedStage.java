package dev.sluice.pipelines.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.pipelines.run.folder.RunFiles;
import dev.sluice.pipelines.run.worker.ReadyStage;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One stage of a plan: what will be done with it, and why.
 *
 * @param name the stage's name in the file
 * @param type the stage's type
 * @param fingerprint known or predicted; null if it cannot be known yet
 * @param action what will be done
 * @param reason why, as a person would say it
 * @param rows rows expected; null if unknown, as the others
 * @param calls completions
 * @param promptTokens tokens of prompts
 * @param completionTokens tokens of completions
 * @param costUsd price
 * @param seconds how long it takes
 * @param preparation makes the stage ready from the stages before it in this run, by name
 */
public record PlannedStage(
    String name,
    String type,
    @Nullable String fingerprint,
    Action action,
    String reason,
    @Nullable Long rows,
    @Nullable Long calls,
    @Nullable Long promptTokens,
    @Nullable Long completionTokens,
    @Nullable Double costUsd,
    @Nullable Double seconds,
    Function<Map<String, CommittedStage>, ReadyStage> preparation) {

  /** What will be done with a stage. */
  public enum Action {
    /** All of it. */
    RUN,
    /** What an earlier run left undone. */
    RESUME,
    /** Nothing: the artifact is there. */
    REUSE;

    /** The name that people and scripts see. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The stage once all that it reads is committed: with its inputs, models and fingerprint.
   *
   * @param earlier the stages before it in this run, by name
   */
  public ReadyStage ready(Map<String, CommittedStage> earlier) {
    return preparation.apply(earlier);
  }

  /** The same where a number grew and what was made for the smaller one is kept. */
  PlannedStage grown(long from, long to) {
    double more = (double) (to - from) / from;
    return new PlannedStage(
        name,
        type,
        fingerprint,
        action,
        reason,
        scaled(rows, 1 + more),
        scaled(calls, more),
        scaled(promptTokens, more),
        scaled(completionTokens, more),
        costUsd == null ? null : costUsd * more,
        seconds == null ? null : seconds * more,
        preparation);
  }

  private static @Nullable Long scaled(@Nullable Long value, double by) {
    return value == null ? null : Math.round(value * by);
  }

  /** The JSON shape that scripts rely on. */
  public ObjectNode toJson() {
    return RunFiles.object()
        .put("name", name)
        .put("type", type)
        .put("fingerprint", fingerprint)
        .put("action", action.label())
        .put("reason", reason)
        .put("rows", rows)
        .put("calls", calls)
        .put("prompt_tokens", promptTokens)
        .put("completion_tokens", completionTokens)
        .put("cost_usd", costUsd)
        .put("seconds", seconds);
  }
}
