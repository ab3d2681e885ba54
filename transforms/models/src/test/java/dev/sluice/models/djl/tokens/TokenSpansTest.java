package dev.sluice.models.djl.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.models.TokenSpans;
import dev.sluice.models.directory.TinyModel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Places of drawn tokens, with Hugging Face's own decoders. */
class TokenSpansTest {
  private static final String METASPACE =
      """
      {"type": "Sequence", "decoders": [
        {"type": "Replace", "pattern": {"String": "▁"}, "content": " "},
        {"type": "ByteFallback"}, {"type": "Fuse"},
        {"type": "Strip", "content": " ", "start": 1, "stop": 0}]}""";
  private static final String BYTE_LEVEL =
      """
      {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": true}""";

  /** A decoder of tokens; 0 is the special token {@code <e>}, the rest are numbered from 1. */
  private static TextTokenizer tokenizer(String decoder, String normalizer, String... tokens) {
    StringBuilder vocabulary = new StringBuilder("\"<e>\": 0");
    for (int i = 0; i < tokens.length; i++) {
      vocabulary.append(", \"").append(tokens[i]).append("\": ").append(i + 1);
    }
    String json =
        """
        {"version": "1.0", "truncation": null, "padding": null,
         "added_tokens": [{"id": 0, "content": "<e>", "single_word": false, "lstrip": false, "rstrip": false, "normalized": false, "special": true}],
         "normalizer": %s, "pre_tokenizer": null, "post_processor": null, "decoder": %s,
         "model": {"type": "BPE", "byte_fallback": true, "vocab": {%s}, "merges": []}}
        """
            .formatted(normalizer, decoder, vocabulary);
    return TextTokenizer.of(json.getBytes(StandardCharsets.UTF_8), "test");
  }

  private record Placed(String text, TokenSpans spans) {
    List<String> tokens() {
      List<String> tokens = new ArrayList<>();
      for (int t = 0; t < spans.size(); t++) {
        tokens.add(text.substring(spans.begins()[t], spans.ends()[t]));
      }
      return tokens;
    }
  }

  private static Placed place(TextTokenizer tokenizer, int... ids) {
    try (tokenizer) {
      return new Placed(
          tokenizer.decode(ids, ids.length),
          TokenSpans.of(some -> tokenizer.decode(some, some.length), ids));
    }
  }

  @Test
  void metaspace_keepsTheBlankThatATokenAloneLoses() {
    Placed placed =
        place(
            tokenizer(METASPACE, "null", "▁He", "▁has", "<0x0A>", "▁", "3", "▁▁"),
            1,
            2,
            3,
            1,
            2,
            3,
            4,
            5,
            6,
            5,
            0);
    assertThat(placed.text()).isEqualTo("He has\n He has\n 3  3");
    assertThat(placed.tokens())
        .containsExactly("He", " has", "\n", " He", " has", "\n", " ", "3", "  ", "3", "");
    assertThat(placed.spans().pieces(placed.text()))
        .containsExactly("He", " has", "\n", " He", " has", "\n", " ", "3", "  ", "3", "");
  }

  @Test
  void metaspace_aLoneBlankAtTheBeginningHasNoText() {
    Placed placed = place(tokenizer(METASPACE, "null", "▁", "a"), 1, 2, 1, 2);
    assertThat(placed.text()).isEqualTo("a a");
    assertThat(placed.spans().begins()).containsExactly(0, 0, 1, 2);
    assertThat(placed.spans().ends()).containsExactly(0, 1, 2, 3);
  }

  @Test
  void byteFallback_bytesOfACharacterCoverIt() {
    // A line break before the bytes is torn up with them until the character is whole.
    Placed placed =
        place(
            tokenizer(
                METASPACE, "null", "▁a", "<0x0A>", "<0xF0>", "<0x9F>", "<0x98>", "<0x80>", "b"),
            1,
            2,
            3,
            4,
            5,
            6,
            2,
            7,
            3,
            4,
            5,
            6,
            7);
    assertThat(placed.text()).isEqualTo("a\n😀\nb😀b");
    assertThat(placed.tokens())
        .containsExactly("a", "\n", "😀", "😀", "😀", "😀", "\n", "b", "😀", "😀", "😀", "😀", "b");
    assertThat(placed.spans().pieces(placed.text()))
        .containsExactly("a", "\n", "", "", "", "😀", "\n", "b", "", "", "", "😀", "b");
  }

  @Test
  void byteFallback_bytesThatAreNoCharacterAreCountedOnce() {
    Placed placed =
        place(
            tokenizer(METASPACE, "null", "▁a", "<0x0A>", "<0xF0>", "<0x9F>", "<0x98>", "<0x80>"),
            1,
            3,
            2,
            1,
            3,
            2,
            3,
            4,
            5,
            6,
            1);
    assertThat(placed.text()).isEqualTo("a\uFFFD\uFFFD a\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD a");
    assertThat(placed.spans().begins()[3]).isEqualTo(3);
    assertThat(placed.spans().begins()[10]).isEqualTo(11);
    assertThat(placed.spans().ends()[10]).isEqualTo(13);
  }

