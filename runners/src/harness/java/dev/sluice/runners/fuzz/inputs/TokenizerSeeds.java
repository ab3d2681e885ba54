package dev.sluice.runners.fuzz.inputs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;

/** Small files {@code tokenizer.json} of each kind. */
public final class TokenizerSeeds {
  private static final String ADDED =
      "[{\"id\":0,\"content\":\"<unk>\",\"single_word\":false,\"lstrip\":false,\"rstrip\":false,\"normalized\":false,\"special\":true},"
          + "{\"id\":1,\"content\":\"<s>\",\"single_word\":false,\"lstrip\":false,\"rstrip\":false,\"normalized\":false,\"special\":true}]";

  public static final String CONFIG =
      "{\"tokenizer_class\":\"LlamaTokenizerFast\",\"legacy\":false,\"add_prefix_space\":true,\"bos_token\":\"<s>\",\"eos_token\":{\"content\":\"</s>\"},\"chat_template\":[{\"name\":\"default\",\"template\":\"{{ 1 }}\"}],\"added_tokens_decoder\":{\"2\":{\"content\":\"</s>\",\"special\":true,\"lstrip\":false}},\"extra_special_tokens\":[\"<x>\"],\"additional_special_tokens\":[{\"content\":\"<y>\"}]}";

  public static final List<String> ALL =
      List.of(
          tokenizer(
              "{\"type\":\"Sequence\",\"normalizers\":[{\"type\":\"NFC\"},{\"type\":\"Replace\",\"pattern\":{\"Regex\":\" {2,}\"},\"content\":\" \"},{\"type\":\"Prepend\",\"prepend\":\"_\"}]}",
              "{\"type\":\"Sequence\",\"pretokenizers\":[{\"type\":\"Split\",\"pattern\":{\"Regex\":\"\\\\p{N}{1,3}| ?[^\\\\s\\\\p{L}]+|\\\\s+(?!\\\\S)|\\\\s+\"},\"behavior\":\"Isolated\",\"invert\":false},{\"type\":\"ByteLevel\",\"add_prefix_space\":false,\"trim_offsets\":true,\"use_regex\":true}]}",
              "{\"type\":\"TemplateProcessing\",\"single\":[{\"SpecialToken\":{\"id\":\"<s>\",\"type_id\":0}},{\"Sequence\":{\"id\":\"A\",\"type_id\":0}}],\"pair\":[{\"Sequence\":{\"id\":\"A\",\"type_id\":0}},{\"Sequence\":{\"id\":\"B\",\"type_id\":1}}],\"special_tokens\":{\"<s>\":{\"id\":\"<s>\",\"ids\":[1],\"tokens\":[\"<s>\"]}}}",
              "{\"type\":\"ByteLevel\",\"add_prefix_space\":true,\"trim_offsets\":true,\"use_regex\":true}",
              "{\"type\":\"BPE\",\"dropout\":null,\"unk_token\":\"<unk>\",\"continuing_subword_prefix\":null,\"end_of_word_suffix\":null,\"fuse_unk\":false,\"byte_fallback\":false,\"vocab\":{\"<unk>\":0,\"<s>\":1,\"a\":2,\"b\":3,\"ab\":4,\"1\":5,\"\\u0120\":6},\"merges\":[[\"a\",\"b\"]]}"),
          tokenizer(
              "{\"type\":\"Precompiled\",\"precompiled_charsmap\":\"%s\"}"
                  .formatted(characterMap()),
              "{\"type\":\"Digits\",\"individual_digits\":true}",
              "{\"type\":\"RobertaProcessing\",\"sep\":[\"<s>\",1],\"cls\":[\"<unk>\",0],\"trim_offsets\":true,\"add_prefix_space\":true}",
              "{\"type\":\"BPEDecoder\",\"suffix\":\"</w>\"}",
              "{\"type\":\"BPE\",\"dropout\":0.1,\"unk_token\":\"<unk>\",\"continuing_subword_prefix\":\"##\",\"end_of_word_suffix\":\"</w>\",\"fuse_unk\":true,\"byte_fallback\":true,\"vocab\":{\"<unk>\":0,\"<s>\":1,\"a\":2,\"##b\":3,\"ab\":4,\"<0x0A>\":5},\"merges\":[\"a ##b\"]}"),
          tokenizer(
              "{\"type\":\"Lowercase\"}",
              "{\"type\":\"Whitespace\"}",
              "null",
              "{\"type\":\"WordPiece\",\"prefix\":\"##\",\"cleanup\":true}",
              "{\"type\":\"WordPiece\",\"unk_token\":\"<unk>\",\"continuing_subword_prefix\":\"##\",\"max_input_chars_per_word\":100,\"vocab\":{\"<unk>\":0,\"<s>\":1,\"hello\":2,\"##s\":3,\"world\":4}}"),
          tokenizer(
              "null",
              "{\"type\":\"Metaspace\",\"replacement\":\"\\u2581\",\"prepend_scheme\":\"always\",\"split\":true}",
              "null",
              "{\"type\":\"Sequence\",\"decoders\":[{\"type\":\"Replace\",\"pattern\":{\"String\":\"\\u2581\"},\"content\":\" \"},{\"type\":\"ByteFallback\"},{\"type\":\"Fuse\"},{\"type\":\"Strip\",\"content\":\" \",\"start\":1,\"stop\":0}]}",
              "{\"type\":\"Unigram\",\"unk_id\":0,\"byte_fallback\":false,\"vocab\":[[\"<unk>\",0.0],[\"<s>\",0.0],[\"\\u2581\",-2.0],[\"a\",-3.5],[\"hello\",-4.0]]}"),
          tokenizer(
              "{\"type\":\"BertNormalizer\",\"clean_text\":true,\"handle_chinese_chars\":true,\"strip_accents\":null,\"lowercase\":true}",
              "{\"type\":\"Split\",\"pattern\":{\"String\":\"\"},\"behavior\":\"Isolated\",\"invert\":false}",
              "{\"type\":\"BertProcessing\",\"sep\":[\"<s>\",1],\"cls\":[\"<unk>\",0]}",
              "{\"type\":\"CTC\",\"pad_token\":\"<pad>\",\"word_delimiter_token\":\"|\",\"cleanup\":true}",
              "{\"type\":\"WordLevel\",\"unk_token\":\"<unk>\",\"vocab\":{\"<unk>\":0,\"<s>\":1,\"2\":2,\"3\":3,\"+\":4,\"#\":5}}"));

