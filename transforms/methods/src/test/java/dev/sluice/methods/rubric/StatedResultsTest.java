package dev.sluice.methods.rubric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatedResultsTest {
  @Test
  void lastComputedIsTheResultOfTheLastEquation() {
    assertThat(StatedResults.lastComputed(List.of("7*9=63", "63+2=65", "#65"))).contains("65");
    assertThat(StatedResults.lastComputed(List.of("16-3 = <<16-3=13>>13 eggs", "So 1,300.")))
        .contains("13");
    assertThat(StatedResults.lastComputed(List.of("Thirteen eggs.", "Answer: 13"))).isEmpty();
    assertThat(StatedResults.lastComputed(List.of())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "so 2 + 3 = 5 cm of rope | 5 cm",
        "so 2 + 3 = 5m, and 1 = 1 cm. | 1 cm",
        "that makes 250 + 250 = 500 \\text{ cm} | 500 \\text{ cm}",
        "its area is 3 * 5 = 15 cm^2 | 15 cm^2",
        "its area is 3 * 5 = 15 square meters | 15 square meters",
        "the speed is 120/2 = 60 km/h on average | 60 km/h",
        "the speed is 120/2 = 60 miles per hour | 60 miles per hour",
        "a share of 3/6 = 50% | 50%",
        "a share of 3/6 = 50 percent of them | 50 percent",
        "the angle is 180 - 90 = 90^\\circ | 90^\\circ",
        "it costs 9 * 2 = $18.00 a day | $18.00",
        "there are 2 + 3 = 5 in total | 5",
        "the width is 2 + 3 = 5 in. | 5 in",
        "there are 2 + 3 = 5 eggs | 5",
        "there are 2 + 3 = 5 m&m's left | 5",
        "there are 2 + 3 = 5 a day | 5",
        "5 * 100 = <<5*100=500>>500 cm | 500",
        "so 7 km remain | 7",
        "the sum is 1,300 | 1300",
        "0007+1=008 | 8",
      })
  void result_ofALine_hasTheUnitThatFollowsIt(String line, String result) {
    assertThat(StatedResults.ofLine(line)).isEqualTo(result);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "5 cm | 5 m | false",
        "500 cm | 5 m | true",
        "5 | 5 m | true",
        "500 | 5 m | false",
        "50% | 0.5 | true",
        "50% | 50 | true",
        "90 minutes | 1.5 hours | true",
        "90 minutes | 90 hours | false",
        "1 kg | 1 lb | false",
        "$18.00 | 18 dollars | true",
        "\\frac{1}{2} | 0.50 | true",
        "\\sqrt{8} | 2\\sqrt{2} | true",
        "x + 1 | 1 + x | true",
        "x + 1 | x - 1 | false",
        "3 | 4 | false",
      })
  void results_areOfOneClass_whenTheirValuesAndUnitsAgree(String one, String other, boolean same) {
    String first = StatedResults.normal(one);
    String second = StatedResults.normal(other);
    assertThat(StatedResults.same(first, second)).isEqualTo(same);
    assertThat(StatedResults.same(second, first)).isEqualTo(same);
  }

  @Test
  void normalForm_ofAResultWithoutUnit_isItsValue() {
    assertThat(StatedResults.normal(" 1,300.0 ")).isEqualTo("1300");
    assertThat(StatedResults.normal("0.5")).isEqualTo(StatedResults.normal("\\frac12"));
    assertThat(StatedResults.normal("5 m")).isEqualTo("5 m");
    assertThat(StatedResults.normal("(B)")).isEqualTo("(B)");
    assertThat(StatedResults.normal("  ")).isEmpty();
    assertThat(StatedResults.same("", "")).isFalse();
  }
}
