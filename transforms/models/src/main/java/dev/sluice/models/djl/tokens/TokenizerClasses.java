package dev.sluice.models.djl.tokens;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Three tokenizer classes of transformers 5 that take words, merges and what stands around a text
 * from {@code tokenizer.json}, and the way between from themselves: a file that says otherwise, as
 * one that comes from GGUF or is older, is read there as the class has it.
 */
final class TokenizerClasses {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String QWEN2 =
      """
      {"normalizer": {"type": "NFC"},
       "pre_tokenizer": {"type": "Sequence", "pretokenizers": [
         {"type": "Split", "pattern": {"Regex": "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\\\r\\\\n\\\\p{L}\\\\p{N}]?\\\\p{L}+|\\\\p{N}| ?[^\\\\s\\\\p{L}\\\\p{N}]+[\\\\r\\\\n]*|\\\\s*[\\\\r\\\\n]+|\\\\s+(?!\\\\S)|\\\\s+"},
          "behavior": "Isolated", "invert": false},
         {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": false}]},
       "decoder": {"type": "ByteLevel", "add_prefix_space": true, "trim_offsets": true, "use_regex": true}}
      """;
  private static final String LLAMA =
      """
      {"normalizer": null,
       "pre_tokenizer": {"type": "Metaspace", "replacement": "\u2581", "prepend_scheme": "first", "split": false},
       "decoder": {"type": "Sequence", "decoders": [
         {"type": "Replace", "pattern": {"String": "\u2581"}, "content": " "}, {"type": "ByteFallback"},
         {"type": "Fuse"}, {"type": "Strip", "content": " ", "start": 1, "stop": 0}]}}
      """;
  private static final String GEMMA =
      """
      {"normalizer": {"type": "Replace", "pattern": {"String": " "}, "content": "\u2581"},
       "pre_tokenizer": {"type": "Split", "pattern": {"String": " "}, "behavior": "MergedWithPrevious", "invert": false},
       "decoder": {"type": "Sequence", "decoders": [
         {"type": "Replace", "pattern": {"String": "\u2581"}, "content": " "}, {"type": "ByteFallback"}, {"type": "Fuse"}]}}
      """;

  private TokenizerClasses() {}

  /**
   * Puts the class's own way into a tokenizer of it.
   *
   * @param root {@code tokenizer.json}
   * @param config {@code tokenizer_config.json}
   */
  static void apply(ObjectNode root, JsonNode config) {
    JsonNode model = root.path("model");
    if (!(model instanceof ObjectNode bpe) || !model.path("type").asText("BPE").equals("BPE")) {
      return;
    }
    switch (config.path("tokenizer_class").asText()) {
      case "Qwen2Tokenizer", "Qwen2TokenizerFast" -> {
        root.setAll(parsed(QWEN2));
        if (config.path("add_prefix_space").asBoolean()) {
          ((ObjectNode) root.at("/pre_tokenizer/pretokenizers/1")).put("add_prefix_space", true);
        }
        bpe.putNull("unk_token").put("fuse_unk", false).put("byte_fallback", false);
        bpe.put("ignore_merges", false);
      }
      case "LlamaTokenizer", "LlamaTokenizerFast" -> {
        root.setAll(parsed(LLAMA));
        ObjectNode metaspace = (ObjectNode) root.path("pre_tokenizer");
        if (!config.path("add_prefix_space").asBoolean(true)) {
          metaspace.put("prepend_scheme", "never");
          root.withArray("/decoder/decoders").remove(3);
        } else if (config.path("legacy").asBoolean()) {
          metaspace.put("prepend_scheme", "always");
        }
        bpe.putNull("unk_token").put("fuse_unk", true).put("byte_fallback", true);
        bpe.put("ignore_merges", false);
      }
      case "GemmaTokenizer", "GemmaTokenizerFast" -> {
        root.setAll(parsed(GEMMA));
        JsonNode unknown = config.path("unk_token");
        bpe.put(
            "unk_token",
            unknown.isObject() ? unknown.path("content").asText() : unknown.asText("<unk>"));
        bpe.put("fuse_unk", true).put("byte_fallback", true).put("ignore_merges", false);
      }
      default -> {
        // All others are read as their tokenizer.json says.
      }
    }
  }

  private static ObjectNode parsed(String form) {
    try {
      return (ObjectNode) JSON.readTree(form);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tokenizer's form is not JSON.", e);
    }
  }
}
