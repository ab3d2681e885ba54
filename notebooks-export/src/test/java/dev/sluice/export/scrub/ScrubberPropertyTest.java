package dev.sluice.export.scrub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.records.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScrubberPropertyTest {
  private static final List<String> PIECES = pieces();

  private static List<String> pieces() {
    List<String> pieces = new ArrayList<>(Samples.secrets().values());
    pieces.addAll(
        List.of(
            ("joe@x.com|+49 30 1234567|+12025550123|4111 1111 1111 1111|4111111111111111|card|ssn"
                    + "|123-45-6789|93.184.216.34|8.8.8.8|server|version|DE89370400440532013000"
                    + "|DE89 3704 0044 0532 0130 00|https://a:b@c.de|[EMAIL]|[CARD]|[SECRET]|-----BEGIN "
                    + "|PRIVATE KEY-----|-----END |eyJ|sk-|@|+|-|.|,|:|;|(|)|[|]|{|}|=|*|/|\\|_|^|$|&|\"|\n"
                    + "| | |  |a|Z|é|中|😀|\uD83D|\uDE00|0|1|49|555|4111|12345678|x.com|://|\u00A0|\u0000")
                .split("\\|", -1)));
    return pieces;
  }

  private static String text(RandomStream random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(1, 12); i > 0; i--) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
      text.append(random.nextInt(3) == 0 ? " " : "");
    }
    return text.toString();
  }

  @Test
  void scrub_twice_isScrubOnce() {
    RandomStream random = new RandomStream(1);
    Map<Kind, Long> all = new TreeMap<>();
    for (int i = 0; i < 20_000; i++) {
      String text = text(random);
      Scrubber scrubber = new Scrubber();
      String once = scrubber.scrub(text);
      Scrubber again = new Scrubber();
      assertThat(again.scrub(once)).as("%s", text).isEqualTo(once);
      assertThat(again.counts()).isEmpty();
      assertThat(scrubber.counts().isEmpty()).isEqualTo(once.equals(text));
      scrubber.counts().forEach((kind, count) -> all.merge(kind, count, Long::sum));
    }
    assertThat(all.keySet()).containsExactly(Kind.values());
  }

  /** The rest of the text survives, in its order and to the character. */
  @Test
  void scrub_text_keepsWhatIsAroundTheMatches() {
    RandomStream random = new RandomStream(2);
    for (int i = 0; i < 10_000; i++) {
      String text = text(random);
      int from = 0;
      for (String kept : new Scrubber().scrub(text).split("\\[(?:[A-Z]+)]", -1)) {
        int at = text.indexOf(kept, from);
        assertThat(at).as("'%s' of %s", kept, text).isGreaterThanOrEqualTo(0);
        from = at + kept.length();
      }
    }
  }

  @Test
  void scrub_arithmetic_isKept() {
    RandomStream random = new RandomStream(3);
    for (int i = 0; i < 50_000; i++) {
      String text = Calculations.draw(random);
      assertThat(new Scrubber().scrub(text)).isEqualTo(text);
    }
  }

  /** Each would take hours if the work at a place went through the rest of the text. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "@",
        "a@",
        "a@a.",
        "a.a@a.a.",
        "+",
        "+1",
        "+49 ",
        "+1 2 ",
        "(",
        "1",
        "4111 ",
        "4 ",
        "1.",
        "93.184.216.34.",
        "card 4111111111111111 ",
        "ssn 123-45-6789-",
        "123-45-",
        "DE89 ",
        "DE89",
        "eyJ",
        "eyJ.",
        "eyJ ",
        "eyJa.eyJa ",
        "ghp_",
        "sk-",
        "sk-a1 ",
        "xoxb-",
        "xoxb-1-",
        "AKIA",
        "-",
        "-----BEGIN ",
        "-----BEGIN PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----\n",
        "-----BEGIN PRIVATE KEY-----AAAA-----END ",
        "://",
        "a://a",
        "a://a:",
        "a://a:a ",
        "aws_secret_access_key=",
        "a",
        " ",
        "[EMAIL]",
        "\n- +",
        "+4915112345678 ",
        "😀",
        "\uD83D"
      })
  void scrub_megabyteOfOnePiece_ends(String piece) {
    String text = piece.repeat((1 << 20) / piece.length());
    String scrubbed = new Scrubber().scrub(text);
    assertThat(new Scrubber().scrub(scrubbed)).isEqualTo(scrubbed);
    new Scrubber().scrub(text + "-----END PRIVATE KEY-----@x.com");
  }
}
