package dev.sluice.models.openai.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Why a reply ended, read from {@code finish_reason}. Servers that speak OpenAI's interface keep
 * the words of the model behind them (Gemini's {@code MAX_TOKENS}, Anthropic's {@code end_turn},
 * Mistral's {@code model_length}), so case and the dash or blank in a word do not count.
 */
enum Ending {
  /** The model ended it. */
  FINISHED,
  /** The most tokens or the end of the context were reached. */
  CUT,
  /** A filter held it back; the same request will be held back again. */
  REFUSED,
  /** The model asked for a tool: finished if it wrote text as well. */
  BY_CONTENT,
  /** The server gave it up; another try may be whole. */
  GIVEN_UP,
  /** A word that is not known, or none: nobody can say that the reply is whole. */
  UNKNOWN;

  private static final Map<Ending, Set<String>> WORDS =
      Map.of(
          FINISHED,
          Set.of("stop", "eos", "eos_token", "stop_sequence", "end_turn", "complete", "completed"),
          CUT,
          Set.of(
              "length",
              "max_tokens",
              "max_output_tokens",
              "model_length",
              "model_context_window_exceeded"),
          REFUSED,
          Set.of(
              "content_filter",
              "safety",
              "recitation",
              "refusal",
              "blocklist",
              "prohibited_content",
              "spii",
              "toxic",
              "error_toxic"),
          BY_CONTENT,
          Set.of("tool_calls", "tool_call", "function_call", "tool_use"),
          GIVEN_UP,
          Set.of(
              "abort",
              "aborted",
              "error",
              "error_limit",
              "cancelled",
              "canceled",
              "user_cancel",
              "timeout",
              "insufficient_system_resource"));

  /** What the value of {@code finish_reason} says. */
  static Ending of(JsonNode finishReason) {
    String word =
        finishReason
            .asText("")
            .strip()
            .toLowerCase(Locale.ROOT)
            .replaceAll("[\\s-]+", "_")
            .replaceFirst("^finish_reason_", "");
    for (Map.Entry<Ending, Set<String>> words : WORDS.entrySet()) {
      if (finishReason.isTextual() && words.getValue().contains(word)) {
        return words.getKey();
      }
    }
    return UNKNOWN;
  }
}
