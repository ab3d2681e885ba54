package dev.sluice.models.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.models.Embedder;
import dev.sluice.models.Embedding;
import dev.sluice.models.ModelInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;

/** Vectors of a sentence encoder. */
final class EmbeddingsApi implements Api {
  private static final int MAX_TEXTS = 2048;
  private static final String FORMAT = "encoding_format";

  private final Embedder embedder;

  /** As many requests at a time as there are processors. */
  private final Semaphore working = new Semaphore(Runtime.getRuntime().availableProcessors(), true);

  EmbeddingsApi(Embedder embedder) {
    this.embedder = embedder;
  }

  @Override
  public ModelInfo info() {
    return embedder.info();
  }

  @Override
  public Map<String, Answer> posts() {
    return Map.of(
        "/v1/embeddings", (exchange, body) -> ModelServer.send(exchange, 200, embed(body)));
  }

  private ObjectNode embed(JsonNode body) {
    BodyKeys keys = new BodyKeys(body);
    List<String> texts = texts(body.path("input"));
    boolean base64 = base64(keys);
    List<Embedding> embeddings = embed(texts);
    int dimensions = embeddings.get(0).vector().length;
    if (keys.whole("dimensions", dimensions, 1, Integer.MAX_VALUE) != dimensions) {
      throw new RefusedException(
          "'dimensions' is %s, but the vectors of this model have %d numbers; leave it out."
              .formatted(body.path("dimensions"), dimensions));
    }
    ObjectNode json = Bodies.object().put("object", "list");
    ArrayNode data = json.putArray("data");
    long tokens = 0;
    for (int i = 0; i < embeddings.size(); i++) {
      ObjectNode one = data.addObject().put("object", "embedding").put("index", i);
      put(one, embeddings.get(i).vector(), base64);
      tokens += embeddings.get(i).tokens();
    }
    json.put("model", info().name());
    json.putObject("usage").put("prompt_tokens", tokens).put("total_tokens", tokens);
    return json;
  }

  private List<Embedding> embed(List<String> texts) {
    working.acquireUninterruptibly();
    try {
      return embedder.embed(texts);
    } finally {
      working.release();
    }
  }

  private static void put(ObjectNode json, float[] vector, boolean base64) {
    if (base64) {
      ByteBuffer bytes =
          ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asFloatBuffer().put(vector);
      json.put("embedding", Base64.getEncoder().encodeToString(bytes.array()));
      return;
    }
    ArrayNode numbers = json.putArray("embedding");
    for (float number : vector) {
      numbers.add(number);
    }
  }

  private static List<String> texts(JsonNode input) {
    List<String> texts = new ArrayList<>();
    if (input.isTextual()) {
      texts.add(input.asText());
    } else {
      for (JsonNode each : input.isArray() ? input : List.of(input)) {
        if (!each.isTextual()) {
          throw new RefusedException(
              "'input' is a text or a list of texts; tokens cannot be given.");
        }
        texts.add(each.asText());
      }
    }
    if (texts.isEmpty() || texts.size() > MAX_TEXTS) {
      throw new RefusedException(
          "'input' is a text or a list of 1 to %,d texts, but this has %,d."
              .formatted(MAX_TEXTS, texts.size()));
    }
    return texts;
  }

  private static boolean base64(BodyKeys keys) {
    return switch (keys.text(FORMAT, "float")) {
      case "float" -> false;
      case "base64" -> true;
      default -> throw keys.wrong(FORMAT, "float or base64");
    };
  }

  @Override
  public void close() {
    embedder.close();
  }
}
