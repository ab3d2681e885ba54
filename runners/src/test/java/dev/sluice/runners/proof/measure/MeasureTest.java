package dev.sluice.runners.proof.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.runners.proof.measure.Attempts.Attempt;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class MeasureTest {
  private static final Attempt RIGHT = new Attempt("a", "19", true, true);
  private static final Attempt LUCKY = new Attempt("b", "19", true, false);
  private static final Attempt WRONG = new Attempt("c", "20", false, false);
  private static final Attempt SILENT = new Attempt("d", "", false, false);

  @Test
  void eachMeasureLooksAtItsOwnSamples() {
    Attempts attempts =
        new Attempts(List.of(RIGHT, WRONG, LUCKY, SILENT), List.of(WRONG, RIGHT), List.of(WRONG));
    assertThat(Measure.SAMPLED.of(attempts)).isEqualTo(0.5);
    assertThat(Measure.COOL.of(attempts)).isEqualTo(0.5);
    assertThat(Measure.GREEDY.of(attempts)).isEqualTo(0);
    assertThat(Measure.MAJORITY.of(attempts)).isEqualTo(1);
    assertThat(Measure.PASS.of(attempts)).isEqualTo(1);
  }

  @Test
  void aMajorityOfWrongAnswersIsWrong() {
    Attempts attempts =
        new Attempts(List.of(WRONG, WRONG, RIGHT, SILENT), List.of(), List.of(RIGHT));
    assertThat(Measure.MAJORITY.of(attempts)).isEqualTo(0);
    assertThat(Measure.PASS.of(attempts)).isEqualTo(1);
    assertThat(Measure.GREEDY.of(attempts)).isEqualTo(1);
  }

  @Test
  void theJudgeIsHeldAgainstEveryStep() {
    List<Attempt> samples = List.of(RIGHT, LUCKY, WRONG, SILENT);
    assertThat(JudgeRate.of(samples, Set.of("a", "b", "c"))).isEqualTo(new JudgeRate(0.5, 2, 3));
    assertThat(JudgeRate.of(samples, Set.of())).isEqualTo(new JudgeRate(-0.25, 0, 3));
  }
}
