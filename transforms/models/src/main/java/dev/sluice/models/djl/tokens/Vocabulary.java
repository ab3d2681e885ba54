package dev.sluice.models.djl.tokens;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.models.ModelException;
import dev.sluice.records.json.JsonFault;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a model that is trained from nothing takes from its {@code tokenizer.json}.
 *
 * @param size rows of the embedding: the highest id and one
 * @param endToken id of the token that ends a text
 * @param padToken id of the token that fills up; the end token where there is none for it
 */
public record Vocabulary(int size, int endToken, int padToken) {
  private static final List<String> END =
      List.of("<|endoftext|>", "</s>", "<eos>", "<|end_of_text|>", "<|im_end|>", "[EOS]", "[SEP]");
  private static final List<String> PAD =
      List.of("<pad>", "[PAD]", "<|pad|>", "<|finetune_right_pad_id|>");

  /**
   * The vocabulary of a tokenizer.
   *
   * @param end the end token's name; null to look for a usual one
   * @param source named in errors
   * @throws ModelException if there is no such token
   */
  public static Vocabulary of(byte[] json, @Nullable String end, String source) {
    Map<String, Integer> ids = ids(json, source);
    int size = ids.values().stream().mapToInt(Integer::intValue).max().orElse(-1) + 1;
    Integer endToken = first(ids, end == null ? END : List.of(end));
    if (endToken == null) {
      throw new ModelException(
          end == null
              ? "The tokenizer '%s' has none of the usual tokens that end a text (%s); name it with 'end_token'."
                  .formatted(source, String.join(", ", END))
              : "The tokenizer '%s' has no token '%s'; 'end_token' must be one of its %d tokens."
                  .formatted(source, end, ids.size()));
    }
    Integer padToken = first(ids, PAD);
    return new Vocabulary(size, endToken, padToken == null ? endToken : padToken);
  }

  private static @Nullable Integer first(Map<String, Integer> ids, List<String> names) {
    for (String name : names) {
      Integer id = ids.get(name);
      if (id != null) {
        return id;
      }
    }
    return null;
  }

  /**
   * The highest id of the tokenizer's own vocabulary, and one. Added tokens do not count: some
   * models add tokens that they never see.
   */
  public static int ownSize(byte[] json, String source) {
    JsonNode vocabulary = root(json, source).path("model").path("vocab");
    if (vocabulary.isArray()) {
      return vocabulary.size();
    }
    int greatest = -1;
    for (JsonNode id : vocabulary) {
      greatest = Math.max(greatest, id.asInt());
    }
    return greatest + 1;
  }

  private static JsonNode root(byte[] json, String source) {
    try {
      JsonNode root = new ObjectMapper().readTree(new String(json, StandardCharsets.UTF_8));
      TokenIds.check(root, source);
      return root;
    } catch (JsonProcessingException e) {
      throw new ModelException(
          "The tokenizer '%s' is not JSON: %s".formatted(source, JsonFault.words(e)), e);
    }
  }

  /** Ids by name: those of the model (a map, or a list of pairs for Unigram) and added ones. */
  private static Map<String, Integer> ids(byte[] json, String source) {
    JsonNode root = root(json, source);
    Map<String, Integer> ids = new TreeMap<>();
    JsonNode vocabulary = root.path("model").path("vocab");
    vocabulary.fields().forEachRemaining(each -> ids.put(each.getKey(), each.getValue().asInt()));
    if (vocabulary.isArray()) {
      for (int i = 0; i < vocabulary.size(); i++) {
        ids.put(vocabulary.get(i).path(0).asText(), i);
      }
    }
    for (JsonNode added : root.path("added_tokens")) {
      ids.put(added.path("content").asText(), added.path("id").asInt());
    }
    return ids;
  }
}
