package dev.sluice.models.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.models.Endpoint;
import dev.sluice.models.OpenAiSpec;
import dev.sluice.models.Sampling;
import dev.sluice.models.openai.Outcome.Fate;
import dev.sluice.models.openai.Outcome.Trouble;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** OpenAI's interface: requests as JSON, and what servers answer. */
final class Protocol {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONGEST_QUOTE = 300;

  /** The template of a chat and a default system message, at the most. */
  private static final int TEMPLATE_TOKENS = 256;

  private final OpenAiSpec spec;
  private final ApiKey key;

  Protocol(OpenAiSpec spec, ApiKey key) {
    this.spec = spec;
    this.key = key;
  }

  /** The path below the server's address. */
  String path() {
    return spec.endpoint() == Endpoint.CHAT ? "/chat/completions" : "/completions";
  }

  /**
   * A request.
   *
   * @param seed derived; sent as 31 bits, since many servers take no more
   * @param samples how many completions
   */
  byte[] request(String prompt, Sampling sampling, long seed, int samples) {
    ObjectNode json = JSON.createObjectNode().put("model", spec.model());
    if (spec.endpoint() == Endpoint.CHAT) {
      json.putArray("messages").addObject().put("role", "user").put("content", prompt);
    } else {
      json.put("prompt", prompt);
    }
    json.put("max_tokens", sampling.maxTokens()).put("temperature", sampling.temperature());
    if (sampling.topP() < 1) {
      json.put("top_p", sampling.topP());
    }
    if (sampling.topK() > 0) {
      json.put("top_k", sampling.topK());
    }
    if (!sampling.stop().isEmpty()) {
      sampling.stop().forEach(json.putArray("stop")::add);
    }
    json.put("seed", seed & Integer.MAX_VALUE);
    if (samples > 1) {
      json.put("n", samples);
    }
    if (spec.logprobs()) {
      if (spec.endpoint() == Endpoint.CHAT) {
        json.put("logprobs", true);
      } else {
        json.put("logprobs", 1);
      }
    }
    try {
      return JSON.writeValueAsBytes(json);
    } catch (IOException e) {
      throw new IllegalStateException("A request cannot be written as JSON.", e);
    }
  }

  /** Tokens that a prompt has at the most: no tokenizer makes more of a text than its bytes. */
  static int promptBound(String prompt) {
    return prompt.getBytes(StandardCharsets.UTF_8).length + TEMPLATE_TOKENS;
  }

  /**
   * What an answer says.
   *
   * @param retryAfter the header, if there is one
   * @param bound tokens of the prompt at the most, if the server does not say
   */
  Outcome read(
      int status, String contentType, Optional<String> retryAfter, byte[] body, int bound) {
    if (status / 100 == 2) {
      // Whatever is wrong with it, the server has worked.
      Outcome outcome = answer(contentType, body, bound);
      return outcome instanceof Trouble trouble ? trouble.thatMayCost() : outcome;
    }
    String said = said(body);
    Optional<Duration> wait = retryAfter.flatMap(header -> Backoff.asked(header, Instant.now()));
    if (status == 401 || status == 403) {
      return fatal(key.refused(status));
    }
    if (status == 429 && said.contains("quota")) {
      return fatal("The server says that the account is used up (429: %s).".formatted(said));
    }
    if (status == 404 || status == 405 || status == 501 || status / 100 == 3) {
      return fatal(
          "The server answers %d to POST %s (%s): either it is no OpenAI server, or its address or the model's name '%s' is wrong. Look at base_url, which ends with /v1 for most, and at model."
              .formatted(status, path(), said, spec.model()));
    }
    if (status == 429) {
      return new Trouble(
          Fate.RETRY,
          "rate_limited",
          "the server takes no more now (429: %s)".formatted(said),
          wait,
          false,
          false);
    }
    if (status == 408 || status == 409 || status == 425 || status >= 500) {
      return new Trouble(
          Fate.RETRY,
          "server_error",
          "the server failed (%d: %s)".formatted(status, said),
          wait,
          false,
          true);
    }
    return new Trouble(
        Fate.DEAD,
        aboutLength(said) ? "context_length" : "bad_request",
        "the server refuses the request (%d: %s)".formatted(status, said),
        Optional.empty(),
        false,
        false);
  }

  private static Trouble fatal(String message) {
    return new Trouble(Fate.FATAL, "fatal", message, Optional.empty(), false, false);
  }

  private static boolean aboutLength(String said) {
    String lower = said.toLowerCase(Locale.ROOT);
    return lower.contains("context")
        || lower.contains("too long")
        || lower.contains("maximum length");
  }

