package dev.sluice.jinja.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.jinja.Interpreter;
import dev.sluice.jinja.syntax.Parser;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Templates that search and cut long texts end, since the work grows with the texts alone. */
@Timeout(120)
class HostileTemplateTest {
  private static final String LONG = "{% set t = 'a' * 4000000 %}";

  private static String render(String template) {
    return Interpreter.run(Parser.parse(template), Map.of(), ZonedDateTime::now);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "(t ~ t).find(t ~ 'b');-1",
        "(t ~ t).rfind('b' ~ t);-1",
        "(t ~ 'b' ~ t).find('b' ~ t);4000000",
        "(t ~ t).rfind(t);4000000",
        "(t ~ t).count('a' * 2000000 ~ 'b');0",
        "(t ~ t).count('a' * 2000000);4",
        "('b' ~ t) in (t ~ t);False",
        "(t ~ t).replace(t ~ 'b', '')|length;8000000",
        "(t ~ t).partition(t ~ 'b')[0]|length;8000000",
        "(t ~ t).rpartition('b' ~ t)[2]|length;8000000",
        "(t ~ t).split(t ~ 'b')|length;1",
        "(t ~ t).rsplit('b' ~ t, 5)|length;1",
        "(t ~ t).rsplit(t, 5)|length;3",
        "('a ' * 900000).split()|length;900000",
        "('a ' * 900000).rsplit()|length;900000",
        "('a ' * 900000).split(none, 899999)|length;900000",
        "t.strip('b' * 4000000)|length;4000000",
        "t.lstrip('ba' * 2000000)|length;0"
      })
  void searchesOverLongTexts_end(String expression, String expected) {
    assertThat(render(LONG + "{{ " + expression + " }}")).isEqualTo(expected);
  }

  @Test
  void listsBeyondTheirBound_areRefused() {
    String message = "a list would have more than 1,000,000 items";
    for (String cut :
        List.of("split()", "rsplit()", "split(' ')", "rsplit(' ', 3000000)", "split('')")) {
      assertThatThrownBy(() -> render("{{ ('a ' * 3000000)." + cut + "|length }}"))
          .isInstanceOf(TemplateException.class)
          .hasMessageContaining(
              cut.equals("split('')") ? "a text cannot be split at an empty text" : message);
    }
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {"(t ~ 'b') in l", "l.count(t ~ 'b')", "l.index(t ~ 'b')", "(t ~ 'b') not in l"})
  void longTextsInLongLists_areNotComparedForEver(String expression) {
    assertThatThrownBy(
            () -> render(LONG + "{% set l = [t ~ 'c'] * 500000 %}{{ " + expression + " }}"))
        .isInstanceOf(TemplateException.class)
        .hasMessageContaining("too large to be compared");
  }

  /** Against Java's own search, over texts of two letters, which have many near misses. */
  @Test
  void searchFindsWhatJavaFinds() {
    Random random = new Random(7);
    for (int round = 0; round < 20_000; round++) {
      String text = letters(random, random.nextInt(200));
      String wanted = letters(random, 1 + random.nextInt(round % 2 == 0 ? 80 : 4));
      if (random.nextBoolean() && text.length() > 40) {
        int from = random.nextInt(text.length() - 40);
        wanted = text.substring(from, from + 33 + random.nextInt(7));
      }
      int from = random.nextInt(text.length() + 1);
      assertThat(Search.forward(wanted).in(text, from)).isEqualTo(text.indexOf(wanted, from));
      assertThat(Search.backward(wanted).in(text, from))
          .isEqualTo(text.lastIndexOf(wanted, from - wanted.length()));
    }
  }

  private static String letters(Random random, int length) {
    StringBuilder text = new StringBuilder();
    boolean mostly = random.nextBoolean();
    for (int i = 0; i < length; i++) {
      text.append(random.nextInt(mostly ? 30 : 2) == 0 ? 'b' : 'a');
    }
    return text.toString();
  }

  @Test
  void cutsAtWhiteSpace_areThoseOfPython() {
    assertThat(Texts.words(" a  b\tc ", -1)).isEqualTo(List.of("a", "b", "c"));
    assertThat(Texts.words(" a  b\tc ", 1)).isEqualTo(List.of("a", "b\tc "));
    assertThat(Texts.words("a b", 0)).isEqualTo(List.of("a b"));
    assertThat(Texts.words("  ", -1)).isEqualTo(new ArrayList<>());
    assertThat(Texts.wordsFromEnd(" a  b\tc ", -1)).isEqualTo(List.of("a", "b", "c"));
    assertThat(Texts.wordsFromEnd(" a  b\tc ", 1)).isEqualTo(List.of(" a  b", "c"));
    assertThat(Texts.splitFromEnd("a--b--c", "--", 1)).isEqualTo(List.of("a--b", "c"));
  }
}
