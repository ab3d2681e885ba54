package dev.sluice.methods.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.records.RandomStream;
import dev.sluice.records.StepSpan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MinFormCreditTest {

  private static Credited response(double advantage, int width, Double... scores) {
    List<StepSpan> spans = new ArrayList<>();
    for (int k = 0; k < scores.length; k++) {
      spans.add(new StepSpan(k * width, (k + 1) * width));
    }
    int tokens = Math.max(1, scores.length * width);
    return new Credited(advantage, tokens, spans, List.of(), List.of(scores), false);
  }

  /** As T goes to 0 the whole weight is the lowest score's, and its sum the lowest score. */
  @Test
  void weights_ofALowTemperature_areThoseOfTheLowestScore() {
    RandomStream random = new RandomStream(31);
    for (int trial = 0; trial < 200; trial++) {
      List<Double> scores = new ArrayList<>();
      int steps = random.nextInt(1, 7);
      for (int k = 0; k < steps; k++) {
        scores.add(2 * random.nextDouble() - 1);
      }
      double[] hard = new MinFormCredit(0).weighted(scores);
      double least = scores.stream().mapToDouble(s -> s).min().orElseThrow();
      assertThat(Arrays.stream(hard).sum()).isEqualTo(least);
      assertThat(new MinFormCredit(1e-7).weighted(scores)).containsExactly(hard, within(1e-6));
    }
  }

  /** Hard form: before and at the worst step the lowest score is to come, after it nothing. */
  @Test
  void hardForm_isTheWorstStepStillToCome() {
    Credited one = response(0, 1, 0.9, -0.5, 0.2);
    Credited none = response(0, 1, 0.0, 0.0, 0.0);
    assertThat(new MinFormCredit(0).tokens(List.of(one, none)).get(0))
        .containsExactly(new double[] {-0.5, -0.5, 0}, within(1e-12));
  }

  /** The sum form would give 0.9 for each further step. */
  @Test
  void moreGoodSteps_doNotRaiseTheFirstTokensAdvantage() {
    Credited other = response(0, 2, 0.1);
    double few = new MinFormCredit(0).tokens(List.of(response(0, 2, 0.9, 0.9), other)).get(0)[0];
    double many =
        new MinFormCredit(0)
            .tokens(List.of(response(0, 2, 0.9, 0.9, 0.9, 0.9, 0.9), other))
            .get(0)[0];
    assertThat(many).isLessThan(few);
  }

  /** Other responses earn 0.1 in 2 tokens: each token of this one costs 0.05. */
  @Test
  void baseline_isTheOthersRewardPerToken() {
    double[] tokens =
        new MinFormCredit(0).tokens(List.of(response(1, 2, 0.3, 0.8), response(0, 2, 0.1))).get(0);
    assertThat(tokens)
        .containsExactly(
            new double[] {1 + 0.3 - 0.2, 1 + 0.3 - 0.2, 1 - 0.1, 1 - 0.1}, within(1e-12));
  }

  /** A response without steps must not be better off than the worst one with steps. */
  @Test
  void responseWithoutScores_countsAsTheWorst() {
    List<double[]> tokens =
        new MinFormCredit(0)
            .tokens(List.of(response(0, 1, -0.6), response(0, 1), response(0, 1, 0.4)));
    // Totals -0.6, -0.6 and 0.4, a token each: baselines -0.1, -0.1 and -0.6.
    assertThat(tokens.get(0)).containsExactly(new double[] {-0.5}, within(1e-12));
    assertThat(tokens.get(1)).containsExactly(new double[] {-0.5}, within(1e-12));
    assertThat(tokens.get(2)).containsExactly(new double[] {1.0}, within(1e-12));
  }

  @Test
  void extremeScores_stayFinite() {
    assertThat(new MinFormCredit(1e-300).weighted(List.of(1e300, -1e300, 0.0)))
        .containsExactly(0, -1e300, 0);
  }
}
