package dev.sluice.stages.answers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerEqualityTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "18 | 018",
        "18 | 18.",
        "18 | 18.00",
        "18 | $18.00",
        "18 | \\$18",
        "18 | $18$",
        "18 | +18",
        "-18 | -$18",
        "-18 | $-18",
        "-18 | −18",
        "0 | -0",
        "65000 | 65,000",
        "2000000 | 2,000,000",
        "1234 | 1{,}234",
        "1234 | 1,\\!234",
        "1234 | 1\\,234",
        "1234 | 1 234",
        "0.5 | 1/2",
        "0.5 | .5",
        "0.5 | \\frac{1}{2}",
        "-0.5 | -\\dfrac{1}{2}",
        "1/3 | \\tfrac{2}{6}",
        "0.5 | \\frac12",
        "1/72 | \\frac1{72}",
        "1.5 | 1 1/2",
        "1.5 | 1\\frac{1}{2}",
        "50 | 50%",
        "0.5 | 50\\%",
        "3 | 3 bolts",
        "18 | 18 dollars per day",
        "60 | 60 km/h",
        "90 | 90°",
        "90 | 90^\\circ",
        "90 | 90^{\\circ}",
        "12 | 12\\text{ cm}",
        "15 | 15 \\text{ cm}^2",
        "5 m | 500 cm",
        "1 hour | 60 minutes",
        "1 km^2 | 1000000 m^2",
        "0.0015 | 1.5e-3",
        "0.0015 | 1.5 \\times 10^{-3}",
        "1500 | 1.5*10^3",
        "1000000 | 10^6",
        "\\frac{\\sqrt3}{2} | \\sqrt{3}/2",
        "3\\sqrt5 | \\sqrt{45}",
        "2\\pi | 2π",
        "\\frac{1}{\\sqrt2} | \\frac{\\sqrt2}{2}",
        "(1, 2) | (1,2)",
        "(0, 1] | \\left(0,1\\right]",
        "2, 3 | 3, 2",
        "2, 3 | 2 and 3",
        "2 or 3 | 3,2",
        "\\{1, 2\\} | \\{2,1\\}",
        "4 | x = 4",
        "x=1, y=2 | y = 2, x = 1",
        "x=2 or x=3 | x = 2, 3",
        "3x + 4y + 14 = 0 | 6x+8y=-28",
        "y = 2x + 1 | 2x - y + 1 = 0",
        "x >= 5 | 5 \\le x",
        "x \\ge 5 | 2x \\geq 10",
        "1 < x \\leq 3 | 3 >= x > 1",
        "2x+1 | 1+2x",
        "(x+1)^2 | x^2+2x+1",
        "x^2-y^2 | (x-y)(x+y)",
        "\\sin^2 x + \\cos^2 x | 1",
        "2^n | 2^{n}",
        "B | (B)",
        "B | \\text{(B)}",
        "B | \\textbf{B}",
        "blue | Blue.",
        "blue | \\text{Blue}",
        "ten men | ten   men",
        "\\begin{pmatrix}1\\\\2\\end{pmatrix} | \\begin{pmatrix} 1 \\\\ 2 \\end{pmatrix}",
        "(-\\infty, 3) \\cup (5, \\infty) | (5,\\infty)\\cup(-\\infty,3)",
        "9:4 | 9 : 4",
        "\\frac{100!}{2^{50}} | 100!/2^{50}",
        "\\binom{5}{2} | 10",
        "\\log_8 4 | 2/3",
      })
  void equalByValue(String reference, String answer) {
    assertThat(AnswerEquality.matches(reference, answer)).isTrue();
    assertThat(AnswerEquality.matches(answer, reference)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "1/3 | 0.333",
        "18 | -18",
        "18 | 180",
        "2x | 2y",
        "2x | 2",
        "x^2 | x^3",
        "5 cm | 5 m",
        "3 apples | 3 pears",
        "(1, 2) | (2, 1)",
        "(0, 1) | [0, 1)",
        "(0, 1) | (0, 1]",
        "\\{1,2\\} | \\{1,3\\}",
        "2, 3 | 2",
        "1,-1 | -1,-1,1,1",
        "x = 4 | y = 4",
        "x=1, y=2 | x=2, y=1",
        "a=5 or a=-2 | -2",
        "3x + 4y + 14 = 0 | 0",
        "x >= 5 | 5",
        "x >= 5 | x > 5",
        "x >= 5 | x <= 5",
        "2π | 2",
        "1/x | 1",
        "2^n | 2",
        "\\sqrt{2} | 2",
        "\\sqrt{2} | 1.414",
        "\\sqrt{x^2} | x",
        "B | C",
        "blue | red",
        "12:30 | 12.5",
        "5 4 | 20",
        "\\ln x | \\log x",
        "\\begin{pmatrix}1\\\\2\\end{pmatrix} | \\begin{pmatrix}2\\\\1\\end{pmatrix}",
        "i | 1",
        "2^{1000000000} | 2",
      })
  void differentByValue(String reference, String answer) {
    assertThat(AnswerEquality.matches(reference, answer)).isFalse();
    assertThat(AnswerEquality.matches(answer, reference)).isFalse();
  }

  @Test
  void magnitude_isNotItsArgument() {
    assertThat(AnswerEquality.matches("|x|", "\\left|x\\right|")).isTrue();
    assertThat(AnswerEquality.matches("|x|", "\\sqrt{x^2}")).isTrue();
    assertThat(AnswerEquality.matches("|x|", "x")).isFalse();
    assertThat(AnswerEquality.matches("\\ln |x|", "\\ln x")).isFalse();
  }

  private static final List<String> DRAWN =
      List.of(
          "5",
          "5 cm",
          "50 mm",
          "5 m",
          "0.05 m",
          "0.5",
          "50%",
          "50",
          "1/2",
          "x = 5",
          "y = 5",
          "5 apples",
          "5 pears",
          "\\frac{10}{2}",
          "2x",
          "x+x",
          "2y",
          "(1,2)",
          "(2,1)",
          "1, 2",
          "2, 1",
          "\\{1,2\\}",
          "B",
          "(B)",
          "blue",
          "Blue.",
          "\\sqrt{2}",
          "2^{1/2}",
          "\\pi",
          "π",
          "5 dollars",
          "$5",
          "500 cents",
          "x>=5",
          "5<=x",
          "2x >= 10",
          "90°",
          "90",
          "\\frac{",
          "");

  /** Ten thousand drawn triples: what is equal to the same is equal, and so it is the other way. */
  @Test
  void key_isAnEquivalence() {
    Random random = new Random(5);
    for (int i = 0; i < 10_000; i++) {
      String a = DRAWN.get(random.nextInt(DRAWN.size()));
      String b = DRAWN.get(random.nextInt(DRAWN.size()));
      String c = DRAWN.get(random.nextInt(DRAWN.size()));
      boolean ab = AnswerEquality.key(a).equals(AnswerEquality.key(b));
      boolean bc = AnswerEquality.key(b).equals(AnswerEquality.key(c));
      if (ab && bc) {
        assertThat(AnswerEquality.key(a)).isEqualTo(AnswerEquality.key(c));
      }
      if (ab) {
        assertThat(AnswerEquality.matches(a, b)).as("%s, %s", a, b).isTrue();
      }
      assertThat(AnswerEquality.matches(a, b)).isEqualTo(AnswerEquality.matches(b, a));
    }
  }

  @Test
  void classes_areTheSame_inAnyOrder() {
    List<String> answers = new ArrayList<>(DRAWN);
    List<List<String>> expected = partition(answers);
    Random random = new Random(7);
    for (int i = 0; i < 200; i++) {
      Collections.shuffle(answers, random);
      assertThat(partition(answers)).isEqualTo(expected);
    }
  }

  private static List<List<String>> partition(List<String> answers) {
    int[] classes = AnswerEquality.classes(answers.stream().map(Optional::of).toList());
    List<List<String>> all = new ArrayList<>();
    for (int i = 0; i < classes.length; i++) {
      while (all.size() <= classes[i]) {
        all.add(new ArrayList<>());
      }
      all.get(classes[i]).add(answers.get(i));
    }
    all.forEach(Collections::sort);
    all.sort((one, other) -> one.toString().compareTo(other.toString()));
    return all;
  }

  @Test
  void bareValue_joinsTheOneClassWithAUnit_thatHasItsValue() {
    assertThat(classes("5", "5 cm", "5 cm")).containsExactly(0, 0, 0);
    assertThat(classes("5", "5 cm", "5 m")).containsExactly(0, 1, 2);
    assertThat(classes("5 cm", "50 mm", "7", "x = 7")).containsExactly(0, 0, 1, 2);
    assertThat(
            AnswerEquality.classes(
                List.of(Optional.of("1/2"), Optional.empty(), Optional.of("0.5"))))
        .containsExactly(0, -1, 0);
  }

  private static int[] classes(String... answers) {
    return AnswerEquality.classes(List.of(answers).stream().map(Optional::of).toList());
  }

  @Test
  void hostileAnswers_areText_andCostLittle() {
    for (String hostile :
        List.of(
            "9^{9^{9^{9}}}",
            "(".repeat(5_000),
            "{".repeat(500) + "1" + "}".repeat(500),
            "1".repeat(5_000),
            "1e999999999",
            "2000000!",
            "((((((x+1)^{100})^{100})^{100})^{100})^{100})",
            "\\frac{1}{0}",
            "\\sqrt",
            "0^{-1}",
            "\\sum_{n=0}^{\\infty} \\frac{1}{n}",
            ",".repeat(1_000),
            "x=".repeat(500))) {
      assertThat(AnswerEquality.matches(hostile, hostile)).isTrue();
      assertThat(AnswerEquality.matches(hostile, "1")).isFalse();
    }
  }
}
