package dev.sluice.models.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.models.ModelException;
import dev.sluice.models.OpenAiSpec;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the servers of a model for their list of models, before the first request. */
final class ServerCheck {
  private static final Logger LOG = LoggerFactory.getLogger(ServerCheck.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int TRIES = 4;
  private static final int MOST_NAMES = 40;

  private final String name;
  private final OpenAiSpec spec;
  private final Transport transport;

  ServerCheck(String name, OpenAiSpec spec, Transport transport) {
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
      throw mistake(away + " Start the server, or mend base_url, and run the file again.");
    }
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
        if (response.statusCode() != 429 && response.statusCode() < 500) {
          read(server, response);
          return null;
        }
        why =
            "%s/models answers %d (%s)."
                .formatted(
                    server, response.statusCode(), transport.protocol().said(response.body()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw mistake("the look at " + server + " was interrupted.");
      } catch (ExecutionException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        why = "no server answers at %s (%s).".formatted(server, transport.words(cause));
        if (Transport.neverSent(cause)) {
          return why;
        }
      }
    }
    return why;
  }

  private void read(String server, HttpResponse<byte[]> response) {
    int status = response.statusCode();
    if (status == 401 || status == 403) {
      throw mistake(transport.refused(status));
    }
    String type = response.headers().firstValue("content-type").orElse("");
    boolean json = type.toLowerCase(Locale.ROOT).contains("json");
    if (status == 404 && json) {
      return; // some gateways have no list; the first request will tell
    }
    List<String> models = json && status == 200 ? names(response.body()) : null;
    if (models == null) {
      throw mistake(
          "what answers at %s is no OpenAI server: GET %s/models gave %d and %s. The address ends with /v1 for most servers."
              .formatted(server, server, status, type.isEmpty() ? "no type" : "'" + type + "'"));
    }
    if (!models.isEmpty() && !models.contains(spec.model())) {
      List<String> shown = models.subList(0, Math.min(MOST_NAMES, models.size()));
      throw mistake(
          "the server at %s has no model '%s'; it has %s%s."
              .formatted(
                  server,
                  spec.model(),
                  String.join(", ", shown),
                  shown.size() < models.size() ? " and more" : ""));
    }
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
