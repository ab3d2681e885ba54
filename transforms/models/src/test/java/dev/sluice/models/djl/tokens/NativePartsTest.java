package dev.sluice.models.djl.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.models.ModelException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files on which the native tokenizer would end the process: it does not live to say so. */
class NativePartsTest {
  private static final int UNITS = 512;
  private static final int LETTER = 256 ^ 'A';
  private static final int LEAF = 258;

  private static final String MODEL =
      "{\"type\":\"WordLevel\",\"unk_token\":\"u\",\"vocab\":{\"u\":0,\"a\":1}}";

  private static HuggingFaceTextTokenizer tokenizer(String parts, String model) {
    String json =
        "{\"version\":\"1.0\",\"truncation\":null,\"padding\":null,\"added_tokens\":[],%s,\"model\":%s}"
            .formatted(parts, model);
    return new HuggingFaceTextTokenizer(json.getBytes(StandardCharsets.UTF_8), "m");
  }

  private static String parts(String normalizer, String processor, String decoder) {
    return "\"normalizer\":%s,\"pre_tokenizer\":null,\"post_processor\":%s,\"decoder\":%s"
        .formatted(normalizer, processor, decoder);
  }

  private static String around(String tokens) {
    return "{\"type\":\"TemplateProcessing\",\"single\":[{\"SpecialToken\":{\"id\":\"u\",\"type_id\":0}},{\"Sequence\":{\"id\":\"A\",\"type_id\":0}}],\"pair\":[],\"special_tokens\":%s}"
        .formatted(tokens);
  }

  private static String replacing(String pattern) {
    String replace = "{\"type\":\"Replace\",\"pattern\":%s,\"content\":\" \"}".formatted(pattern);
    return "{\"type\":\"Sequence\",\"normalizers\":[{\"type\":\"NFC\"},%s]}".formatted(replace);
  }

  /** A match between two characters breaks the library's count of them, and it ends the process. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"Regex\":\"x|\"}",
        "{\"Regex\":\"a*\"}",
        "{\"Regex\":\"()\"}",
        "{\"Regex\":\"^\"}",
        "{\"Regex\":\"\\\\b\"}",
        "{\"Regex\":\"(?=q)\"}",
        "{\"Regex\":\"(?<!a)\"}",
        "{\"String\":\"\"}"
      })
  void replacedEmptyText_isRefused(String pattern) {
    assertThatThrownBy(() -> tokenizer(parts(replacing(pattern), "null", "null"), MODEL))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "m: in tokenizer.json the normalizer Replace has the pattern %s, which matches the empty text. Restore or download the file again, or take another model.",
            pattern);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"Regex\":\" {2,}\"}", "{\"Regex\":\"\\\\s+\"}", "{\"String\":\"b\"}"})
  void replacedText_isTaken(String pattern) {
    try (HuggingFaceTextTokenizer tokenizer =
        tokenizer(parts(replacing(pattern), "null", "null"), MODEL)) {
      assertThat(tokenizer.encodePrompt("a")).containsExactly(1);
    }
  }

  /** The library would take each for a part that is checked, by its fields or their order. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"normalizer\":[\"\"]",
        "\"normalizer\":{\"type\":\"Sequence\",\"normalizers\":[[\"\"]]}",
        "\"normalizer\":{\"prepend\":\"\"}",
        "\"normalizer\":[{\"Regex\":\"x|\"},\"y\"]",
        "\"normalizer\":\"NFC\"",
        "\"pre_tokenizer\":[0]",
        "\"pre_tokenizer\":{\"length\":0}",
        "\"post_processor\":[[{\"SpecialToken\":{\"id\":\"s\",\"type_id\":0}}],[],{}]",
        "\"post_processor\":{\"single\":[],\"pair\":[],\"special_tokens\":{}}",
        "\"decoder\":[\"a\",0,5]",
        "\"decoder\":{\"type\":\"Sequence\",\"decoders\":[{\"content\":\"a\",\"start\":0,\"stop\":0}]}"
      })
  void partWithoutAType_isRefused(String part) {
    assertThatThrownBy(() -> tokenizer(part, MODEL))
        .isInstanceOf(ModelException.class)
        .hasMessageMatching(
            "m: in tokenizer.json the (normalizer|pre_tokenizer|post_processor|decoder) .* is no object with a 'type'. Restore or download the file again, or take another model.");
  }

  /** A part of a type that the library does not know is taken by its fields. */
  @ParameterizedTest
  @ValueSource(strings = {"Prepend", "Other"})
  void emptyPrefix_isRefused(String type) {
    String normalizer = "{\"type\":\"%s\",\"prepend\":\"\"}".formatted(type);
    assertThatThrownBy(() -> tokenizer(parts(normalizer, "null", "null"), MODEL))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith(
            "m: in tokenizer.json the normalizer Prepend puts the empty text before each text.");
  }