  @Test
  void byteLevel_emojisAndTheirSelectorsKeepWhatFollowsInPlace() {
    // ❤ (3 bytes) and U+FE0F (3 bytes), each cut in two; Ġ is a blank, Ċ a line break.
    Placed placed =
        place(
            tokenizer(BYTE_LEVEL, "null", "1", "âĿ", "¤", "ï¸", "ı", "Ċ", "Ġx"),
            1,
            2,
            3,
            4,
            5,
            6,
            7,
            2,
            3,
            6,
            1,
            0);
    assertThat(placed.text()).isEqualTo("1❤\uFE0F\n x❤\n1");
    assertThat(placed.spans().begins()).containsExactly(0, 1, 1, 2, 2, 3, 4, 6, 6, 7, 8, 9);
    assertThat(placed.spans().ends()).containsExactly(1, 2, 2, 3, 3, 4, 6, 7, 7, 8, 9, 9);
  }

  @Test
  void byteLevel_aTokenMayEndOneCharacterAndBeginTheNext() {
    // 一 is E4 B8 80, 二 is E4 BA 8C: the second token holds 80 and E4.
    Placed placed = place(tokenizer(BYTE_LEVEL, "null", "ä¸", "Ģä", "ºĮ", "Ċ"), 1, 2, 3, 4);
    assertThat(placed.text()).isEqualTo("一二\n");
    assertThat(placed.spans().begins()).containsExactly(0, 0, 1, 2);
    assertThat(placed.spans().ends()).containsExactly(1, 1, 2, 3);
  }

  @Test
  void byteLevel_aSurrogatePairIsNeverCut() {
    Placed placed = place(tokenizer(BYTE_LEVEL, "null", "ðŁ", "ĺ", "Ģ", "ģ"), 1, 2, 3, 1, 2, 4);
    assertThat(placed.text()).isEqualTo("😀😁");
    assertThat(placed.spans().begins()).containsExactly(0, 0, 0, 2, 2, 2);
    assertThat(placed.spans().ends()).containsExactly(2, 2, 2, 4, 4, 4);
  }

  @Test
  void normalForms_theTextThatWasWrittenCounts() {
    // Encoded again, e and its accent would be one character, and all offsets after it one less.
    String nfc = "{\"type\": \"NFC\"}";
    Placed placed =
        place(tokenizer("{\"type\": \"Fuse\"}", nfc, "e", "\u0301", "\\n", "1"), 1, 2, 3, 1, 2, 4);
    assertThat(placed.text()).isEqualTo("e\u0301\ne\u03011");
    assertThat(placed.spans().begins()).containsExactly(0, 1, 2, 3, 4, 5);
  }

  @Test
  void wordPieces_areJoinedAsTheirDecoderDoes() {
    String decoder = "{\"type\": \"WordPiece\", \"prefix\": \"##\", \"cleanup\": true}";
    Placed placed = place(tokenizer(decoder, "null", "add", "##ing", "3", "."), 1, 2, 3, 4, 1, 0);
    assertThat(placed.text()).isEqualTo("adding 3. add");
    assertThat(placed.tokens()).containsExactly("add", "ing", " 3", ".", " add", "");
  }

  @Test
  void charactersAndSpecialTokens_asEver() {
    TextTokenizer tiny = TextTokenizer.of(TinyModel.tokenizer(), "tiny");
    Placed placed = place(tiny, 4, 5, 0, 2, 4, 1);
    assertThat(placed.text()).isEqualTo("01\n0");
    assertThat(placed.spans().begins()).containsExactly(0, 1, 2, 2, 3, 4);
    assertThat(placed.spans().ends()).containsExactly(1, 2, 2, 3, 4, 4);
    assertThat(TokenSpans.of(ids -> "", new int[0]).size()).isZero();
  }

  /** A decoder that looks back at all that was said: only whole beginnings are right. */
  @Test
  void aDecoderThatLooksFarBack_isDecodedFromTheBeginning() {
    Function<int[], String> turning =
        ids -> {
          StringBuilder text = new StringBuilder();
          for (int i = 0; i < ids.length; i++) {
            text.append(ids[0] == 9 ? "<" + ids[i] + ">" : ids[i]);
          }
          return text.toString();
        };
    TokenSpans spans = TokenSpans.of(turning, new int[] {9, 1, 2, 3});
    assertThat(spans.begins()).containsExactly(0, 3, 6, 9);
    assertThat(spans.ends()).containsExactly(3, 6, 9, 12);
  }

  @Test
  void manyTokens_areDecodedInShortSequences() {
    int[] ids = new int[5000];
    Arrays.setAll(ids, i -> i % 7);
    int[] decoded = {0};
    TokenSpans spans =
        TokenSpans.of(
            some -> {
              decoded[0] += some.length;
              return "ab".repeat(some.length);
            },
            ids);
    assertThat(spans.begins()[4999]).isEqualTo(9998);
    assertThat(decoded[0]).isLessThan(5 * ids.length);
  }

  @Test
  void pieces_coverTheTextInOrder() {
    TokenSpans spans = TokenSpans.ofPieces(List.of("ab", "", "\uD83D\uDE00", "c"));
    assertThat(spans.begins()).containsExactly(0, 2, 2, 4);
    assertThat(spans.ends()).containsExactly(2, 2, 4, 5);
    assertThat(spans.pieces("ab\uD83D\uDE00c")).containsExactly("ab", "", "\uD83D\uDE00", "c");
  }
}
