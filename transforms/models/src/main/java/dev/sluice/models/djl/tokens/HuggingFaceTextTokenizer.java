package dev.sluice.models.djl.tokens;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.models.ModelException;
import dev.sluice.records.json.JsonFault;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/** Any {@code tokenizer.json}, by Hugging Face's own library. */
public final class HuggingFaceTextTokenizer implements TextTokenizer {
  private final HuggingFaceTokenizer tokenizer;
  private final TokenizerPatterns patterns;

  /**
   * Loads a tokenizer.
   *
   * @param source in messages
   * @throws ModelException if it is damaged
   */
  public HuggingFaceTextTokenizer(byte[] json, String source) {
    try {
      JsonNode root = new ObjectMapper().readTree(new String(json, StandardCharsets.UTF_8));
      NativeJson.check(root, source);
      patterns = TokenizerPatterns.of(root, source);
      NativeParts.check(root, source);
    } catch (JsonProcessingException e) {
      throw new ModelException(
          source + ": tokenizer.json cannot be loaded: it is not JSON: " + JsonFault.words(e), e);
    }
    // Texts are encoded whole: a silent cut would change what is asked.
    Map<String, String> options = Map.of("truncation", "false", "padding", "false");
    try {
      tokenizer = HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), options);
    } catch (IOException | RuntimeException e) {
      throw new ModelException(source + ": tokenizer.json cannot be loaded: " + e.getMessage(), e);
    }
  }

  @Override
  public int[] encode(String text) {
    return known(text, false);
  }

  @Override
  public int[] encodePrompt(String text) {
    return known(text, true);
  }

  private int[] known(String text, boolean special) {
    whole(text);
    patterns.check(text);
    Encoding encoding;
    try {
      encoding = tokenizer.encode(text, special, false);
    } catch (RuntimeException e) {
      throw new ModelException(
          "The tokenizer cannot take the text (" + e.getMessage() + "). Leave out what is foreign.",
          e);
    }
    String[] names = encoding.getTokens();
    CharSpan[] spans = encoding.getCharTokenSpans();
    for (int i = 0; i < names.length; i++) {
      if (isUnknown(names[i]) && spans[i] != null) {
        throw CharacterTokenizer.unknown(text, text.offsetByCodePoints(0, spans[i].getStart()));
      }
    }
    return ids(encoding);
  }

  /**
   * The ids of a text as Hugging Face has them: what is unknown has the id that is kept for it.
   *
   * @param special whether the tokens that the tokenizer adds around a text are there
   */
  public int[] encode(String text, boolean special) {
    whole(text);
    patterns.check(text);
    try {
      return ids(tokenizer.encode(text, special, false));
    } catch (RuntimeException e) {
      throw new ModelException("The tokenizer cannot take the text: " + e.getMessage(), e);
    }
  }

  /** Half a character would become another one in silence. */
  private static void whole(String text) {
    for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
      int character = text.codePointAt(i);
      if (Character.getType(character) == Character.SURROGATE) {
        throw new ModelException(
            String.format(
                "The text has half a character (U+%04X) at position %d, which is no Unicode text. Write it as a pair, or leave it out.",
                character, i));
      }
    }
  }

  private static int[] ids(Encoding encoding) {
    return TokenIds.of(encoding.getIds());
  }

  private static boolean isUnknown(String name) {
    return name.equals("<unk>") || name.equals("[UNK]");
  }

  @Override
  public String decode(int[] tokens, int length) {
    return decode(tokens, length, true);
  }

  /**
   * The text of the first {@code length} tokens.
   *
   * @param skip whether special tokens are left out
   */
  String decode(int[] tokens, int length, boolean skip) {
    return tokenizer.decode(Arrays.stream(tokens, 0, length).asLongStream().toArray(), skip);
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