  private Outcome answer(String contentType, byte[] body, int bound) {
    if (!contentType.toLowerCase(Locale.ROOT).contains("json")) {
      return Outcome.retry(
          "malformed_reply",
          "the server answered with '%s' instead of JSON".formatted(quoted(contentType)));
    }
    JsonNode json;
    try {
      json = JSON.readTree(body);
    } catch (IOException e) {
      return Outcome.retry(
          "malformed_reply", "the server's JSON breaks off or is none: " + said(body));
    }
    if (json.hasNonNull("error")) {
      return Outcome.retry("server_error", "the server failed (%s)".formatted(said(body)));
    }
    List<JsonNode> choices = new ArrayList<>();
    json.path("choices").forEach(choices::add);
    if (choices.isEmpty()) {
      return Outcome.retry(
          "malformed_reply", "the server's JSON holds no 'choices': " + said(body));
    }
    choices.sort(Comparator.comparingInt(choice -> choice.path("index").asInt()));
    for (JsonNode choice : choices) {
      if (choice.path("finish_reason").asText().equals("content_filter")) {
        return new Trouble(
            Fate.DEAD,
            "content_filter",
            "the server's filter holds the reply back",
            Optional.empty(),
            false,
            false);
      }
      if (!text(choice).isTextual() && !reasoning(choice).isTextual()) {
        return Outcome.retry(
            "malformed_reply", "a choice in the server's JSON has no text: " + said(body));
      }
    }
    return answered(json.path("usage"), choices, bound);
  }

  private static JsonNode text(JsonNode choice) {
    return choice.has("message") ? choice.path("message").path("content") : choice.path("text");
  }

  private static JsonNode reasoning(JsonNode choice) {
    JsonNode message = choice.path("message");
    return message.hasNonNull("reasoning_content")
        ? message.path("reasoning_content")
        : message.path("reasoning");
  }

  private static Outcome answered(JsonNode usage, List<JsonNode> choices, int bound) {
    int prompt = usage.path("prompt_tokens").asInt(bound);
    int[] lengths = new int[choices.size()];
    long sum = 0;
    for (int i = 0; i < lengths.length; i++) {
      JsonNode choice = choices.get(i);
      String all = text(choice).asText("") + reasoning(choice).asText("");
      lengths[i] = all.getBytes(StandardCharsets.UTF_8).length + 1;
      sum += lengths[i];
    }
    long completion = usage.path("completion_tokens").asLong(sum);
    List<Reply> replies = new ArrayList<>();
    long given = 0;
    long before = 0;
    for (int i = 0; i < lengths.length; i++) {
      // The server says the sum alone; shares by length that add up to it.
      given += lengths[i];
      long upTo = Math.round(completion * (given / (double) sum));
      replies.add(reply(choices.get(i), prompt, (int) (upTo - before)));
      before = upTo;
    }
    return new Outcome.Answered(List.copyOf(replies), prompt, completion);
  }

  private static Reply reply(JsonNode choice, int promptTokens, int completionTokens) {
    List<String> pieces = new ArrayList<>();
    List<Double> logprobs = new ArrayList<>();
    JsonNode said = choice.path("logprobs");
    for (JsonNode each : said.path("content")) {
      pieces.add(each.path("token").asText());
      logprobs.add(each.path("logprob").asDouble());
    }
    for (int i = 0; i < said.path("token_logprobs").size(); i++) {
      pieces.add(said.path("tokens").path(i).asText());
      logprobs.add(said.path("token_logprobs").path(i).asDouble());
    }
    return new Reply(
        text(choice).asText(""),
        reasoning(choice).asText(""),
        !choice.path("finish_reason").asText().equals("length"),
        promptTokens,
        completionTokens,
        pieces,
        logprobs);
  }

  /** What a body says about an error, short and without the key. */
  String said(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    try {
      JsonNode json = JSON.readTree(text);
      for (String place : List.of("/error/message", "/error", "/message", "/detail")) {
        if (json.at(place).isTextual()) {
          return quoted(json.at(place).asText());
        }
      }
    } catch (IOException e) {
      // No JSON: its beginning says what it is.
    }
    return text.isBlank() ? "an empty body" : quoted(text);
  }

  private String quoted(String text) {
    String line = key.hidden(text).replaceAll("\\s+", " ").strip();
    return line.length() > LONGEST_QUOTE ? line.substring(0, LONGEST_QUOTE) + "..." : line;
  }
}
