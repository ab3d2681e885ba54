package dev.sluice.stages.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswersTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "9 * 2 = $18/#### 18 | 18",
        "9 * 2 = $<<9*2=18>>18/A: 18 | 18",
        "A: 90,000 | 90,000",
        "A: $18.00 | $18.00",
        "so it is \\boxed{18}. | 18",
        "so it is \\boxed{\\frac{1}{2}} of 3 | \\frac{1}{2}",
        "\\boxed{1} was wrong, \\boxed{2} is right | 2",
        "Answer: 18 bolts | 18 bolts",
        "**Answer:** 18 | 18",
        "**Final answer: 18** | 18",
        "Answer: \\boxed{18} | 18",
        "\\boxed{17}/A: 18 | 18",
        "#### 17/#### 18 | 18",
        "The answer is 18. | 18",
        "the final answer is: -3.5. | -3.5",
        "A: -1.8 billion | -1.8 billion",
        "First 12, then 7 of them, so 5. | 5",
        "he has 1,250, and that is all | 1,250",
        "a half is 1/2 | 1/2",
        "For the thirteenth glass he pays 5 * 1 | 1",
        "7 <<3+4=8>> | 7",
        "A: | none",
        "no number here | none",
        "\\boxed{18 | 18",
        "2019-04 is no minus | 04",
      })
  void extracts(String solution, String answer) {
    assertThat(Answers.extract(solution.replace("/A", "\nA").replace("/#", "\n#")).orElse("none"))
        .isEqualTo(answer);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "18 | 18",
        "018 | 18",
        "18. | 18",
        "18.00 | 18",
        "$18.00 | 18",
        "\\$18 | 18",
        "$18$ | 18",
        "$ 18 | 18",
        "-$18 | -18",
        "$-18 | -18",
        "+18 | 18",
        "−18 | -18",
        "-0 | 0",
        "65,000 | 65000",
        "2,000,000 | 2000000",
        "1{,}250 | 1250",
        "1/2 | 0.5",
        "0.50 | 0.5",
        ".5 | 0.5",
        "\\frac{1}{2} | 0.5",
        "-\\frac{1}{2} | -0.5",
        "\\dfrac{2}{6} | 1/3",
        "\\frac12 | 0.5",
        "1 1/2 | 1.5",
        "2/6 | 1/3",
        "4/2 | 2",
        "1/0 | 1/0",
        "50% | 50",
        "50\\% | 50",
        "3 bolts | 3",
        "3 bolts of fabric | 3",
        "18 dollars per day | 18",
        "60 km/h | 60",
        "90° | 90",
        "90^\\circ | 90^\\circ",
        "12\\text{ cm} | 12",
        "5-year | 5",
        "x = 5 | 5",
        "1.5e3 | 1500",
        "1.5 \\times 10^3 | 1500",
        "1.5*10^{-3} | 0.0015",
        "1.8 billion | 1800000000",
        "about 18 | 18",
        "1e999999 | 1e999999",
        "12:30 | 12:30",
        "3 and 4 | 3 and 4",
        "(1, 2) | (1, 2)",
        "1,2 | 1,2",
        "Blue. | blue",
        "\\text{Blue} | blue",
        "ten   men | ten men",
        "18, he says | 18",
      })
  void normalForm(String answer, String canonical) {
    assertThat(Answers.canonical(answer)).isEqualTo(canonical);
  }

  @Test
  void equalByValueAlone() {
    assertThat(Answers.equal("65,000", "65000")).isTrue();
    assertThat(Answers.equal("$18.00", "18")).isTrue();
    assertThat(Answers.equal("1/2", "0.5")).isTrue();
    assertThat(Answers.equal("3 bolts", "3.0")).isTrue();
    assertThat(Answers.equal("0.333", "1/3")).isFalse();
    assertThat(Answers.equal("18", "-18")).isFalse();
    assertThat(Answers.equal("18", "180")).isFalse();
    assertThat(Answers.canonical("")).isEmpty();
  }

  @Test
  void aVeryLongNumberIsText() {
    String digits = "1".repeat(5_000);

    assertThat(Answers.canonical(digits)).isEqualTo(digits);
  }
}
