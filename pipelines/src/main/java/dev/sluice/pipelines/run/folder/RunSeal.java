package dev.sluice.pipelines.run.folder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.records.Hashes;
import dev.sluice.records.json.Json;
import dev.sluice.records.json.JsonException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The hash that JSON objects of a run's folder carry, so that a changed one is told from what was
 * written. Objects without one, of earlier programs, are taken as they are.
 */
final class RunSeal {
  private static final String HASH = "hash";
  private static final int DIGITS = 16;

  private RunSeal() {}

  /** The object with its hash. */
  static ObjectNode seal(ObjectNode content) {
    ObjectNode sealed = content.deepCopy();
    return sealed.put(HASH, hash(content.toString()));
  }

  /** What was sealed; null if it is not what was written. */
  static @Nullable JsonNode open(JsonNode sealed) {
    if (!(sealed instanceof ObjectNode object) || !object.has(HASH)) {
      return sealed;
    }
    ObjectNode content = object.deepCopy();
    JsonNode hash = content.remove(HASH);
    try {
      return hash(content.toString()).equals(hash.asText()) ? content : null;
    } catch (JsonException e) {
      return null;
    }
  }

  private static String hash(String json) {
    // Numbers and escapes may be written in several ways; their canonical form is one.
    return Json.parse(json) instanceof Map<?, ?> tree
        ? Hashes.hex(Json.canonical(tree)).substring(0, DIGITS)
        : "";
  }
}
