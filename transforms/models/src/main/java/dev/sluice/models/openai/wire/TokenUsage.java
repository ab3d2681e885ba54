package dev.sluice.models.openai.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What an answer used, as far as the server's account of it can be believed: whole numbers from 0
 * to the most that the request may use. Any other number counts as that most, so that no server
 * gives back what was spent, and none spends more than was set aside.
 *
 * @param prompt tokens of the prompt
 * @param completion tokens of all completions
 * @param unbelievable what the server said instead, such as {@code prompt_tokens -5}; mostly empty
 */
record TokenUsage(long prompt, long completion, List<String> unbelievable) {
  private static final int MAX_VALUE = 40;

  /**
   * Reads the key {@code usage}.
   *
   * @param written tokens of the completions at the most, by their bytes
   */
  static TokenUsage read(JsonNode usage, TokenBound bound, long written) {
    List<String> unbelievable = new ArrayList<>();
    long prompt = tokens(usage, "prompt_tokens", bound.prompt(), bound.prompt(), unbelievable);
    long completion =
        tokens(
            usage,
            "completion_tokens",
            bound.completion(),
            Math.min(written, bound.completion()),
            unbelievable);
    return new TokenUsage(prompt, completion, List.copyOf(unbelievable));
  }

  private static long tokens(
      JsonNode usage, String key, long most, long absent, List<String> unbelievable) {
    JsonNode said = usage.path(key);
    if (said.isMissingNode() || said.isNull()) {
      return absent;
    }
    // Some servers write 12 as 12.0.
    boolean whole = said.isNumber() && said.canConvertToExactIntegral() && said.canConvertToLong();
    if (whole && said.asLong() >= 0 && said.asLong() <= most) {
      return said.asLong();
    }
    String value = said.toString();
    unbelievable.add(
        "%s %s where at most %d are possible"
            .formatted(
                key,
                value.length() > MAX_VALUE ? value.substring(0, MAX_VALUE) + "..." : value,
                most));
    return most;
  }

  /** The completions' tokens shared out by the lengths of their texts; the shares add up. */
  static int[] shares(long completion, int[] lengths) {
    long sum = 0;
    for (int length : lengths) {
      sum += length;
    }
    int[] shares = new int[lengths.length];
    long given = 0;
    long before = 0;
    for (int i = 0; i < lengths.length; i++) {
      given += lengths[i];
      long upTo = Math.round(completion * (given / (double) sum));
      shares[i] = (int) Math.min(Integer.MAX_VALUE, upTo - before);
      before = upTo;
    }
    return shares;
  }
}
