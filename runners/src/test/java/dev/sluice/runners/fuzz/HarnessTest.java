package dev.sluice.runners.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.runners.fuzz.inputs.WideText;
import dev.sluice.runners.fuzz.targets.Broken;
import dev.sluice.runners.fuzz.targets.Target;
import dev.sluice.runners.fuzz.targets.Targets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a fuzz run takes for a find, and how its inputs are made. */
class HarnessTest {
  private static Trial read(Target.TextReader reader) {
    Target target =
        Target.named("toy")
            .marks(List.of("a"))
            .refuses(IllegalArgumentException.class)
            .readsText(reader);
    return Trial.of(target, target.reader().get(), WideText.bytes("a"));
  }

  private static Trial refuse(String message) {
    return read(
        text -> {
          throw new IllegalArgumentException(message);
        });
  }

  @Test
  void input_ofOneSeedReaderAndNumber_isAlwaysTheSame() {
    Set<String> inputs = new HashSet<>();
    for (Target target : List.of(Targets.of("verdicts"), Targets.of("cron"))) {
      for (int number = 0; number < 100; number++) {
        assertThat(target.input(7, number)).isEqualTo(target.input(7, number));
        inputs.add(WideText.text(target.input(7, number)));
      }
    }
    assertThat(inputs).hasSizeGreaterThan(150);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a", "é漢\ud83d\ude00", "\ud800", "a\udc00b\ud83d", "\ud83d\ud83d\ude00"})
  void text_asBytes_comesBackWithItsHalves(String text) {
    assertThat(WideText.text(WideText.bytes(text))).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  ",
        "null",
        "a\nb",
        "a\u001b[2Jb",
        "it is java.lang.Object",
        "a NullPointerException",
        "over `StreamReadConstraints.getMaxDepth()`",
        "[I@1b2c3d4e"
      })
  void refusal_withoutAProperMessage_isAFind(String message) {
    assertThat(refuse(message).fault()).isNotNull();
  }

  @Test
  void refusal_thatQuotesWhatLooksLikeAClass_isNone() {
    Target target =
        Target.named("toy")
            .marks(List.of("a"))
            .refuses(IllegalArgumentException.class)
            .readsText(
                text -> {
                  throw new IllegalArgumentException("The text '%s' is none.".formatted(text));
                });
    assertThat(Trial.of(target, target.reader().get(), WideText.bytes("an IOException")).fault())
        .isNull();
  }

  @Test
  void refusal_withASentence_isNone() {
    assertThat(refuse("The text has no end; close it.").fault()).isNull();
    assertThat(read(text -> true).accepted()).isTrue();
    assertThat(read(text -> false).fault()).isNull();
  }

  @Test
  void whateverElseIsThrown_isAFind() {
    assertThat(
            read(text -> {
                  throw new NumberFormatException("A message.");
                })
                .fault())
        .isInstanceOf(NumberFormatException.class);
    assertThat(
            read(text -> {
                  throw new StackOverflowError();
                })
                .place())
        .isEqualTo("StackOverflowError");
    assertThat(
            read(text -> {
                  Broken.unless(false, "A promise of %d.", 3);
                  return true;
                })
                .fault())
        .hasMessage("A promise of 3.");
  }
}
