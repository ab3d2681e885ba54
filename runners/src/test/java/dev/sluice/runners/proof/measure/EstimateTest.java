package dev.sluice.runners.proof.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.runners.proof.report.Markdown;
import dev.sluice.stages.evaluation.Interval;
import org.junit.jupiter.api.Test;

final class EstimateTest {
  private static final Estimate THREE_SEEDS =
      new Estimate(0.5, 0.4875, 0.5125, 3, new Interval(0.4751, 0.5249));

  @Test
  void aCellHoldsMeanIntervalAndRange() {
    assertThat(THREE_SEEDS.cell()).isEqualTo("0.500 (0.475 to 0.525)<br>0.488 … 0.513");
    assertThat(THREE_SEEDS.brief()).isEqualTo("0.500 (0.475 to 0.525)");
  }

  @Test
  void aDifferenceHasSigns() {
    Estimate difference = new Estimate(0.01, -0.0004, 0.03, 2, new Interval(-0.02, 0.04));
    assertThat(difference.signedCell()).isEqualTo("+0.010 (−0.020 to +0.040)<br>0.000 … +0.030");
  }

  @Test
  void oneSeedHasNoRange() {
    assertThat(Estimate.over(new double[] {0.25}, null).cell()).isEqualTo("0.250");
  }

  @Test
  void theRangeIsOverSeeds() {
    assertThat(Estimate.over(new double[] {0.5, 0.25, 0.75}, null))
        .isEqualTo(new Estimate(0.5, 0.25, 0.75, 3, null));
  }

  @Test
  void aTableIsMarkdown() {
    Markdown table = new Markdown("file", ">T = 1");
    assertThat(table.isEmpty()).isTrue();
    table.row("quickstart", THREE_SEEDS.brief());
    assertThat(table.toString())
        .isEqualTo(
            """
            | file | T = 1 |
            | --- | --: |
            | quickstart | 0.500 (0.475 to 0.525) |
            """);
  }
}
