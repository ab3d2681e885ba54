package dev.sluice.export.screen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.export.ExportException;
import dev.sluice.export.screen.Screen.Overlap;
import dev.sluice.export.screen.Screen.SetSize;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScreenTest {
  private static final String PENS =
      "Anna has 3 red pens and 4 blue pens and gives half of them to Ben; how many does she keep?";

  private static Screen screen(ScreenRule rule, String... texts) {
    Screen screen = Screen.of(rule);
    screen.add("exam", List.of(texts));
    return screen;
  }

  @Test
  void find_textWithAnotherEnd_isTheTextOfTheSet() {
    // 21 words, of which the first 19 are the same: a run of 13, and 19 / 21 in one order.
    String changed = PENS.replace("she keep", "he get");
    assertThat(screen(ScreenRule.DEFAULT, "other", PENS).find(changed))
        .contains(new Overlap("exam", 1, 19 / 21.0, PENS));
    assertThat(screen(new ScreenRule(13, 19 / 21.0), PENS).find(changed)).isEmpty();
    assertThat(screen(new ScreenRule(20, 0.6), PENS).find(changed)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "2+2?, 2 + 2, true",
    "2+2?, 2 + 3, false",
    "2+2?, What is 2 + 2, false",
    "Café, CAFE\u0301!, true",
    "△ ○, △ ○, true",
    "△ ○, △ △, false",
  })
  void find_textShorterThanARun_isEqualOrNot(String text, String question, boolean found) {
    assertThat(screen(new ScreenRule(13, 1), text).find(question))
        .isEqualTo(found ? Optional.of(new Overlap("exam", 0, 1, text)) : Optional.empty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n\t"})
  void find_blankText_overlapsWithNothing(String blank) {
    Screen screen = screen(ScreenRule.DEFAULT, "", " ", blank, "?");
    assertThat(screen.find(blank)).isEmpty();
    assertThat(screen.find("?")).contains(new Overlap("exam", 3, 1, "?"));
    assertThat(screen.sets()).containsExactly(new SetSize("exam", 1));
  }

  @Test
  void find_severalSets_theFirstThatHasIt() {
    Screen screen = Screen.of(ScreenRule.DEFAULT);
    screen.add("evaluate 'a'", List.of("one two three"));
    screen.add("evaluate 'b'", List.of("four five", "one two three", "ONE, two: three"));
    assertThat(screen.find("one two three")).map(Overlap::set).contains("evaluate 'a'");
    assertThat(screen.find("Four five.")).contains(new Overlap("evaluate 'b'", 0, 1, "four five"));
    assertThat(screen.find("six")).isEmpty();
    assertThat(screen.sets())
        .containsExactly(new SetSize("evaluate 'a'", 1), new SetSize("evaluate 'b'", 3));
  }

  @Test
  void find_withoutSets_isEmpty() {
    assertThat(Screen.of(ScreenRule.DEFAULT).find(PENS)).isEmpty();
    assertThat(screen(ScreenRule.DEFAULT).find(PENS)).isEmpty();
  }

  @Test
  void rule_valueOutOfRange_isRefused() {
    assertThatThrownBy(() -> new ScreenRule(0, 0.6))
        .isInstanceOf(ExportException.class)
        .hasMessage(
            "A run of words for decontamination has at least 1 word, not 0. Give 1 or more; the default is 13.");
    assertThatThrownBy(() -> new ScreenRule(13, 1.5))
        .isInstanceOf(ExportException.class)
        .hasMessage(
            "The common share for decontamination is from 0 to 1, not 1.5. Give such a number; the default is 0.6.");
    assertThatThrownBy(() -> new ScreenRule(13, Double.NaN)).isInstanceOf(ExportException.class);
  }
}
