package dev.sluice.models.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import dev.sluice.models.ModelInfo;
import java.io.IOException;
import java.util.Map;

/** What a server's model can be asked, with OpenAI's paths. */
interface Api extends AutoCloseable {

  /** What the model is, under the name that clients call it. */
  ModelInfo info();

  /** What answers a POST, by path, in the order in which messages list them. */
  Map<String, Answer> posts();

  /** Answers one request. */
  @FunctionalInterface
  interface Answer {
    /**
     * Sends the reply.
     *
     * @throws RefusedException if the request asks for what is not possible
     */
    void send(HttpExchange exchange, JsonNode body) throws IOException;
  }

  @Override
  void close();
}
