package dev.sluice.models.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import dev.sluice.models.ModelInfo;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Completions and chats of a model that generates. */
final class CompletionsApi implements Api {
  private final ServedModel model;
  private final @Nullable ChatPrompt chat;
  private final AtomicLong ids = new AtomicLong();
  private final String prefix = Long.toHexString(System.nanoTime());

  /**
   * @param chat makes prompts of chats; null if the model has no template
   */
  CompletionsApi(ServedModel model, @Nullable ChatPrompt chat) {
    this.model = model;
    this.chat = chat;
  }

  @Override
  public ModelInfo info() {
    return model.info();
  }

  @Override
  public Map<String, Answer> posts() {
    Map<String, Answer> posts = new LinkedHashMap<>();
    posts.put(
        "/v1/completions",
        (exchange, body) ->
            complete(exchange, body, false, Prompts.of(body.path("prompt"), model)));
    posts.put(
        "/v1/chat/completions",
        (exchange, body) -> complete(exchange, body, true, List.of(conversation(body))));
    return posts;
  }

  private int[] conversation(JsonNode body) {
    if (chat == null) {
      throw new RefusedException(
          "The model has no chat template, so that a conversation cannot be put to it; ask /v1/completions, or add a chat_template.jinja to its folder.");
    }
    if (!body.path("messages").isArray() || body.path("messages").isEmpty()) {
      throw new RefusedException("'messages' is a list of at least one message.");
    }
    for (JsonNode message : body.path("messages")) {
      if (!message.isObject() || !message.path("role").isTextual()) {
        throw new RefusedException(
            "A message is an object with a text 'role', but one is %s."
                .formatted(BodyKeys.shown(message)));
      }
    }
    BodyKeys unused = new BodyKeys(body).object("chat_template_kwargs");
    return chat.tokens(body);
  }

  private void complete(HttpExchange exchange, JsonNode body, boolean asChat, List<int[]> prompts)
      throws IOException {
    Request request = Request.of(body, asChat, prompts, model.info().contextLength());
    String id = "%s-%s-%d".formatted(asChat ? "chatcmpl" : "cmpl", prefix, ids.incrementAndGet());
    Bodies bodies = new Bodies(model, request, id, System.currentTimeMillis() / 1000);
    Serving serving = new Serving(model, request, bodies);
    serving.begin();
    if (!request.stream()) {
      ModelServer.send(exchange, 200, serving.whole());
      return;
    }
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      serving.stream(out);
    }
  }

  @Override
  public void close() {
    model.close();
  }
}
