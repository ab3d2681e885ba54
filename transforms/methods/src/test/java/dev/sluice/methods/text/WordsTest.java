package dev.sluice.methods.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
  @ParameterizedTest
  @CsvSource({
    "'What is 2 + 3?', 'what  is 2+3'",
    "'Caf\u00e9 au lait', 'CAFE au lait.'",
    "'\uff12 \ufb01sh', '2 fish'",
    "'it''s $5.00', 'it s 5 00'"
  })
  void formsThatReadAlikeAreAlike(String first, String second) {
    assertThat(Words.of(first)).containsExactly(Words.of(second)).isNotEmpty();
  }

  @Test
  void numbersCount() {
    assertThat(Words.of("12 bolts")).isNotEqualTo(Words.of("13 bolts"));
    assertThat(Words.of("...")).isEmpty();
  }

  @Test
  void aShortTextIsOneRun() {
    long[] words = Words.of("a b c d");
    assertThat(Words.grams(words, 2)).hasSize(3);
    assertThat(Words.grams(words, 4)).hasSize(1).containsExactly(Words.grams(words, 9));
    assertThat(Words.grams(Words.of("a b a b"), 2)).hasSize(2);
    assertThat(Words.grams(Words.of("b a"), 2)).isNotEqualTo(Words.grams(Words.of("a b"), 2));
    assertThat(Words.grams(new long[0], 3)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"a b c d, b d, 2", "a b c, c b a, 1", "a b a b a, b a b, 3", "a, b, 0"})
  void theLongestCommonSubsequence(String first, String second, int length) {
    assertThat(Words.commonSubsequence(Words.of(first), Words.of(second))).isEqualTo(length);
    assertThat(Words.commonSubsequence(Words.of(second), Words.of(first))).isEqualTo(length);
  }
}
