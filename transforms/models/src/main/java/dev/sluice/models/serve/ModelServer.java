package dev.sluice.models.serve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.models.Embedder;
import dev.sluice.models.ModelException;
import dev.sluice.records.Printable;
import dev.sluice.records.json.JsonFault;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Serves a model on the loopback address, with OpenAI's paths. */
public final class ModelServer implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(ModelServer.class.getName());
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_BYTES = 8 << 20;
  private static final int BACKLOG = 512;
  private static final String REQUEST_TIME = "sun.net.httpserver.maxReqTime";

  static {
    // Without it every small reply waits for an acknowledgement of the one before.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    // Seconds until a request is whole: one that comes byte by byte would hold a thread for ever.
    if (System.getProperty(REQUEST_TIME) == null) {
      System.setProperty(REQUEST_TIME, "60");
    }
  }

  private final Api api;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  /**
   * Serves a model that generates from now on.
   *
   * @param chat makes prompts of chats; null if the model has no template
   * @param port 0 for any that is free
   * @throws IOException if the port is taken
   */
  public ModelServer(ServedModel model, @Nullable ChatPrompt chat, int port) throws IOException {
    this(new CompletionsApi(model, chat), port);
  }

  /**
   * Serves a sentence encoder from now on.
   *
   * @param port 0 for any that is free
   * @throws IOException if the port is taken
   */
  public ModelServer(Embedder embedder, int port) throws IOException {
    this(new EmbeddingsApi(embedder), port);
  }

  private ModelServer(Api api, int port) throws IOException {
    this.api = api;
    server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  /** Where it is, for a client's base_url. */
  public String url() {
    return "http://127.0.0.1:%d/v1".formatted(server.getAddress().getPort());
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      try {
        route(exchange);
      } catch (RefusedException e) {
        error(exchange, e.status(), e);
      } catch (ServedModel.BusyException e) {
        exchange.getResponseHeaders().set("Retry-After", "1");
        error(exchange, 429, e);
      } catch (ModelException e) {
        error(exchange, 400, e);
      } catch (RuntimeException e) {
        RuntimeException shown = new RuntimeException(Printable.text(String.valueOf(e)));
        shown.setStackTrace(e.getStackTrace());
        LOG.log(Level.WARNING, "A request failed.", shown);
        error(exchange, 500, e);
      }
    }
  }

  private static void error(HttpExchange exchange, int status, RuntimeException e)
      throws IOException {
    if (exchange.getResponseCode() < 0) {
      send(exchange, status, Bodies.error(status, String.valueOf(e.getMessage())));
    }
  }

  private void route(HttpExchange exchange) throws IOException {
    Callers.check(exchange);
    String path = exchange.getRequestURI().getPath();
    Api.Answer answer = api.posts().get(path);
    if (answer != null) {
      answer.send(exchange, asked(exchange));
      return;
    }
    switch (path) {
      case "/health" -> send(exchange, 200, Bodies.object().put("status", "ok"));
      case "/v1/models", "/v1/models/" -> send(exchange, 200, models());
      default ->
          throw new RefusedException(
              404,
              "There is no '%s'; there are %s, /v1/models and /health."
                  .formatted(path, String.join(", ", api.posts().keySet())));
    }
  }

  private ObjectNode models() {
    ObjectNode json = Bodies.object().put("object", "list");
    json.putArray("data")
        .addObject()
        .put("id", api.info().name())
        .put("object", "model")
        .put("owned_by", "sluice")
        .put("max_model_len", api.info().contextLength());
    return json;
  }

  /** The body of a request for this server's model. */
  private JsonNode asked(HttpExchange exchange) throws IOException {
    if (!exchange.getRequestMethod().equals("POST")) {
      throw new RefusedException(405, "The model is asked with POST.");
    }
    JsonNode body = body(exchange);
    String name = new BodyKeys(body).text("model", api.info().name());
    if (!name.equals(api.info().name())) {
      throw new RefusedException(
          404,
          "The model '%s' does not exist; this server has '%s'."
              .formatted(name, api.info().name()));
    }
    return body;
  }

  private static byte[] bytes(HttpExchange exchange) throws IOException {
    try {
      return exchange.getRequestBody().readNBytes(MAX_BYTES + 1);
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      // So the JDK's server says that the length of a chunk is beyond its bounds.
      throw new RefusedException("The body of the request comes in chunks that cannot be read.");
    }
  }

  private static JsonNode body(HttpExchange exchange) throws IOException {
    byte[] bytes = bytes(exchange);
    if (bytes.length > MAX_BYTES) {
      throw new RefusedException(
          413, "A request holds at most %,d bytes.".formatted((long) MAX_BYTES));
    }
    try {
      JsonNode json = JSON.readTree(new String(bytes, StandardCharsets.UTF_8));
      if (json == null || !json.isObject()) {
        throw new RefusedException("A request is a JSON object.");
      }
      return json;
    } catch (JsonProcessingException e) {
      throw new RefusedException("The request is not JSON: " + JsonFault.words(e));
    }
  }

  /** JSON that a terminal shows as it is: what it would act on is escaped. */
  static String text(JsonNode json) {
    return Printable.text(json.toString());
  }

  static void send(HttpExchange exchange, int status, JsonNode json) throws IOException {
    byte[] body = text(json).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    api.close();
  }
}
