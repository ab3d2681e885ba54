package dev.sluice.models.djl.tokens;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.models.ModelException;
import dev.sluice.records.json.JsonFault;
import java.nio.charset.StandardCharsets;

/** Text to tokens and back, as a {@code tokenizer.json} says. Safe for several threads. */
public sealed interface TextTokenizer extends AutoCloseable
    permits CharacterTokenizer, HuggingFaceTextTokenizer {

  /**
   * The tokens of a text, without special tokens.
   *
   * @throws ModelException if the vocabulary lacks a part of the text
   */
  int[] encode(String text);

  /**
   * The tokens of a text with the special tokens that stand around one.
   *
   * @throws ModelException if the vocabulary lacks a part of the text
   */
  int[] encodePrompt(String text);

  /** The text of the first {@code length} tokens, special tokens left out. */
  String decode(int[] tokens, int length);

  @Override
  void close();

  /**
   * The tokenizer of a {@code tokenizer.json}: in plain Java if it splits text into characters,
   * else Hugging Face's own.
   *
   * @param source named in errors
   */
  static TextTokenizer of(byte[] json, String source) {
    JsonNode root;
    try {
      root = new ObjectMapper().readTree(new String(json, StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw new ModelException(source + ": tokenizer.json is not JSON: " + JsonFault.words(e), e);
    }
    TokenIds.check(root, source);
    return CharacterTokenizer.matches(root)
        ? new CharacterTokenizer(root)
        : new HuggingFaceTextTokenizer(json, source);
  }
}
