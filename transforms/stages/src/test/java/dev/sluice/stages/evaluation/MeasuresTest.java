package dev.sluice.stages.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.methods.label.ModalAnswer;
import dev.sluice.stages.evaluation.FirstErrorF1.Case;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeasuresTest {

  @ParameterizedTest
  @CsvSource({"0.6, 0.9, 0.72", "0, 0.9, 0", "0.9, 0, 0", "0, 0, 0", "1, 1, 1"})
  void processBenchF1(double error, double correct, double f1) {
    assertThat(FirstErrorF1.of(error, correct).f1()).isCloseTo(f1, within(1e-12));
  }

  @Test
  void aPredictionIsRightOnlyIfItIsTheLabel() {
    List<Case> cases =
        List.of(
            new Case(0, 2, 2),
            new Case(0, 2, 1),
            new Case(1, 0, -1),
            new Case(1, 1, null),
            new Case(2, -1, -1),
            new Case(2, -1, 3),
            new Case(2, -1, null));

    assertThat(FirstErrorF1.of(cases)).isEqualTo(FirstErrorF1.of(1 / 4.0, 1 / 3.0));
    assertThat(FirstErrorF1.of(cases, new int[] {2, 0, 1}))
        .isEqualTo(FirstErrorF1.of(1 / 2.0, 1 / 3.0));
    assertThat(FirstErrorF1.of(cases, new int[] {1, 1, 0}))
        .isEqualTo(new FirstErrorF1(1 / 4.0, 0, 0));
    assertThat(FirstErrorF1.of(List.of())).isEqualTo(new FirstErrorF1(0, 0, 0));
  }

  @ParameterizedTest
  @CsvSource({
    "8, 0, 8, 0",
    "8, 1, 8, 1",
    "8, 2, 1, 0.25",
    "8, 2, 4, 0.785714",
    "8, 5, 4, 1",
    "10, 3, 5, 0.916667",
    "1, 1, 1, 1",
  })
  void passAtK(int n, int c, int k, double estimate) {
    assertThat(SampledAccuracy.passAtK(n, c, k)).isCloseTo(estimate, within(5.1e-7));
  }

  @Test
  void passAtKNeedsKSamples() {
    assertThatThrownBy(() -> SampledAccuracy.passAtK(4, 2, 8))
        .hasMessage(
            "pass@8 of 4 samples with 2 right: k lies within 1 and the number of samples, and no more of them can be right.");
  }

  @Test
  void majorityIsTheModalAnswerAndTheFirstAmongEquals() {
    assertThat(ModalAnswer.of(List.of("5", "7", "7", ""))).contains("7");
    assertThat(ModalAnswer.of(List.of("5", "7", "7", "5"))).contains("5");
    assertThat(ModalAnswer.of(List.of("", "", "7"))).contains("7");
    assertThat(ModalAnswer.of(List.of("", ""))).isEmpty();
    assertThat(ModalAnswer.of(List.of())).isEmpty();
  }

  @Test
  void judgeMeasures() {
    List<Boolean> accepted = List.of(true, true, false, false, true);
    List<Boolean> right = List.of(true, false, false, true, false);

    JudgeMeasures measures = JudgeMeasures.of(accepted, right);

    assertThat(measures.accept()).isEqualTo(0.6);
    assertThat(measures.gap()).isCloseTo(0.2, within(1e-12));
    assertThat(measures.falseAccept()).isCloseTo(2 / 3.0, within(1e-12));
    assertThat(JudgeMeasures.of(List.of(true), List.of(true)).falseAccept()).isEqualTo(0);
    assertThatThrownBy(() -> JudgeMeasures.of(List.of(true), List.of()))
        .hasMessage(
            "Judge measures need the same rollouts on both sides, at least one: there are 1 and 0.");
  }
}
