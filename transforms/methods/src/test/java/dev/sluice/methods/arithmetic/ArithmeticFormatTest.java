package dev.sluice.methods.arithmetic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArithmeticFormatTest {
  private static final String CHAIN = "23+4-8*3";

  @Test
  void writesPrompts() {
    assertThat(ArithmeticFormat.solvePrompt(CHAIN)).isEqualTo("23+4-8*3:");
    assertThat(ArithmeticFormat.judgePrompt(CHAIN, "23+4=27\n#27"))
        .isEqualTo("23+4-8*3:23+4=27\n#27?");
  }

  @Test
  void everyNewlineEndsALine() {
    assertThat(ArithmeticFormat.lines("")).isEmpty();
    assertThat(ArithmeticFormat.lines("23+4=27\n#27")).containsExactly("23+4=27", "#27");
    assertThat(ArithmeticFormat.lines("23+4=27\n\n#27\n"))
        .containsExactly("23+4=27", "", "#27", "");
  }

  @Test
  void expectsALineForEveryOperationAndOneForTheAnswer() {
    assertThat(ArithmeticFormat.expectedLines(CHAIN)).isEqualTo(4);
    assertThat(ArithmeticFormat.expectedLines("23+4-8:")).isEqualTo(3);
    assertThat(ArithmeticFormat.expectedLines("23+4-8:23+4=27\n#27?")).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "23+4=27/27-8=19/19*3=57/#57 | true | true",
        "23+4=27/27-8=19/19*3=57/#57 | false | false",
        // Form is all that counts.
        "1*1=99/0+0=7/19*3=57/#3 | true | true",
        "23+4=27/27-8=19/#19 | true | false",
        "23+4=27/27-8=19/19*3=57/57+1=58/#58 | true | false",
        "23+4=27/27-8=19/19*3=57/57 | true | false",
        "23+4=27/#27/19*3=57/#57 | true | false",
        "23+4=27/27-8=19/19*3=57/#57/ | true | false",
        "23+4=27/27-8=19/19*3=57/#57/#57 | true | false",
        "23+4=27/27-8=19/19*3=57/##57 | true | false",
        "23+4=27/27-8=19/19*3=57/#57# | true | false",
        "23+4=27/27-8=19/19*3=57/# | true | false",
        "23+4=27/27-8=19/19*13=57/#57 | true | false",
        "23+4=27/27-8=-9/19*3=57/#57 | true | false",
        "23+4=27//19*3=57/#57 | true | false",
        "'' | true | false",
      })
  void gate(String completion, boolean finished, boolean passes) {
    assertThat(ArithmeticFormat.gate(CHAIN, completion.replace('/', '\n'), finished))
        .isEqualTo(passes);
  }

  @Test
  void answerIsTheLastLine() {
    assertThat(ArithmeticFormat.answer("23+4=27\n#27")).contains("27");
    assertThat(ArithmeticFormat.answer("#27")).contains("27");
    assertThat(ArithmeticFormat.answer("#27\n")).isEmpty();
    assertThat(ArithmeticFormat.answer("#27\n27-8=19")).isEmpty();
    assertThat(ArithmeticFormat.answer("")).isEmpty();
  }

  @Test
  void anythingAfterTheFirstAnswerIsAppended() {
    assertThat(ArithmeticFormat.appended("23+4=27\n#27")).isFalse();
    assertThat(ArithmeticFormat.appended("23+4=27\n#27\n")).isTrue();
    assertThat(ArithmeticFormat.appended("#27\n23+4=27\n#27")).isTrue();
    assertThat(ArithmeticFormat.appended("23+4=27")).isFalse();
    assertThat(ArithmeticFormat.appended("")).isFalse();
  }

  @Test
  void readsVerdicts() {
    assertThat(ArithmeticFormat.verdicts("a 27y 19y 57y y"))
        .contains(List.of(true, true, true, true));
    assertThat(ArithmeticFormat.verdicts("b +4y -8n xn n"))
        .contains(List.of(true, false, false, false));
    assertThat(ArithmeticFormat.verdicts("d")).contains(List.of());
  }

  @ParameterizedTest
  @CsvSource({
    "e 27y 19y 57y y",
    "27y 19y 57y y",
    "a  27y 19y 57y y",
    "'a 27y 19y 57y y '",
    "a 27y 19y 57 y",
    "a27y 19y 57y y",
    "ab 27y 19y 57y y",
    "''",
  })
  void abstainsFromWhatIsNoVote(String text) {
    assertThat(ArithmeticFormat.verdicts(text)).isEqualTo(Optional.empty());
  }
}
