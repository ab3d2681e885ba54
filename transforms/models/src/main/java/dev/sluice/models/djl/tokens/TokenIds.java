package dev.sluice.models.djl.tokens;

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
    JsonNode list = root.path("added_tokens");
    if (!list.isArray() && !list.isMissingNode() && !list.isNull()) {
      throw new ModelException(
          "%s: added_tokens in tokenizer.json is %s, and it is a list. Restore or download the file again."
              .formatted(source, list));
    }
    for (JsonNode added : list) {
      check(added.path("id"), "added_tokens", added.path("content").asText(), source);
    }
  }

  /**
   * Ids that the library gave a text; a template may name any.
   *
   * @throws ModelException naming one that no vocabulary has
   */
  static int[] of(long[] ids) {
    int[] tokens = new int[ids.length];
    for (int i = 0; i < tokens.length; i++) {
      if (ids[i] < 0 || ids[i] > MAX_ID) {
        throw new ModelException(
            "tokenizer.json gives a token of the text the id %d; ids are whole numbers from 0 to %d. Restore or download the file again."
                .formatted(ids[i], MAX_ID));
      }
      tokens[i] = (int) ids[i];
    }
    return tokens;
  }

  private static void check(JsonNode id, String key, String token, String source) {
    if (!id.isInt() || id.asInt() < 0 || id.asInt() > MAX_ID) {
      throw new ModelException(
          "%s: tokenizer.json gives the token '%s' the id %s in %s; ids are whole numbers from 0 to %d. Restore or download the file again."
              .formatted(source, token, id.isMissingNode() ? "none" : id, key, MAX_ID));
    }
  }
}
