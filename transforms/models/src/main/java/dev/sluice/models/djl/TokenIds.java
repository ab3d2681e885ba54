package dev.sluice.models.djl;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.models.ModelException;
import java.util.Map;

/** The ids in a {@code tokenizer.json}, before arrays of their size are made. */
final class TokenIds {
  /** Far above any vocabulary. */
  private static final int MAX_ID = (1 << 24) - 1;

  private TokenIds() {}

  /**
   * Checks the ids of the model's tokens and of those that were added.
   *
   * @param source named in errors
   * @throws ModelException naming the token whose id is none
   */
  static void check(JsonNode root, String source) {
    JsonNode vocabulary = root.path("model").path("vocab");
    if (vocabulary.isObject()) {
      for (Map.Entry<String, JsonNode> each : vocabulary.properties()) {
        check(each.getValue(), "model.vocab", each.getKey(), source);
      }
    }
    for (JsonNode added : root.path("added_tokens")) {
      check(added.path("id"), "added_tokens", added.path("content").asText(), source);
    }
  }

  private static void check(JsonNode id, String key, String token, String source) {
    if (!id.isInt() || id.asInt() < 0 || id.asInt() > MAX_ID) {
      throw new ModelException(
          "%s: tokenizer.json gives the token '%s' the id %s in %s; ids are whole numbers from 0 to %d. Restore or download the file again."
              .formatted(source, token, id.isMissingNode() ? "none" : id, key, MAX_ID));
    }
  }
}
