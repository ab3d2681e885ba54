package dev.sluice.runners.proof.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.runners.proof.measure.Estimate;
import dev.sluice.runners.proof.report.Criterion.Verdict;
import dev.sluice.stages.evaluation.Interval;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CriterionTest {
  private static Optional<Estimate> measured(double mean, double low, double high) {
    return Optional.of(new Estimate(mean, mean, mean, 3, new Interval(low, high)));
  }

  @Test
  void bound_measured_metOrMissed() {
    assertThat(Criterion.atLeast("gain", measured(0.15, 0.1, 0.2), 0.15))
        .isEqualTo(new Criterion("gain at least 0.15", "+0.150 (+0.100 to +0.200)", Verdict.MET));
    assertThat(Criterion.atLeast("gain", measured(0.149, 0.1, 0.2), 0.15).verdict())
        .isEqualTo(Verdict.MISSED);
    assertThat(Criterion.atMost("gap", measured(0.16, 0.1, 0.2), 0.15))
        .isEqualTo(new Criterion("gap at most 0.15", "+0.160 (+0.100 to +0.200)", Verdict.MISSED));
    assertThat(Criterion.atLeast("aim", measured(-0.01, -0.03, 0), -0.02))
        .isEqualTo(new Criterion("aim at least −0.02", "−0.010 (−0.030 to 0.000)", Verdict.MET));
  }

  @Test
  void intervalIncludingZero_saysSo() {
    assertThat(Criterion.above("a − b", measured(0.01, -0.02, 0.04)))
        .isEqualTo(
            new Criterion(
                "a − b above 0",
                "+0.010 (−0.020 to +0.040), the interval includes 0",
                Verdict.MET));
    assertThat(Criterion.above("a − b", measured(0.03, 0.01, 0.05)).measured())
        .isEqualTo("+0.030 (+0.010 to +0.050)");
    assertThat(Criterion.above("a − b", measured(-0.03, -0.05, -0.01)).verdict())
        .isEqualTo(Verdict.MISSED);
  }

  @Test
  void noRuns_notRun() {
    List<Criterion> criteria = Criterion.all(List.of());
    assertThat(criteria).hasSize(25);
    assertThat(criteria).extracting(Criterion::verdict).containsOnly(Verdict.NOT_RUN);
    assertThat(Criterion.table(criteria.subList(0, 1)))
        .isEqualTo(
            """
            | criterion | measured | result |
            | --- | --: | --- |
            | first_error_f1/majority − one_vote at least 0.15 | – | not run |
            """);
  }
}
