package dev.sluice.models.openai.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.models.Endpoint;
import dev.sluice.models.GenerationRequest;
import dev.sluice.models.Sampling;
import dev.sluice.models.openai.wire.Outcome.Fate;
import dev.sluice.models.openai.wire.Outcome.Trouble;
import dev.sluice.models.provider.OpenAiSpec;
import dev.sluice.models.provider.RequestKeys;
import dev.sluice.records.Printable;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** OpenAI's interface: requests as JSON, and what servers answer. */
public final class Protocol {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_QUOTE = 300;

  /** Of what is quoted, no more is looked at. */
  private static final int MAX_READ = 1 << 16;

  /** The template of a chat and a default system message, at the most. */
  private static final int TEMPLATE_TOKENS = 256;

  private final OpenAiSpec spec;
  private final ApiKey key;
  private final Warnings warnings;

  Protocol(OpenAiSpec spec, ApiKey key, Warnings warnings) {
    this.spec = spec;
    this.key = key;
    this.warnings = warnings;
  }

  /** The path below the server's address. */
  String path() {
    return spec.endpoint() == Endpoint.CHAT ? "/chat/completions" : "/completions";
  }

  /**
   * A request.
   *
   * @param asked prompt, system message and schema
   * @param withSchema whether the server is told of the schema
   * @param seed derived; sent as 31 bits, since many servers take no more
   * @param samples how many completions
   */
  public byte[] request(GenerationRequest asked, boolean withSchema, long seed, int samples) {
    Sampling sampling = asked.sampling();
    ObjectNode json = JSON.createObjectNode().put("model", spec.model());
    if (spec.endpoint() == Endpoint.CHAT) {
      ArrayNode messages = json.putArray("messages");
      if (!asked.system().isEmpty()) {
        messages.addObject().put("role", "system").put("content", asked.system());
      }
      messages.addObject().put("role", "user").put("content", asked.prompt());
    } else {
      json.put("prompt", asked.plain());
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
    if (withSchema && !asked.schema().isEmpty()) {
      json.set("response_format", ResponseFormat.of(asked.schema()));
    }
    new RequestKeys(spec.request()).putInto(json);
    try {
      return JSON.writeValueAsBytes(json);
    } catch (IOException e) {
      throw new IllegalStateException("A request cannot be written as JSON.", e);
    }
  }

  /** Says once that the server takes no schema. */
  public void warnOfSchema() {
    warnings.schema(spec.servers().get(0));
  }

  /** Tokens that a prompt has at the most: no tokenizer makes more of a text than its bytes. */
  public static int promptBound(GenerationRequest asked) {
    return asked.plain().getBytes(StandardCharsets.UTF_8).length + TEMPLATE_TOKENS;
  }

  /**
   * What an answer says.
   *
   * @param server its address, for warnings
   * @param bound tokens of the request at the most
   */
  Outcome read(String server, int status, HttpHeaders headers, byte[] body, TokenBound bound) {
    if (status / 100 == 2) {
      // Whatever is wrong with it, the server has worked.
      Outcome outcome = answer(server, headers.firstValue("content-type").orElse(""), body, bound);
      return outcome instanceof Trouble trouble ? trouble.thatMayCost() : outcome;
    }
    String said = said(body);
    JsonNode error = error(body);
    Optional<Duration> wait = Limits.wait(headers, error, Instant.now());
    if (status == 401 || status == 403) {
      return fatal(key.refused(status));
    }
    if (Limits.exhausted(status, error, wait)) {
      return fatal(
          "The server says that the account is used up (%d: %s). Nothing more was asked; top it up, or set another key, and run the file again."
              .formatted(status, said));
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

  private Outcome answer(String server, String contentType, byte[] body, TokenBound bound) {
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
    List<JsonNode> found = new ArrayList<>();
    json.path("choices").forEach(found::add);
    if (found.isEmpty()) {
      return Outcome.retry(
          "malformed_reply", "the server's JSON holds no 'choices': " + said(body));
    }
    found.sort(Comparator.comparingInt(choice -> choice.path("index").asInt()));
    List<Choice> choices = new ArrayList<>();
    for (JsonNode each : found) {
      Choice choice = Choice.of(each);
      Choice without = choice.without(key);
      if (!without.equals(choice)) {
        warnings.keyInReply(server);
      }
      choices.add(without);
    }
    for (Choice choice : choices) {
      Trouble trouble = trouble(choice, body);
      if (trouble != null) {
        return trouble;
      }
      if (choice.ending() == Ending.UNKNOWN) {
        warnings.unknownEnding(server, quoted(choice.word()));
      }
    }
    return answered(server, json.path("usage"), choices, bound);
  }

  private @Nullable Trouble trouble(Choice choice, byte[] body) {
    if (choice.ending() == Ending.REFUSED) {
      return new Trouble(
          Fate.DEAD,
          "content_filter",
          "the server's filter holds the reply back",
          Optional.empty(),
          false,
          false);
    }
    if (choice.ending() == Ending.GIVEN_UP) {
      return Outcome.retry(
          "server_error",
          "the server gave up a reply (finish_reason '%s')".formatted(quoted(choice.word())));
    }
    if (choice.ending() == Ending.BY_CONTENT && choice.text().isBlank()) {
      return Outcome.retry(
          "malformed_reply",
          "a choice in the server's JSON calls a tool and has no text: " + said(body));
    }
    return choice.present()
        ? null
        : Outcome.retry(
            "malformed_reply", "a choice in the server's JSON has no text: " + said(body));
  }

  private Outcome answered(String server, JsonNode usage, List<Choice> choices, TokenBound bound) {
    int[] lengths = new int[choices.size()];
    long written = 0;
    for (int i = 0; i < lengths.length; i++) {
      String all = choices.get(i).text() + choices.get(i).reasoning();
      lengths[i] = all.getBytes(StandardCharsets.UTF_8).length + 1;
      written += lengths[i];
    }
    TokenUsage used = TokenUsage.read(usage, bound, written);
    boolean[] overlong = Overlong.of(usage, lengths, bound);
    for (int i = 0; i < lengths.length; i++) {
      if (overlong[i]) {
        warnings.overlong(server, bound.completion() / choices.size());
      }
      if (choices.get(i).unpaired()) {
        warnings.unpaired(server);
      }
    }
    if (!used.unbelievable().isEmpty()) {
      warnings.unbelievableUsage(server, quoted(String.join(" and ", used.unbelievable())));
    }
    // The server says the sum alone.
    int[] shares = TokenUsage.shares(used.completion(), lengths);
    int prompt = (int) Math.min(Integer.MAX_VALUE, used.prompt());
    List<Reply> replies = new ArrayList<>();
    for (int i = 0; i < shares.length; i++) {
      replies.add(choices.get(i).reply(prompt, shares[i], overlong[i]));
    }
    return new Outcome.Answered(List.copyOf(replies), used.prompt(), used.completion());
  }

  /** The error that a body speaks of; the body itself if it has no such key. */
  private static JsonNode error(byte[] body) {
    try {
      JsonNode json = JSON.readTree(body);
      // Gemini's errors come in a list.
      JsonNode first = json.isArray() ? json.path(0) : json;
      return first.has("error") ? first.path("error") : first;
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }

  /** What a body says about an error, short and without the key. */
  public String said(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    JsonNode error = error(body);
    for (JsonNode place : List.of(error.path("message"), error, error.path("detail"))) {
      if (place.isTextual()) {
        return quoted(place.asText());
      }
    }
    return text.isBlank() ? "an empty body" : quoted(text);
  }

  /** A text of the server's for a message: short, on one line, without the key. */
  public String quoted(String text) {
    return quoted(text, MAX_QUOTE);
  }

  /** The same of at most so many characters. */
  public String quoted(String text, int most) {
    String part = text.length() > MAX_READ ? text.substring(0, MAX_READ) : text;
    String line = Printable.text(key.hidden(part).replaceAll("\\s+", " ").strip());
    return line.length() > most ? line.substring(0, most) + "..." : line;
  }
}
