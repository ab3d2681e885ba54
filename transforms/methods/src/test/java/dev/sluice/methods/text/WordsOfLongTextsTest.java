package dev.sluice.methods.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.methods.testing.LinearReads;
import java.util.List;
import org.junit.jupiter.api.Test;

class WordsOfLongTextsTest {

  @Test
  void words_ofMarksInAnyOrder_areReadOnce() {
    LinearReads.check(Words::of, List.of("\u0301", "\u0316\u0301", "a", "\ufdfa", "\uff9e", "-"));
  }

  /** Marks are left out before a text is normalized: nothing else may change by that. */
  @Test
  void words_withMarks_areThoseWithout() {
    assertThat(Words.of("caf\u00e9 cafe\u0301 \u1e69 s\u0323\u0307 \ufb01n \uff76\uff9e"))
        .containsExactly(Words.of("cafe cafe s s fin \u30ab"));
  }
}
