package dev.sluice.models.provider;

import dev.sluice.models.Endpoint;
import dev.sluice.models.LanguageModel;
import dev.sluice.models.ModelException;
import dev.sluice.models.ServerAccess;
import dev.sluice.models.openai.OpenAiModels;
import dev.sluice.models.openai.OpenAiServer;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.records.config.Durations;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.io.Serializable;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A model behind a server that speaks OpenAI's interface. */
@Kind(
    value = "openai",
    doc = "A model behind a server with OpenAI's API. It can generate but not be trained.")
public record OpenAiSpec(
    @Key(value = "Base URL of the server, including `/v1`.", tuning = true)
        @Nullable String baseUrl,
    @Key(
            value =
                "Base URLs of several servers of the same model, instead of `base_url`. Each request goes to the least busy server that is reachable.",
            byDefault = "[]",
            tuning = true)
        List<String> baseUrls,
    @Key("Name of the model, as listed by the server's `/v1/models`.") String model,
    @Key(
            "Version label of the served weights. Changing it invalidates cached rows; changing the URL does not.")
        String revision,
    @Key(
            value =
                "Name of the environment variable that holds the API key. Default: no key is sent.",
            tuning = true)
        @Nullable String apiKeyEnv,
    @Key(
            value =
                "`chat` sends the prompt as a user message; `completions` continues it as plain text, as few-shot prompts require.",
            byDefault = "chat")
        Endpoint endpoint,
    @Key(
            value = "Whether to request log-probabilities. Not every server supports them.",
            byDefault = "false")
        boolean logprobs,
    @Key(
            value =
                "Additional fields of the request body, such as `reasoning_effort: low`. A value replaces the field that Sluice sends; null removes it; `$KEY` renames it, as in `max_completion_tokens: $max_tokens` or `random_seed: $seed` (`$$` escapes a leading dollar sign). `max_tokens` and `seed` can be renamed but not replaced. Not allowed: `model`, `messages`, `prompt`, `n`, `stream`, `best_of` and `echo`.",
            byDefault = "{}")
        Map<String, @Nullable Object> request,
    @Key(
            value = "Maximum number of concurrent requests per worker process.",
            byDefault = "32",
            min = 1,
            max = 10_000,
            tuning = true)
        int maxInFlight,
    @Key(
            value =
                "Maximum attempts per request before its rows become dead letters. Waiting for `Retry-After` does not count as an attempt.",
            byDefault = "6",
            min = 1,
            tuning = true)
        int maxAttempts,
    @Key(value = "Timeouts of a request.", byDefault = "{}", tuning = true) Timeouts timeouts,
    @Key(
            value = "Maximum number of requests per minute, over all workers of the run.",
            min = 1,
            tuning = true)
        @Nullable Integer requestsPerMinute,
    @Key(
            value = "Maximum number of tokens per minute, over all workers of the run.",
            min = 1,
            tuning = true)
        @Nullable Integer tokensPerMinute,
    @Key(value = "Price of tokens. Default: free.", tuning = true) @Nullable Price price)
    implements ModelProvider {

  /**
   * How long a request may take; durations such as {@code 500ms}, {@code 30s} and {@code 10m}.
   *
   * @param connect until a connection stands
   * @param firstToken until the reply begins
   * @param total until the reply is whole
   */
  public record Timeouts(
      @Key(value = "Maximum time to establish a connection.", byDefault = "10s") String connect,
      @Key(
              value =
                  "Maximum time until the first token of the reply. A server without streaming sends the first token when the reply is complete.",
              byDefault = "10m")
          String firstToken,
      @Key(value = "Maximum time until the reply is complete.", byDefault = "10m") String total)
      implements Serializable {}

  /**
   * US dollars for a million tokens.
   *
   * @param prompt of prompts
   * @param completion of completions
   */
  public record Price(
      @Key(value = "US dollars per million prompt tokens.", min = 0) double prompt,
      @Key(value = "US dollars per million completion tokens.", min = 0) double completion)
      implements Serializable {}

  public OpenAiSpec {
    baseUrls = List.copyOf(baseUrls);
    request = Collections.unmodifiableMap(new LinkedHashMap<>(request));
  }

  /** All servers, without a slash at the end. */
  public List<String> servers() {
    List<String> all = new ArrayList<>(baseUrls);
    if (baseUrl != null) {
      all.add(0, baseUrl);
    }
    return all.stream().map(url -> url.replaceFirst("/+$", "")).distinct().toList();
  }

  /** What a fingerprint sees of it: all that decides what is answered. */
  public String identity() {
    RequestKeys more = new RequestKeys(request);
    return "%s@%s/%s%s%s"
        .formatted(
            model,
            revision,
            endpoint == Endpoint.CHAT ? "chat" : "completions",
            logprobs ? "+logprobs" : "",
            more.isEmpty() ? "" : "+request:" + more.digest());
  }

  /** Until a connection stands. */
  public Duration connectTimeout() {
    return duration(timeouts.connect());
  }

  /** Until a reply begins. */
  public Duration firstTokenTimeout() {
    return duration(timeouts.firstToken());
  }

  /** Until a reply is whole. */
  public Duration totalTimeout() {
    return duration(timeouts.total());
  }

  private static Duration duration(String text) {
    Duration parsed = Durations.parse(text);
    if (parsed == null || parsed.isZero() || parsed.isNegative()) {
      throw new IllegalStateException("'" + text + "' is no timeout.");
    }
    return parsed;
  }

  @Override
  public Optional<ServerAccess> server() {
    return Optional.of(new OpenAiServer(this));
  }

  @Override
  public ModelIdentity identity(ModelEntry entry) {
    return new ModelIdentity(model, identity());
  }

  @Override
  public LanguageModel open(OpenRequest request) {
    return new OpenAiModels().open(this, request.session());
  }

  @Override
  public Path folder(OpenRequest request) {
    throw new ModelException(
        "The weights of the model '%s' are behind a server, so nothing can be trained or classified with it. Name a model of the provider 'djl'."
            .formatted(request.model().location()));
  }

  @Override
  public List<ConfigMistake> check(String key) {
    return ConfigMistake.unlessEmpty(key, objection());
  }

  /** What is wrong with the entry as a whole; empty if nothing is. */
  public String objection() {
    if (baseUrl == null ? baseUrls.isEmpty() : !baseUrls.isEmpty()) {
      return "a server needs 'base_url', such as http://127.0.0.1:8000/v1, or 'base_urls', and not both";
    }
    for (String url : servers()) {
      String objection = objection(url);
      if (!objection.isEmpty()) {
        return objection;
      }
    }
    if (model.isBlank() || revision.isBlank()) {
      return "'model' and 'revision' must not be empty";
    }
    if (apiKeyEnv != null && !apiKeyEnv.matches("[A-Za-z_][A-Za-z0-9_]*")) {
      return "api_key_env is the name of an environment variable, such as OPENAI_API_KEY; never write a key into a file";
    }
    String wrong = new RequestKeys(request).objection();
    if (!wrong.isEmpty()) {
      return wrong;
    }
    for (String timeout : List.of(timeouts.connect(), timeouts.firstToken(), timeouts.total())) {
      Duration parsed = Durations.parse(timeout);
      if (parsed == null || parsed.isZero() || parsed.isNegative()) {
        return "a timeout must be a duration such as 500ms, 30s or 10m, but is '" + timeout + "'";
      }
    }
    return "";
  }

  private static String objection(String url) {
    try {
      URI uri = new URI(url);
      if (uri.getUserInfo() != null || uri.getQuery() != null || uri.getFragment() != null) {
        return "the address of a server holds no user, password or query; name the variable that holds a key in api_key_env";
      }
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (web && uri.getHost() != null) {
        return "";
      }
    } catch (URISyntaxException e) {
      // Said below.
    }
    return "the address of a server is such as http://127.0.0.1:8000/v1, but is '" + url + "'";
  }
}
