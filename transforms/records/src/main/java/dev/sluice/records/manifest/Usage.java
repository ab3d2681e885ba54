package dev.sluice.records.manifest;

import java.io.Serializable;

/**
 * What calls to models used.
 *
 * @param calls completions asked for (samples, not requests)
 * @param callsFromCache those among them that a cache answered
 * @param promptTokens tokens of the prompts, each prompt once
 * @param completionTokens tokens of the completions
 * @param costUsd price in US dollars; 0 for local models
 */
public record Usage(
    long calls, long callsFromCache, long promptTokens, long completionTokens, double costUsd)
    implements Serializable {

  /** Nothing used. */
  public static final Usage NONE = new Usage(0, 0, 0, 0, 0);

  /** Both together. */
  public Usage plus(Usage other) {
    return new Usage(
        calls + other.calls,
        callsFromCache + other.callsFromCache,
        promptTokens + other.promptTokens,
        completionTokens + other.completionTokens,
        costUsd + other.costUsd);
  }
}
