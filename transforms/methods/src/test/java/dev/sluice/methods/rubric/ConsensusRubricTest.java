package dev.sluice.methods.rubric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.methods.answers.AnswerReader;
import dev.sluice.methods.arithmetic.ArithmeticFormat;
import dev.sluice.methods.text.Steps;
import dev.sluice.records.Criterion;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ConsensusRubricTest {

  /** A solution of the arithmetic world, lines cut by blanks. */
  private static StatedResults solution(String text) {
    String completion = text.replace(' ', '\n');
    return StatedResults.of(
        ArithmeticFormat.lines(completion), ArithmeticFormat.answer(completion).orElse(null));
  }

  private static List<StatedResults> solutions(String... texts) {
    return Stream.of(texts).map(ConsensusRubricTest::solution).toList();
  }

  private static final List<Criterion> CRITERIA =
      ConsensusRubric.criteria(
          solutions(
              "23+4=27 27-8=19 19*3=57 #57",
              "23+4=27 27-8=19 19*3=57 #57",
              "23+4=27 27-8=18 18*3=54 #54",
              "23+4=28 28-8=19 19*3=57 #58"));

  @Test
  void criteriaAreTheResultsOfMoreThanHalf() {
    assertThat(CRITERIA)
        .containsExactly(
            new Criterion("line_0", "27", 0.75, "equals"),
            new Criterion("line_1", "19", 0.75, "equals"),
            new Criterion("line_2", "57", 0.75, "equals"));
    assertThat(ConsensusRubric.criteria(solutions("1+2=3 #3", "1+2=3 #3", "1+2=4 #4")))
        .containsExactly(
            new Criterion("line_0", "3", 2.0 / 3, "equals"),
            new Criterion("answer", "3", 2.0 / 3, "equals"));
  }

  @Test
  void abstainsWithTooFewSiblingsOrWithoutAgreement() {
    assertThat(ConsensusRubric.criteria(solutions("1+2=3 #3", "1+2=3 #3"))).isEmpty();
    assertThat(ConsensusRubric.criteria(solutions("1+2=3 #3", "1+2=4 #4", "1+2=5 #5"))).isEmpty();
    assertThat(ConsensusRubric.criteria(solutions("1+2=3 #3", "1+2=3 #3", "1+2=4 #4", "1+2=4 #4")))
        .isEmpty();
    assertThat(ConsensusRubric.score(List.of(), solution("1+2=3 #3"))).isEmpty();
    assertThat(ConsensusRubric.verdicts(List.of(), solution("1+2=3 #3"))).isEmpty();
  }

  @Test
  void scoreIsTheWeightOfTheCriteriaMet() {
    List<Criterion> criteria =
        List.of(
            new Criterion("line_0", "27", 1.0, "equals"),
            new Criterion("line_1", "19", 0.75, "equals"),
            new Criterion("answer", "19", 0.75, "equals"));

    assertThat(ConsensusRubric.score(criteria, solution("23+4=27 27-8=19 #19"))).hasValue(1);
    assertThat(ConsensusRubric.score(criteria, solution("23+4=27 27-8=18 #18"))).hasValue(0.4);
    assertThat(ConsensusRubric.score(criteria, solution("9"))).hasValue(0);
  }

  @Test
  void verdictsAreByLineAndTheAnswerIsTheLastLine() {
    List<Criterion> criteria =
        List.of(
            new Criterion("line_0", "27", 1.0, "equals"),
            new Criterion("line_4", "57", 1.0, "equals"),
            new Criterion("answer", "19", 0.75, "equals"));

    assertThat(ConsensusRubric.verdicts(criteria, solution("23+4=28 28-8=20 #20")))
        .isEqualTo(Map.of(0, false, 2, false));
    assertThat(ConsensusRubric.verdicts(criteria, solution("23+4=27 27-8=19 #19")))
        .isEqualTo(Map.of(0, true, 2, true));
  }

  @Test
  void readsResultsOfPlainTextByValue() {
    String text =
        "She has 16 - 3 = <<16-3=13.0>>13 left\nThat is fine.\nShe makes 9 * 2 = $18.00 a day\nA: 18";

    assertThat(StatedResults.of(Steps.split(text), AnswerReader.read(text, "").orElse(null)))
        .isEqualTo(new StatedResults(4, List.of("13", "", "$18.00"), "18"));
  }

  private static StatedResults text(String... lines) {
    String all = String.join("\n", lines);
    return StatedResults.of(Steps.split(all), AnswerReader.read(all, "").orElse(null));
  }

  @Test
  void unitsAreConvertedAndToldApart() {
    List<Criterion> criteria =
        ConsensusRubric.criteria(
            List.of(
                text("so 2 + 3 = 5 m of rope", "Answer: 5 m"),
                text("so 200 + 300 = 500 cm", "Answer: 500 cm"),
                text("so 2 + 3 = 5", "Answer: 5"),
                text("so 2 + 3 = 5 m", "Answer: 5 m"),
                text("so 2 + 3 = 5 km", "Answer: 5 km")));
    // 5 alone could be metres or kilometres.
    assertThat(criteria)
        .containsExactly(
            new Criterion("line_0", "5 m", 0.6, "equals"),
            new Criterion("answer", "5 m", 0.6, "equals"));

    assertThat(ConsensusRubric.score(criteria, text("a rope = 0.005 km", "Answer: 5000 mm")))
        .hasValue(1);
    assertThat(ConsensusRubric.score(criteria, text("a rope = 5 cm", "Answer: 5 cm"))).hasValue(0);
    assertThat(ConsensusRubric.score(criteria, text("a rope = 5", "Answer: 5"))).hasValue(1);
    assertThat(ConsensusRubric.score(criteria, text("a rope = 500", "Answer: 5 km"))).hasValue(0);
  }

  @Test
  void aResultWithoutAUnitJoinsTheOnlyUnitOfItsValue() {
    assertThat(
            ConsensusRubric.criteria(
                List.of(
                    text("so 2 + 3 = 5", "Answer: 5"),
                    text("so 2 + 3 = 5", "Answer: 5"),
                    text("so 2 + 3 = 5 m", "Answer: 5 m"),
                    text("so 2 + 2 = 4 m", "Answer: 4 m"))))
        .containsExactly(
            new Criterion("line_0", "5 m", 0.75, "equals"),
            new Criterion("answer", "5 m", 0.75, "equals"));
  }

  @Test
  void spellingOfAClass_isThatOfMost_thenTheFirst() {
    assertThat(
            ConsensusRubric.criteria(
                List.of(
                    text("so x = 90 minutes", "Answer: \\frac12"),
                    text("so x = 1.5 hours", "Answer: 0.5"),
                    text("so x = 1.5 hours", "Answer: 1/2"))))
        .containsExactly(
            new Criterion("line_0", "1.5 hours", 1.0, "equals"),
            new Criterion("answer", "1/2", 1.0, "equals"));
  }

  @Test
  void aSolutionWithoutAnAnswerHasOnlyResults() {
    assertThat(StatedResults.of(List.of("1+2=3", "3+4=7"), null))
        .isEqualTo(new StatedResults(2, List.of("3", "7"), ""));
  }

  @Test
  void weightedRubric() {
    List<Boolean> met = List.of(true, false, true);

    assertThat(RubricScore.weighted(List.of(3.0, 2.0, 1.0), met).orElseThrow())
        .isCloseTo(0.666667, within(5e-7));
    assertThat(RubricScore.allOrNothing(met)).hasValue(0);
  }

  @Test
  void allOrNothingPaysForAllAlone() {
    assertThat(RubricScore.allOrNothing(List.of(true, true))).hasValue(1);
    assertThat(RubricScore.allOrNothing(List.of())).isEmpty();
    assertThat(RubricScore.weighted(List.of(), List.of())).isEmpty();
    assertThatThrownBy(() -> RubricScore.weighted(List.of(1.0), List.of()))
        .hasMessage(
            "A rubric's score needs a verdict for every criterion: there are 1 weights and 0 verdicts.");
  }
}
