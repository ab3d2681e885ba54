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
  private static final int MAX_SAMPLES = 256;
  private static final int MAX_TOTAL = 1024;
  private static final int USUAL_TOKENS = 16;
  private static final int MAX_STOPS = 64;

  Request {
    prompts = List.copyOf(prompts);
    if (prompts.size() * samples > MAX_TOTAL) {
      throw new RefusedException(
          "%d prompts with 'n' %d are %d completions; a request has at most %d."
              .formatted(prompts.size(), samples, prompts.size() * samples, MAX_TOTAL));
    }
  }

  /** Reads what completions and chats have in common. */
  static Request of(JsonNode body, boolean chat, List<int[]> prompts, int context) {
    BodyKeys keys = new BodyKeys(body);
    refuse(body, "echo", "the prompt is not repeated");
    refuse(body, "suffix", "nothing can be inserted");
    refuse(body, "tools", "tools cannot be called");
    refuse(body, "functions", "functions cannot be called");
    refuse(body, "logit_bias", "tokens are drawn as the model has them");
    refuse(body, "response_format", "replies are plain text");
    for (String penalty : List.of("frequency_penalty", "presence_penalty")) {
      if (keys.number(penalty, 0) != 0) {
        throw new RefusedException("'%s' is not supported; leave it out.".formatted(penalty));
      }
    }
    if (keys.whole("best_of", 1, 1, MAX_SAMPLES) > 1) {
      throw new RefusedException("'best_of' is not supported; ask for 'n' samples.");
    }
    boolean logprobs = logprobs(keys);
    long most =
        keys.whole(
            "max_completion_tokens",
            keys.whole("max_tokens", chat ? context : USUAL_TOKENS, 1, Integer.MAX_VALUE),
            1,
            Integer.MAX_VALUE);
    try {
      Sampling sampling =
          new Sampling(
              keys.number("temperature", 1),
              keys.number("top_p", 1),
              (int) keys.whole("top_k", 0, 0, Integer.MAX_VALUE),
              (int) most,
              stops(keys));
      return new Request(
          chat,
          prompts,
          (int) keys.whole("n", 1, 1, MAX_SAMPLES),
          sampling,
          keys.whole(
              "seed", ThreadLocalRandom.current().nextLong(), Long.MIN_VALUE, Long.MAX_VALUE),
          logprobs,
          keys.truth("stream"),
          keys.object("stream_options").truth("include_usage"));
    } catch (IllegalArgumentException e) {
      throw new RefusedException(String.valueOf(e.getMessage()));
    }
  }

  /** Chats ask with true, completions with a number. */
  private static boolean logprobs(BodyKeys keys) {
    JsonNode value = keys.json().path("logprobs");
    boolean wanted = value.isBoolean() ? value.asBoolean() : number(keys) > 0;
    if (keys.whole("top_logprobs", 0, 0, Integer.MAX_VALUE) > 0
        || (!value.isBoolean() && number(keys) > 1)) {
      throw new RefusedException(
          "Log-probabilities are given of the tokens that were drawn, not of others: 'logprobs' true or 1, 'top_logprobs' 0.");
    }
    return wanted;
  }

  private static long number(BodyKeys keys) {
    return keys.whole("logprobs", 0, 0, Integer.MAX_VALUE);
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

  private static List<String> stops(BodyKeys keys) {
    List<String> stops = keys.texts("stop");
    if (stops.size() > MAX_STOPS) {
      throw new RefusedException(
          "'stop' holds %d texts; a request has at most %d.".formatted(stops.size(), MAX_STOPS));
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
