package dev.sluice.pipelines.file;

import dev.sluice.records.config.Key;
import org.jspecify.annotations.Nullable;

/**
 * What a run may use.
 *
 * @param usd null for no bound
 * @param tokens null for no bound
 */
public record Budget(
    @Key(
            value = "Maximum cost of calls to model servers in one run, in US dollars.",
            min = 0,
            minExclusive = true)
        @Nullable Double usd,
    @Key(
            value =
                "Maximum number of tokens (prompts plus completions) that calls to model servers may use in one run.",
            min = 1)
        @Nullable Long tokens) {

  public Budget {
    if (usd == null && tokens == null) {
      throw new IllegalArgumentException("a budget needs the key 'usd' or 'tokens'");
    }
  }
}