  /** Of classes that have a way of their own. */
  public static final List<String> CLASSES =
      List.of(
          "{\"tokenizer_class\":\"Qwen2Tokenizer\",\"add_prefix_space\":true,\"chat_template\":\"{{ 1 }}\"}",
          "{\"tokenizer_class\":\"Qwen2TokenizerFast\",\"chat_template\":\"{{ 1 }}\"}",
          "{\"tokenizer_class\":\"GemmaTokenizer\",\"unk_token\":{\"content\":\"<unk>\"},\"bos_token\":\"<s>\"}",
          "{\"tokenizer_class\":\"GemmaTokenizerFast\",\"unk_token\":\"<unk>\"}",
          "{\"tokenizer_class\":\"LlamaTokenizer\",\"add_prefix_space\":false,\"unk_token\":\"<unk>\"}",
          "{\"tokenizer_class\":\"LlamaTokenizerFast\",\"legacy\":true,\"unk_token\":\"<unk>\"}");

  /** Parts of expressions. */
  public static final List<String> EXPRESSIONS =
      List.of(
          "\\p{L}+",
          "\\p{Han}",
          "\\p{Hiragana}+",
          "\\P{N}",
          "\\p{L",
          "\\s+(?!\\S)",
          "\\s+",
          "[^\\s\\p{L}]+",
          "[]a]",
          "[^]a]+",
          "[[a]b]",
          "[[:alpha:]]",
          "[a",
          "[\\]]",
          "(?i:'s|'t)",
          "(?i)a",
          "(?P<x>a)",
          "(?<x>a)",
          "(?<=a)b",
          "(?<!a)b",
          "(?>a|b)",
          "(?=a)",
          "(?#x)",
          "(a|b)*",
          "(a+)+",
          "(",
          ")",
          "a**",
          "a++",
          "a*?",
          "a+?+",
          "a{3}",
          "a{2,}",
          "a{2,5}?",
          "a{,3}",
          "a{9999999999}",
          "a{1,100000}",
          "\\x41",
          "\\u0041",
          "\\x{41}",
          "\\1",
          "\\g<1>",
          "\\k<x>",
          "\\X",
          "\\R",
          "\\K",
          "\\b",
          "\\",
          ".*",
          "^",
          "$",
          "|",
          " ?",
          "[\\r\\n]*",
          "1");

  public static final List<String> WORDS =
      List.of(
          "BPE",
          "WordLevel",
          "WordPiece",
          "Unigram",
          "ByteLevel",
          "Split",
          "Sequence",
          "Metaspace",
          "Whitespace",
          "WhitespaceSplit",
          "Punctuation",
          "Digits",
          "CharDelimiterSplit",
          "UnicodeScripts",
          "NFC",
          "NFKC",
          "NFD",
          "Nmt",
          "Strip",
          "StripAccents",
          "Precompiled",
          "Replace",
          "Prepend",
          "Isolated",
          "Removed",
          "MergedWithPrevious",
          "MergedWithNext",
          "Contiguous",
          "Qwen2TokenizerFast",
          "GemmaTokenizerFast",
          "LlamaTokenizer",
          "PreTrainedTokenizerFast",
          "(a|a)*b",
          "(.*)*",
          "\\p{L}+",
          "[^\\r\\n]+",
          "(?i:'s|'t)",
          "(?<=a)b",
          "a{1,100000}",
          "\\s+$",
          "(",
          "[",
          "\\",
          "(?!",
          "^",
          "\\1",
          "always",
          "never",
          "first",
          "<s>",
          "</s>",
          "##",
          "\u2581",
          "a b",
          "A",
          "B",
          "AAAA");

  private TokenizerSeeds() {}

  /** A map of A to a, as SentencePiece writes it: a double-array trie of 512 units. */
  private static String characterMap() {
    int[] units = new int[512];
    int letter = 256 ^ 'A';
    units[0] = 256 << 10;
    units[letter] = 'A' | 1 << 8 | (letter ^ 258) << 10;
    units[258] = 1 << 31;
    ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * units.length + 2).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(4 * units.length);
    for (int unit : units) {
      bytes.putInt(unit);
    }
    return Base64.getEncoder().encodeToString(bytes.put((byte) 'a').put((byte) 0).array());
  }

  private static String tokenizer(
      String normalizer, String cuts, String processor, String decoder, String model) {
    return ("{\"version\":\"1.0\",\"truncation\":null,\"padding\":null,\"added_tokens\":%s,\"normalizer\":%s,"
            + "\"pre_tokenizer\":%s,\"post_processor\":%s,\"decoder\":%s,\"model\":%s}")
        .formatted(ADDED, normalizer, cuts, processor, decoder, model);
  }
}
