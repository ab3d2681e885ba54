package dev.sluice.models.serve;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.models.Sampling;
import dev.sluice.records.Hashes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What a client asks for, as OpenAI's interface has it.
 *
 * @param chat whether it is a chat, and replies are messages
 * @param prompts tokens of each prompt; a chat has one
 * @param samples completions of each prompt
 * @param sampling how tokens are drawn
 * @param seed of the samples
 * @param logprobs whether log-probabilities are wanted
 * @param stream whether the reply comes in pieces
 * @param usage whether a stream ends with what was used
 */
record Request(
    boolean chat,
    List<int[]> prompts,
    int samples,
    Sampling sampling,
    long seed,
    boolean logprobs,
    boolean stream,
    boolean usage) {
  private static final int MOST_SAMPLES = 256;
  private static final int MOST_ALTOGETHER = 1024;
  private static final int USUAL_TOKENS = 16;

  Request {
    prompts = List.copyOf(prompts);
    if (prompts.size() * samples > MOST_ALTOGETHER) {
      throw new RefusedException(
          "%d prompts with 'n' %d are %d completions; a request has at most %d."
              .formatted(prompts.size(), samples, prompts.size() * samples, MOST_ALTOGETHER));
    }
  }

  /** Reads what completions and chats have in common. */
  static Request of(JsonNode body, boolean chat, List<int[]> prompts, int context) {
    JsonNode logprobs = body.path("logprobs");
    refuse(body, "echo", "the prompt is not repeated");
    refuse(body, "suffix", "nothing can be inserted");
    refuse(body, "tools", "tools cannot be called");
    refuse(body, "response_format", "replies are plain text");
    for (String penalty : List.of("frequency_penalty", "presence_penalty")) {
      if (body.path(penalty).asDouble(0) != 0) {
        throw new RefusedException("'%s' is not supported; leave it out.".formatted(penalty));
      }
    }
    if (body.path("top_logprobs").asInt(0) > 0
        || (logprobs.isIntegralNumber() && logprobs.asInt() > 1)) {
      throw new RefusedException(
          "Log-probabilities are given of the tokens that were drawn, not of others: 'logprobs' true or 1, 'top_logprobs' 0.");
    }
    int most = body.path("max_completion_tokens").asInt(body.path("max_tokens").asInt(0));
    try {
      Sampling sampling =
          new Sampling(
              body.path("temperature").asDouble(1),
              body.path("top_p").asDouble(1),
              body.path("top_k").asInt(0),
              body.hasNonNull("max_tokens") || body.hasNonNull("max_completion_tokens")
                  ? most
                  : chat ? context : USUAL_TOKENS,
              stops(body.path("stop")));
      return new Request(
          chat,
          prompts,
          whole(body, "n", 1, MOST_SAMPLES),
          sampling,
          body.hasNonNull("seed")
              ? body.path("seed").asLong()
              : ThreadLocalRandom.current().nextLong(),
          logprobs.isBoolean() ? logprobs.asBoolean() : logprobs.asInt(0) > 0,
          body.path("stream").asBoolean(false),
          body.path("stream_options").path("include_usage").asBoolean(false));
    } catch (IllegalArgumentException e) {
      throw new RefusedException(String.valueOf(e.getMessage()));
    }
  }

  private static void refuse(JsonNode body, String key, String why) {
    JsonNode value = body.path(key);
    boolean given =
        value.isContainerNode()
            ? !value.isEmpty() && !value.path("type").asText("").equals("text")
            : value.isTextual() ? !value.asText().isEmpty() : value.asBoolean(false);
    if (given) {
      throw new RefusedException("'%s' is not supported: %s.".formatted(key, why));
    }
  }

  private static int whole(JsonNode body, String key, int absent, int most) {
    JsonNode value = body.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return absent;
    }
    if (!value.canConvertToInt() || value.asInt() < 1 || value.asInt() > most) {
      throw new RefusedException(
          "'%s' is a whole number from 1 to %d, but is %s.".formatted(key, most, value));
    }
    return value.asInt();
  }

  private static List<String> stops(JsonNode node) {
    List<String> stops = new ArrayList<>();
    if (node.isTextual()) {
      stops.add(node.asText());
    } else {
      node.forEach(each -> stops.add(each.asText()));
    }
    if (stops.stream().anyMatch(String::isEmpty)) {
      throw new RefusedException("A text of 'stop' is empty, so that nothing could be said.");
    }
    return stops;
  }

  /**
   * The samples of a prompt: the same for the same seed, prompt and settings, whoever else asks.
   */
  Ask ask(int prompt) {
    List<Long> seeds = new ArrayList<>();
    for (int i = 0; i < samples; i++) {
      seeds.add(Hashes.seed(seed, "serve", "", prompt, "", i));
    }
    return new Ask(prompts.get(prompt), sampling, seeds);
  }
}
