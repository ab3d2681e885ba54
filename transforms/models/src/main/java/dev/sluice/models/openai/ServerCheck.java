package dev.sluice.models.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.models.ModelException;
import dev.sluice.models.openai.wire.Backoff;
import dev.sluice.models.openai.wire.Transport;
import dev.sluice.models.provider.ModelFinding;
import dev.sluice.models.provider.OpenAiSpec;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the servers of a model for their list of models, before the first request. */
public final class ServerCheck {
  private static final Logger LOG = LoggerFactory.getLogger(ServerCheck.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int TRIES = 4;
  private static final int MAX_NAMES = 40;
  private static final int MAX_LIST = 2_000;

  private final String name;
  private final OpenAiSpec spec;
  private final Transport transport;

  public ServerCheck(String name, OpenAiSpec spec, Transport transport) {
    this.name = name;
    this.spec = spec;
    this.transport = transport;
  }

  /**
   * One server that is good is enough; one that can never be is a mistake all the same.
   *
   * @throws ModelException if the model cannot be asked
   */
  void check() {
    String away = null;
    int good = 0;
    for (String server : spec.servers()) {
      String why = away(server);
      if (why == null) {
        good++;
      } else {
        away = why;
        LOG.warn("Model {}: {}", name, why);
      }
    }
    if (good == 0 && away != null) {
      throw mistake(away + " Start the server, or correct base_url, and run the file again.");
    }
  }

  /**
   * Asks every server once, all at the same time.
   *
   * @param bound the longest wait for all of them
   * @return never ends with an exception
   */
  CompletableFuture<List<ModelFinding>> look(Duration bound) {
    List<CompletableFuture<Optional<ModelFinding>>> all =
        spec.servers().stream()
            .map(
                server ->
                    transport
                        .models(server, bound)
                        .handle((response, error) -> found(server, response, error, bound)))
            .toList();
    return CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new))
        .thenApply(done -> all.stream().flatMap(each -> each.join().stream()).toList());
  }

  public Optional<ModelFinding> found(
      String server,
      @Nullable HttpResponse<byte[]> response,
      @Nullable Throwable error,
      Duration bound) {
    if (response != null && !busy(response)) {
      return Optional.ofNullable(wrong(server, response));
    }
    String why =
        response != null
            ? answers(server, response)
            : Transport.late(error)
                ? "%s/models does not answer within %d s.".formatted(server, bound.toSeconds())
                : silent(server, error);
    String next = "%s Start it before a stage asks it, or correct %s.".formatted(why, urlKey());
    return Optional.of(new ModelFinding(urlKey(), next, false));
  }

  private String urlKey() {
    return spec.baseUrl() == null ? "base_urls" : "base_url";
  }

  private static boolean busy(HttpResponse<byte[]> response) {
    return response.statusCode() == 429 || response.statusCode() >= 500;
  }

  private String answers(String server, HttpResponse<byte[]> response) {
    return "%s/models answers %d (%s)."
        .formatted(server, response.statusCode(), transport.protocol().said(response.body()));
  }

  private String silent(String server, @Nullable Throwable error) {
    if (Transport.late(error)) {
      return "%s/models does not answer within %d s."
          .formatted(server, Transport.LIST_TIMEOUT.toSeconds());
    }
    Throwable cause = Transport.cause(error);
    return "no server answers at %s (%s).".formatted(server, transport.words(cause));
  }

  /** Why a server does not answer for now; null if it does. */
  private @Nullable String away(String server) {
    String why = "";
    for (int attempt = 1; attempt <= TRIES; attempt++) {
      try {
        if (attempt > 1) {
          TimeUnit.MILLISECONDS.sleep(Backoff.after(attempt - 1, 1).toMillis());
        }
        HttpResponse<byte[]> response = transport.models(server).get();
        if (!busy(response)) {
          ModelFinding wrong = wrong(server, response);
          if (wrong != null) {
            throw mistake(wrong.message());
          }
          return null;
        }
        why = answers(server, response);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw mistake("the look at " + server + " was interrupted.");
      } catch (ExecutionException e) {
        why = silent(server, e);
        if (Transport.neverSent(Transport.cause(e))) {
          return why;
        }
      } catch (CancellationException e) {
        why = silent(server, e);
      }
    }
    return why;
  }

  /** What is wrong for good with a server that answers; null if nothing is. */
  private @Nullable ModelFinding wrong(String server, HttpResponse<byte[]> response) {
    int status = response.statusCode();
    if (status == 401 || status == 403) {
      return new ModelFinding("api_key_env", transport.refused(status), true);
    }
    String type = response.headers().firstValue("content-type").orElse("");
    boolean json = type.toLowerCase(Locale.ROOT).contains("json");
    if (status == 404 && json) {
      return null; // some gateways have no list; the first request will tell
    }
    List<String> models = json && status == 200 ? names(response.body()) : null;
    if (models == null) {
      return new ModelFinding(
          urlKey(),
          "what answers at %s is no OpenAI server: GET %s/models gave %d and %s. The address ends with /v1 for most servers."
              .formatted(
                  server,
                  server,
                  status,
                  type.isEmpty() ? "no type" : "'" + transport.protocol().quoted(type) + "'"),
          true);
    }
    if (models.isEmpty() || models.contains(spec.model())) {
      return null;
    }
    List<String> shown = models.subList(0, Math.min(MAX_NAMES, models.size()));
    return new ModelFinding(
        "model",
        "the server at %s has no model '%s'; it has %s%s."
            .formatted(
                server,
                spec.model(),
                transport.protocol().quoted(String.join(", ", shown), MAX_LIST),
                shown.size() < models.size() ? " and more" : ""),
        true);
  }

  /** Names in a list of models; null if it is none. */
  private static @Nullable List<String> names(byte[] body) {
    try {
      JsonNode data = JSON.readTree(body).path("data");
      if (!data.isArray()) {
        return null;
      }
      List<String> names = new ArrayList<>();
      data.forEach(model -> names.add(model.path("id").asText()));
      return names;
    } catch (IOException e) {
      return null;
    }
  }

  private ModelException mistake(String what) {
    return new ModelException("Model '%s': %s".formatted(name, what));
  }
}
