package dev.sluice.models.djl.tokens;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.models.ModelException;
import dev.sluice.models.chat.ChatFiles;
import dev.sluice.records.json.JsonFault;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/**
 * A {@code tokenizer.json} with what transformers puts on top of it: tokens that only {@code
 * tokenizer_config.json} has. Which tokens stand around a text is said by {@code tokenizer.json}
 * alone, as in transformers 5.
 */
public final class TokenizerJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ObjectNode root;
  private final ArrayNode added;
  private final Map<String, ObjectNode> byContent = new HashMap<>();
  private int next;

  private TokenizerJson(ObjectNode root) {
    this.root = root;
    this.added = root.withArrayProperty("added_tokens");
    JsonNode vocabulary = root.path("model").path("vocab");
    next = vocabulary.size();
    for (JsonNode token : added) {
      if (token instanceof ObjectNode object) {
        byContent.put(token.path("content").asText(), object);
        next = Math.max(next, token.path("id").asInt() + 1);
      }
    }
  }

  /** The bytes to load. */
  public static byte[] completed(byte[] json, ChatFiles files) {
    try {
      if (!(JSON.readTree(new String(json, StandardCharsets.UTF_8)) instanceof ObjectNode root)) {
        return json;
      }
      TokenIds.check(root, files.folder().toString());
      TokenizerJson tokenizer = new TokenizerJson(root);
      TokenizerClasses.apply(root, files.config());
      tokenizer.addTokens(files);
      return JSON.writeValueAsBytes(root);
    } catch (JsonProcessingException e) {
      throw new ModelException(
          files.folder() + ": tokenizer.json is not JSON: " + JsonFault.words(e), e);
    }
  }

  private void addTokens(ChatFiles files) {
    Map<Integer, JsonNode> decoder = new java.util.TreeMap<>();
    JsonNode named = files.config().path("added_tokens_decoder");
    for (Iterator<Map.Entry<String, JsonNode>> i = named.fields(); i.hasNext(); ) {
      Map.Entry<String, JsonNode> entry = i.next();
      if (entry.getKey().matches("\\d{1,9}")) {
        decoder.put(Integer.parseInt(entry.getKey()), entry.getValue());
      }
    }
    decoder.values().forEach(token -> add(token.path("content").asText(), token));
    files.specialTokens().forEach((name, text) -> addSpecial(text, files.config().path(name)));
    JsonNode extra =
        files.config().has("extra_special_tokens")
            ? files.config().path("extra_special_tokens")
            : files.config().path("additional_special_tokens");
    extra.forEach(
        token ->
            addSpecial(token.isObject() ? token.path("content").asText() : token.asText(), token));
  }

  private void addSpecial(String content, JsonNode token) {
    if (!content.isEmpty() && !byContent.containsKey(content)) {
      ObjectNode node = token.isObject() ? token.deepCopy() : JsonNodeFactory.instance.objectNode();
      add(content, node.put("special", true));
    }
  }

  private void add(String content, JsonNode token) {
    ObjectNode there = byContent.get(content);
    ObjectNode node = there == null ? added.addObject() : there;
    boolean special = token.path("special").asBoolean();
    if (there == null) {
      JsonNode known = root.path("model").path("vocab").path(content);
      node.put("id", known.isInt() ? known.asInt() : next++).put("content", content);
      byContent.put(content, node);
    }
    for (String flag : new String[] {"single_word", "lstrip", "rstrip"}) {
      node.put(flag, token.path(flag).asBoolean());
    }
    node.put("normalized", token.path("normalized").asBoolean(!special)).put("special", special);
  }
}