  @ParameterizedTest
  @CsvSource({"normalizer,Other,pattern", "decoder,Other,stop", "pre_tokenizer,Other,length"})
  void fieldsOfAPartOfAnUnknownType_areChecked(String place, String type, String field) {
    String part =
        "\"%s\":{\"type\":\"%s\",\"pattern\":{\"String\":\"\"},\"content\":\"a\",\"start\":0,\"stop\":5,\"length\":0}"
            .formatted(place, type);
    assertThatThrownBy(() -> tokenizer(part, MODEL))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(
            field.equals("pattern")
                ? "which matches the empty text"
                : field.equals("stop") ? "has the stop 5" : "into pieces of 0");
  }

  @Test
  void templateWithATokenInAList_isRefused() {
    String processor =
        "{\"type\":\"TemplateProcessing\",\"single\":[{\"SpecialToken\":[\"u\",0]}],\"pair\":[],\"special_tokens\":{}}";
    assertThatThrownBy(() -> tokenizer(parts("null", processor, "null"), MODEL))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("post_processor uses the token 'u' in 'single'");
  }

  @Test
  void templateWithDescribedTokens_isTaken() {
    String described = around("{\"u\":{\"id\":\"u\",\"ids\":[0],\"tokens\":[\"u\"]}}");
    try (HuggingFaceTextTokenizer tokenizer = tokenizer(parts("null", described, "null"), MODEL)) {
      assertThat(tokenizer.encodePrompt("a")).containsExactly(0, 1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "null",
        "[]",
        "\"u\"",
        "{\"U\":{\"id\":\"u\",\"ids\":[0],\"tokens\":[\"u\"]}}"
      })
  void templateWithATokenThatIsNotDescribed_isRefused(String tokens) {
    for (String processor :
        new String[] {
          around(tokens), "{\"type\":\"Sequence\",\"processors\":[" + around(tokens) + "]}"
        }) {
      assertThatThrownBy(() -> tokenizer(parts("null", processor, "null"), MODEL))
          .isInstanceOf(ModelException.class)
          .hasMessage(
              "m: in tokenizer.json post_processor uses the token 'u' in 'single', but special_tokens does not describe it. Restore or download the file again, or take another model.");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "4294967297", "9223372036854775807"})
  void templateWithAnIdThatIsNone_isRefused(String id) {
    String described =
        around("{\"u\":{\"id\":\"u\",\"ids\":[%s],\"tokens\":[\"u\"]}}".formatted(id));
    assertThatThrownBy(
            () -> {
              try (HuggingFaceTextTokenizer tokenizer =
                  tokenizer(parts("null", described, "null"), MODEL)) {
                tokenizer.encodePrompt("a");
              }
            })
        .isInstanceOf(ModelException.class);
  }

  @ParameterizedTest
  @CsvSource({"1,1", "95,95", "1e3,1000.0"})
  void decoderThatStripsAtTheEnd_isRefused(String stop, String shown) {
    String decoder =
        "{\"type\":\"Sequence\",\"decoders\":[{\"type\":\"Strip\",\"content\":\" \",\"start\":1,\"stop\":%s}]}"
            .formatted(stop);
    assertThatThrownBy(() -> tokenizer(parts("null", "null", decoder), MODEL))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "m: in tokenizer.json the decoder Strip has the stop %s, and only 0 is taken. Restore or download the file again, or take another model.",
            shown);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[\"a\",\"b\"]", "\"a b\"", "[\"a\",\"\"]", "[\"##a\",\"#\"]"})
  void mergeWithoutThePrefix_isRefused(String merge) {
    String model =
        "{\"type\":\"BPE\",\"continuing_subword_prefix\":\"##\",\"vocab\":{\"a\":0,\"b\":1,\"ab\":2},\"merges\":[%s]}"
            .formatted(merge);
    assertThatThrownBy(() -> tokenizer(parts("null", "null", "null"), model))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("m: in tokenizer.json the merge ");
  }

