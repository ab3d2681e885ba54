package dev.sluice.models.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.records.Hashes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The key {@code request} of a model behind a server: what a file adds to the body of each request,
 * renames in it, replaces or leaves out.
 *
 * @param keys by the name in the body. Null leaves out what Sluice sends under it; a text {@code
 *     $KEY} takes what Sluice sends as KEY, which is then not sent under its own name; any other
 *     value, blocks and lists included, is sent as it is
 */
public record RequestKeys(Map<String, @Nullable Object> keys) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  private static final String MAX_TOKENS = "max_tokens";
  private static final String SEED = "seed";

  /** Keys that Sluice sends and that may have another name. */
  private static final List<String> SENT =
      List.of(MAX_TOKENS, "temperature", "top_p", "top_k", "stop", SEED, "logprobs");

  /** Keys that decide how many replies come, of whom, or in which form they are read. */
  private static final List<String> FIXED =
      List.of("model", "messages", "prompt", "n", "stream", "best_of", "echo");

  /** Whether the file says nothing. */
  public boolean isEmpty() {
    return keys.isEmpty();
  }

  /** The keys as JSON, sorted, so that equal ones are equal texts. */
  public String canonical() {
    try {
      return JSON.writeValueAsString(new TreeMap<>(keys));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Values of a file are always JSON.", e);
    }
  }

  /** Twelve digits that stand for the keys, since they may hold what nobody else is to read. */
  public String digest() {
    return Hashes.hex("request", canonical()).substring(0, 12);
  }

  /** Changes a body that has all that Sluice sends. */
  public void putInto(ObjectNode body) {
    Map<String, JsonNode> own = new LinkedHashMap<>();
    SENT.stream().filter(body::has).forEach(name -> own.put(name, body.path(name)));
    for (Object value : keys.values()) {
      if (isReference(value)) {
        body.remove(named(value));
      }
    }
    keys.forEach(
        (name, value) -> {
          if (value == null) {
            body.remove(name);
          } else if (isReference(value)) {
            JsonNode moved = own.get(named(value));
            if (moved != null) {
              body.set(name, moved);
            }
          } else {
            boolean dollar = value instanceof String text && text.startsWith("$$");
            Object plain = dollar ? ((String) value).substring(1) : value;
            body.set(name, JSON.valueToTree(plain));
          }
        });
  }

  /** What is wrong, as the end of a sentence; empty if nothing is. */
  public String objection() {
    boolean moved = keys.values().stream().anyMatch(value -> refersTo(value, MAX_TOKENS));
    for (Map.Entry<String, Object> entry : keys.entrySet()) {
      String name = entry.getKey();
      Object value = entry.getValue();
      if (FIXED.contains(name)) {
        return "request may not hold '%s': Sluice decides it for each request; leave it out"
            .formatted(name);
      }
      if (isReference(value) && !SENT.contains(named(value))) {
        return "request.%s is '%s', but Sluice sends no key '%s'; it sends %s (a text that begins with a dollar is written with two)"
            .formatted(name, value, named(value), String.join(", ", SENT));
      }
      boolean limit = name.equals(MAX_TOKENS) || name.equals("max_completion_tokens");
      boolean lost = value == null ? name.equals(MAX_TOKENS) && !moved : !isReference(value);
      if (limit && (lost || (value != null && !refersTo(value, MAX_TOKENS)))) {
        return "request.%s may not be %s, since budgets count on the stage's max_tokens; to send that under another name, write 'max_completion_tokens: $max_tokens'"
            .formatted(name, value);
      }
      if (name.equals(SEED) && value != null && !refersTo(value, SEED)) {
        return "request.seed may not be %s, since all samples would be equal; leave it out, or write 'seed: null' for a server that takes none"
            .formatted(value);
      }
    }
    return "";
  }

  private static boolean isReference(@Nullable Object value) {
    return value instanceof String text && text.startsWith("$") && !text.startsWith("$$");
  }

  private static String named(@Nullable Object reference) {
    return String.valueOf(reference).substring(1);
  }

  private static boolean refersTo(@Nullable Object value, String name) {
    return isReference(value) && named(value).equals(name);
  }
}
