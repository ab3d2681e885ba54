package dev.sluice.methods.answers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AnswerEqualityTest {

  static Stream<Arguments> pairs() throws IOException {
    try (InputStream in = AnswerEqualityTest.class.getResourceAsStream("pairs.tsv")) {
      String table = new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
      return table
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t", -1))
          .map(cells -> Arguments.of(cells[0], cells[1], cells[2]));
    }
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void pair_isWhatItsTableSays(String relation, String reference, String answer) {
    boolean equal = relation.equals("equal");
    assertThat(AnswerEquality.matches(reference, answer)).isEqualTo(equal);
    assertThat(AnswerEquality.matches(answer, reference)).isEqualTo(equal);
  }

  @Test
  void magnitude_isNotItsArgument() {
    assertThat(AnswerEquality.matches("|x|", "\\left|x\\right|")).isTrue();
    assertThat(AnswerEquality.matches("|x|", "\\sqrt{x^2}")).isTrue();
    assertThat(AnswerEquality.matches("|x|", "x")).isFalse();
    assertThat(AnswerEquality.matches("\\ln |x|", "\\ln x")).isFalse();
  }

  /** Nothing but its text says what such a sum is. */
  @Test
  void sumOverNoWholeNumberOfTerms_isComparedByItsText() {
    for (String end : List.of("\\pi", "\\frac{5}{2}", "2.5", "\\sqrt{5}", "e")) {
      String sum = "\\sum_{k=1}^{%s} k".formatted(end);
      assertThat(AnswerEquality.reads(sum)).isFalse();
      assertThat(AnswerEquality.matches(sum, sum)).isTrue();
      assertThat(AnswerEquality.matches(sum, "3")).isFalse();
      assertThat(AnswerEquality.matches("\\prod_{k=1}^{%s} k".formatted(end), sum)).isFalse();
    }
    assertThat(AnswerEquality.matches("\\sum_{k=1}^{\\frac{6}{2}} k", "6")).isTrue();
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
          "x<-7",
          "(-\\infty,-7)",
          "e^2 \\approx 7.389",
          "7.389",
          "e^2",
          "$5$ cm",
          "xy",
          "$xy$",
          "-i",
          "x = y = 5",
          "The mode is $5$.",
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
            "{".repeat(500) + "1" + "}".repeat(499),
            "1".repeat(5_000),
            "1e999999999",
            "2000000!",
            "((((((x+1)^{100})^{100})^{100})^{100})^{100})",
            "\\frac{1}{0}",
            "\\sqrt",
            "0^{-1}",
            "\\sum_{n=0}^{\\infty} \\frac{1}{n}",
            "1" + " ".repeat(900) + "a".repeat(900) + "!",
            "5\\text{a}" + " ".repeat(1_900) + "x",
            "5^" + " ".repeat(1_900) + "x",
            "(" + " ".repeat(1_900) + "B",
            "\\text{" + "\\text{".repeat(200),
            "5 \\text{ cm}".repeat(150),
            "a and ".repeat(300),
            "$5$ cm ".repeat(280),
            "x<" + "y<".repeat(900) + "z",
            "{".repeat(1_000) + "}".repeat(1_000),
            "\\frac".repeat(300),
            "|".repeat(1_900),
            "\\sqrt".repeat(40) + "2",
            "5" + "!".repeat(1_900),
            "1*" + "-".repeat(1_900) + "2",
            "x y ".repeat(480),
            "1/".repeat(900) + "x",
            "\\sum_{n=1}^{9}".repeat(8) + "n",
            ",".repeat(1_000),
            "x=".repeat(500))) {
      assertThat(AnswerEquality.matches(hostile, hostile)).isTrue();
      assertThat(AnswerEquality.matches(hostile, "1")).isFalse();
    }
  }
}