  @ParameterizedTest
  @CsvSource({
    "1e400,holds a number beyond 1.8e308",
    "-1e400,holds a number beyond 1.8e308",
    "[1e999],holds a number beyond 1.8e308",
    "\"\\ud800\",holds half a character",
    "{\"\\udc00\":1},holds half a character"
  })
  void jsonThatTheLibraryCannotRead_isRefused(String value, String why) {
    String decoder = "{\"type\":\"Fuse\",\"more\":%s}".formatted(value.replace("'", "\""));
    assertThatThrownBy(() -> tokenizer(parts("null", "null", decoder), MODEL))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("m: tokenizer.json " + why);
  }

  @Test
  void jsonThatIsNestedTooDeep_isRefused() {
    String decoder = "{\"type\":\"Fuse\",\"more\":" + "[".repeat(99) + "]".repeat(99) + "}";
    assertThatThrownBy(() -> tokenizer(parts("null", "null", decoder), MODEL))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("m: tokenizer.json is nested more than 100 deep.");
  }

  /** From A to a: a trie of one letter. */
  private static int[] map() {
    int[] units = new int[UNITS];
    units[0] = 256 << 10;
    units[LETTER] = 'A' | 1 << 8 | (LETTER ^ LEAF) << 10;
    units[LEAF] = 1 << 31;
    return units;
  }

  private static String base64(int length, int[] units, byte... texts) {
    ByteBuffer bytes =
        ByteBuffer.allocate(4 + 4 * units.length + texts.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(length);
    for (int unit : units) {
      bytes.putInt(unit);
    }
    return Base64.getEncoder().encodeToString(bytes.put(texts).array());
  }

  private static String precompiled(String map) {
    return parts(
        "{\"type\":\"Precompiled\",\"precompiled_charsmap\":\"%s\"}".formatted(map),
        "null",
        "null");
  }

  @Test
  void characterMap_isFollowedByTheLibrary() {
    try (HuggingFaceTextTokenizer tokenizer =
        tokenizer(precompiled(base64(4 * UNITS, map(), (byte) 'a', (byte) 0)), MODEL)) {
      assertThat(tokenizer.encode("A")).containsExactly(1);
    }
  }

  private static String fault(int place, int unit) {
    int[] units = map();
    units[place] = unit;
    return String.valueOf(CharacterMap.fault(base64(4 * UNITS, units, (byte) 'a', (byte) 0)));
  }

  @Test
  void characterMapThatPointsOutOfItself_isRefused() {
    assertThat(fault(3, 77)).isEqualTo("null");
    assertThat(fault(0, 512 << 10)).isEqualTo("points out of itself");
    assertThat(fault(0, -1)).isEqualTo("points out of itself");
    assertThat(fault(LETTER, 'A' | 1 << 8 | 4096 << 10)).isEqualTo("points out of itself");
    assertThat(fault(LETTER, 'A' | 1 << 9 | 900 << 10)).isEqualTo("points out of itself");
    assertThat(fault(LEAF, 1 << 31 | 3)).isEqualTo("points out of itself");
    assertThatThrownBy(() -> tokenizer(precompiled(base64(4, new int[] {0})), MODEL))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "m: in tokenizer.json the normalizer Precompiled has a precompiled_charsmap which points out of itself. Restore or download the file again, or take another model.");
  }

  @Test
  void characterMapThatIsNone_isRefused() {
    assertThat(CharacterMap.fault("%")).isEqualTo("is no text in base 64");
    assertThat(CharacterMap.fault("")).isEqualTo("ends before its trie");
    assertThat(CharacterMap.fault(base64(8, new int[1])))
        .isEqualTo("claims a trie of 8 bytes, but has 4");
    assertThat(CharacterMap.fault(base64(-4, new int[1])))
        .isEqualTo("claims a trie of -4 bytes, but has 4");
    assertThat(CharacterMap.fault(base64(6, new int[2])))
        .isEqualTo("claims a trie of 6 bytes, but has 8");
    assertThat(CharacterMap.fault(base64(4 * UNITS, map(), (byte) 0xC3)))
        .isEqualTo("holds bytes that are no text in UTF-8");
  }
}
