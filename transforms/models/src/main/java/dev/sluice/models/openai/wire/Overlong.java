package dev.sluice.models.openai.wire;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Which completions are far longer than {@code max_tokens}, since a server did not obey it: of more
 * than twice as many tokens as the server counts them, or of more than 32 bytes for each token that
 * was asked for, whatever the server counts. An account that exceeds the bytes of the texts is
 * none.
 */
final class Overlong {
  private static final long MANY_TOKENS = 2;
  private static final long MANY_BYTES = 32;

  private Overlong() {}

  /**
   * For each completion, whether it is.
   *
   * @param usage what the server says that the answer used
   * @param bytes of each completion
   * @param bound tokens of all completions together at the most
   */
  static boolean[] of(JsonNode usage, int[] bytes, TokenBound bound) {
    boolean[] overlong = new boolean[bytes.length];
    long written = 0;
    for (int each : bytes) {
      written += each;
    }
    double most = bound.completion() / (double) Math.max(1, bytes.length);
    JsonNode said = usage.path("completion_tokens");
    boolean believable =
        said.isNumber()
            && said.canConvertToLong()
            && said.asLong() >= 0
            && said.asLong() <= written;
    for (int i = 0; i < bytes.length; i++) {
      double tokens = believable ? said.asLong() * (bytes[i] / (double) written) : 0;
      overlong[i] = tokens > MANY_TOKENS * most || bytes[i] > MANY_BYTES * most;
    }
    return overlong;
  }
}
