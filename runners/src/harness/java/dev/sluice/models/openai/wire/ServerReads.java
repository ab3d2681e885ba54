package dev.sluice.models.openai.wire;

import dev.sluice.models.Endpoint;
import dev.sluice.models.openai.ServerCheck;
import dev.sluice.models.openai.wire.Outcome.Answered;
import dev.sluice.models.openai.wire.Outcome.Trouble;
import dev.sluice.models.provider.ModelFinding;
import dev.sluice.models.provider.OpenAiSpec;
import dev.sluice.runners.fuzz.targets.Broken;
import dev.sluice.runners.fuzz.targets.Sentence;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLSession;

/** Reads replies of servers as the client does, for a look at what strange ones do. */
public final class ServerReads {
  private static final Connections CONNECTIONS = new Connections();
  private static final String SERVER = "http://127.0.0.1:8000/v1";
  private static final String KEY = "sk-secret-0123456789";
  private static final TokenBound BOUND = new TokenBound(70, 1000);
  private static final Duration MAX_LENGTH = Duration.ofMinutes(10);
  private static final int MAX_WARNED = 1000;

  private final OpenAiSpec spec;
  private final ApiKey key;

  public ServerReads() {
    spec =
        new OpenAiSpec(
            SERVER,
            List.of(),
            "scripted",
            "1",
            "KEY",
            Endpoint.CHAT,
            true,
            Map.of(),
            1,
            1,
            new OpenAiSpec.Timeouts("10s", "30s", "30s"),
            null,
            null,
            null);
    key = ApiKey.of("KEY", name -> KEY);
  }

  /** Whether a reply is an answer. */
  public boolean reply(int status, HttpHeaders headers, byte[] body) {
    StringBuilder warned = new StringBuilder();
    Protocol protocol = new Protocol(spec, key, new Warnings(warned::append));
    Outcome outcome = protocol.read(SERVER, status, headers, body, BOUND);
    Broken.unless(
        warned.length() < 4 * MAX_WARNED && warned.indexOf(KEY) < 0, "A warning: %s", warned);
    if (outcome instanceof Trouble trouble) {
      Sentence.check(trouble.message());
      Broken.unless(!trouble.message().contains(KEY), "The key is told.");
      trouble
          .pause()
          .ifPresent(
              pause ->
                  Broken.unless(
                      pause.compareTo(MAX_LENGTH) <= 0 && pause.compareTo(Backoff.SHORTEST) >= 0,
                      "A wait of %s.",
                      pause));
      return false;
    }
    check((Answered) outcome);
    return true;
  }

  private static void check(Answered answered) {
    Broken.unless(!answered.replies().isEmpty(), "An answer has a reply.");
    Broken.unless(
        answered.promptTokens() >= 0 && answered.promptTokens() <= BOUND.prompt(),
        "%d tokens of the prompt.",
        answered.promptTokens());
    Broken.unless(
        answered.completionTokens() >= 0 && answered.completionTokens() <= BOUND.completion(),
        "%d tokens of completions.",
        answered.completionTokens());
    long sum = 0;
    for (Reply reply : answered.replies()) {
      sum += reply.completionTokens();
      Broken.unless(reply.completionTokens() >= 0, "A reply with a negative share.");
      Broken.unless(
          reply.pieces().size() == reply.logprobs().size(), "Each piece has a log-probability.");
      Broken.unless(
          reply.logprobs().stream().allMatch(value -> value <= 1e-3 && Double.isFinite(value)),
          "A log-probability.");
      Broken.unless(
          !reply.text().contains(KEY) && !reply.reasoning().contains(KEY), "The key is masked.");
      reply.completion();
    }
    Broken.unless(sum == answered.completionTokens(), "The shares add up to %d.", sum);
  }

  /** Whether a list of models lets the model be asked. */
  public boolean models(int status, HttpHeaders headers, byte[] body) {
    ServerCheck check = new ServerCheck("policy", spec, new Transport(spec, key, CONNECTIONS));
    Optional<ModelFinding> finding =
        check.found(SERVER, new Received(status, headers, body), null, Duration.ofSeconds(1));
    finding.ifPresent(
        found -> {
          Sentence.check(found.message());
          Broken.unless(!found.message().contains(KEY), "The key is told.");
        });
    return finding.isEmpty();
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record Received(int statusCode, HttpHeaders headers, byte[] body)
      implements HttpResponse<byte[]> {
    @Override
    public HttpRequest request() {
      return HttpRequest.newBuilder(uri()).build();
    }

    @Override
    public Optional<HttpResponse<byte[]>> previousResponse() {
      return Optional.empty();
    }

    @Override
    public Optional<SSLSession> sslSession() {
      return Optional.empty();
    }

    @Override
    public URI uri() {
      return URI.create(SERVER + "/models");
    }

    @Override
    public HttpClient.Version version() {
      return HttpClient.Version.HTTP_1_1;
    }
  }
}
