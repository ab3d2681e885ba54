package dev.sluice.models.djl.tokens;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.models.ModelException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/**
 * One token for each character: the {@code tokenizer.json} form WordLevel with a splitter that
 * isolates every character and a decoder that joins them, with nothing else around. In plain Java
 * because a native call costs more than the work.
 */
final class CharacterTokenizer implements TextTokenizer {
  private static final String EVERY_CHARACTER = "[\\s\\S]";

  private final Map<Integer, Integer> ids = new HashMap<>();
  private final String[] texts;

  CharacterTokenizer(JsonNode root) {
    Set<String> special = specialTokens(root);
    int size = 0;
    for (Iterator<Map.Entry<String, JsonNode>> i = vocabulary(root).fields(); i.hasNext(); ) {
      size = Math.max(size, i.next().getValue().asInt() + 1);
    }
    texts = new String[size];
    Arrays.fill(texts, "");
    for (Iterator<Map.Entry<String, JsonNode>> i = vocabulary(root).fields(); i.hasNext(); ) {
      Map.Entry<String, JsonNode> entry = i.next();
      if (!special.contains(entry.getKey())) {
        ids.put(entry.getKey().codePointAt(0), entry.getValue().asInt());
        texts[entry.getValue().asInt()] = entry.getKey();
      }
    }
  }

  /** Whether the tokenizer is exactly of this form. */
  static boolean matches(JsonNode root) {
    JsonNode splitter = root.path("pre_tokenizer");
    boolean form =
        root.path("model").path("type").asText().equals("WordLevel")
            && root.path("normalizer").isNull()
            && root.path("post_processor").isNull()
            && root.path("decoder").path("type").asText().equals("Fuse")
            && splitter.path("type").asText().equals("Split")
            && splitter.path("pattern").path("Regex").asText().equals(EVERY_CHARACTER)
            && splitter.path("behavior").asText().equals("Isolated");
    if (!form) {
      return false;
    }
    Set<String> special = specialTokens(root);
    for (Iterator<String> names = vocabulary(root).fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!special.contains(name) && name.codePointCount(0, name.length()) != 1) {
        return false;
      }
    }
    // A word for the unknown would swallow characters in silence: leave such to the original.
    return !vocabulary(root).has(root.path("model").path("unk_token").asText());
  }

  private static JsonNode vocabulary(JsonNode root) {
    return root.path("model").path("vocab");
  }

  private static Set<String> specialTokens(JsonNode root) {
    Set<String> special = new HashSet<>();
    root.path("added_tokens").forEach(token -> special.add(token.path("content").asText()));
    return special;
  }

  @Override
  public int[] encodePrompt(String text) {
    return encode(text);
  }

  @Override
  public int[] encode(String text) {
    int[] tokens = new int[text.length()];
    int count = 0;
    for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
      Integer id = ids.get(text.codePointAt(i));
      if (id == null) {
        throw unknown(text, i);
      }
      tokens[count++] = id;
    }
    return Arrays.copyOf(tokens, count);
  }

  /** Names the character of a text that the vocabulary lacks. */
  static ModelException unknown(String text, int index) {
    int character = text.codePointAt(index);
    return new ModelException(
        String.format(
            "The character '%s' (U+%04X) at position %d of the text is not in the model's"
                + " vocabulary. Leave it out, or take a model that knows it.",
            Character.toString(character), character, index));
  }

  @Override
  public String decode(int[] tokens, int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(tokens[i] < texts.length ? texts[tokens[i]] : "");
    }
    return text.toString();
  }

  @Override
  public void close() {
    // Holds nothing native.
  }
}
