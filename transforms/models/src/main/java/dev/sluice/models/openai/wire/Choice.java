package dev.sluice.models.openai.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.models.Flaw;
import java.util.ArrayList;
import java.util.List;

/**
 * One choice of a reply, in any form that servers give it: {@code text}, or a {@code message} whose
 * content is a text or a list of parts.
 *
 * @param text what was written; empty if nothing was
 * @param reasoning the thought that the server keeps apart; empty if none
 * @param present whether there is any of the two, even an empty text
 * @param ending why it ended
 * @param word {@code finish_reason} as it stands, for messages
 * @param pieces text of each token; empty unless each has a log-probability
 * @param logprobs log-probability (nats) of each of those
 * @param unpaired whether text or thought held halves of surrogate pairs, which are U+FFFD now
 */
record Choice(
    String text,
    String reasoning,
    boolean present,
    Ending ending,
    String word,
    List<String> pieces,
    List<Double> logprobs,
    boolean unpaired) {
  /** A logarithm of a probability is at most 0; servers that round are that far off. */
  private static final double ROUNDING = 1e-3;

  static Choice of(JsonNode json) {
    JsonNode message = json.has("message") ? json.path("message") : json;
    JsonNode content = json.has("message") ? message.path("content") : json.path("text");
    StringBuilder text = new StringBuilder();
    StringBuilder reasoning = new StringBuilder();
    JsonNode thought =
        message.hasNonNull("reasoning_content")
            ? message.path("reasoning_content")
            : message.path("reasoning");
    texts(thought, reasoning);
    boolean present = content.isTextual() || thought.isTextual();
    if (content.isTextual()) {
      text.append(content.asText());
    }
    for (JsonNode part : content.isArray() ? content : List.<JsonNode>of()) {
      boolean thinks = thinks(part);
      present |= thinks || part.isTextual() || part.path("text").isTextual();
      texts(part, thinks ? reasoning : text);
    }
    String written = Surrogates.mended(text.toString());
    String thinking = Surrogates.mended(reasoning.toString());
    JsonNode reason = json.path("finish_reason");
    Choice choice =
        new Choice(
            written,
            thinking,
            present,
            ending(json, message, text.toString()),
            reason.isMissingNode() ? "null" : reason.asText(),
            new ArrayList<>(),
            new ArrayList<>(),
            !written.contentEquals(text) || !thinking.contentEquals(reasoning));
    choice.readLogprobs(json.path("logprobs"));
    return choice;
  }

  private static Ending ending(JsonNode json, JsonNode message, String text) {
    if (message.path("refusal").isTextual() && text.isEmpty()) {
      return Ending.REFUSED;
    }
    if (json.hasNonNull("error")) {
      return Ending.GIVEN_UP;
    }
    return Ending.of(json.path("finish_reason"));
  }

  private static boolean thinks(JsonNode part) {
    String type = part.path("type").asText();
    return type.contains("thinking") || type.contains("reasoning") || part.has("thinking");
  }

  /** Adds the texts of a part: itself, or what its keys hold, parts within parts included. */
  private static void texts(JsonNode part, StringBuilder into) {
    if (part.isTextual()) {
      into.append(part.asText());
    } else if (part.isArray()) {
      part.forEach(each -> texts(each, into));
    } else if (part.isObject()) {
      for (String key : List.of("text", "thinking", "reasoning", "summary")) {
        texts(part.path(key), into);
      }
    }
  }

  /**
   * A reply in which one token has no log-probability has none: a mean over the others would not be
   * that of the reply, and 0 would say that the token was certain.
   */
  private void readLogprobs(JsonNode said) {
    for (JsonNode each : said.path("content")) {
      add(each.path("token"), each.path("logprob"));
    }
    for (int i = 0; i < said.path("token_logprobs").size(); i++) {
      add(said.path("tokens").path(i), said.path("token_logprobs").path(i));
    }
    if (logprobs.contains(Double.NaN)) {
      pieces.clear();
      logprobs.clear();
    }
  }

  private void add(JsonNode token, JsonNode logprob) {
    double value = token.isTextual() && logprob.isNumber() ? logprob.asDouble() : Double.NaN;
    pieces.add(Surrogates.mended(token.asText()));
    logprobs.add(value <= ROUNDING && value >= -Float.MAX_VALUE ? value : Double.NaN);
  }

  /** Itself, or, if it holds the key, the same with a mask in its place and no single tokens. */
  Choice without(ApiKey key) {
    String maskedText = key.hidden(text);
    String maskedReasoning = key.hidden(reasoning);
    if (maskedText.equals(text) && maskedReasoning.equals(reasoning)) {
      return this;
    }
    return new Choice(
        maskedText, maskedReasoning, present, ending, word, List.of(), List.of(), unpaired);
  }

  /** Whether the reply is whole: nothing says that it was cut, and something that it ended. */
  boolean finished() {
    return ending == Ending.FINISHED || (ending == Ending.BY_CONTENT && !text.isBlank());
  }

  /**
   * The reply.
   *
   * @param overlong whether it is far longer than asked, so that an obedient server had cut it off
   */
  Reply reply(int promptTokens, int completionTokens, boolean overlong) {
    List<Flaw> flaws = new ArrayList<>();
    if (unpaired) {
      flaws.add(Flaw.UNPAIRED);
    }
    if (overlong) {
      flaws.add(Flaw.OVERLONG);
    }
    return new Reply(
        text,
        reasoning,
        finished() && !overlong,
        promptTokens,
        completionTokens,
        pieces,
        logprobs,
        flaws);
  }
}
