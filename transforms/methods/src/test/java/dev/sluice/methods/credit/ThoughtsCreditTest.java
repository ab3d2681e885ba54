package dev.sluice.methods.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.records.RandomStream;
import dev.sluice.records.StepSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ThoughtsCreditTest {
  private static final double ALPHA = 0.4;

  private static Credited response(double advantage, boolean accepted, List<Double> signs) {
    List<StepSpan> spans =
        IntStream.range(0, signs.size()).mapToObj(k -> new StepSpan(k, k + 1)).toList();
    return new Credited(advantage, signs.size(), spans, signs, List.of(), accepted);
  }

  private static List<Double> signs(RandomStream random) {
    List<Double> signs = new ArrayList<>();
    int steps = random.nextInt(1, 9);
    for (int k = 0; k < steps; k++) {
      signs.add(random.nextDouble() < 0.5 ? 1.0 : -1.0);
    }
    return signs;
  }

  /** Proposition 1: correct thoughts keep the outcome, wrong ones lose alpha times the accuracy. */
  @Test
  void acceptedResponse_losesAtWrongThoughtsAlone() {
    RandomStream random = new RandomStream(21);
    for (int trial = 0; trial < 200; trial++) {
      double outcome = random.nextDouble();
      Credited accepted = response(outcome, true, signs(random));
      Credited rejected = response(-outcome, false, signs(random));
      double[] tokens = new ThoughtsCredit(ALPHA).tokens(List.of(accepted, rejected)).get(0);
      for (int k = 0; k < tokens.length; k++) {
        double expected = accepted.signs().get(k) > 0 ? outcome : outcome - ALPHA / 2;
        assertThat(tokens[k]).isCloseTo(expected, within(1e-12));
      }
    }
  }

  /** Proposition 2: wrong thoughts keep the outcome, correct ones are not punished. */
  @Test
  void rejectedResponse_isPunishedAtWrongThoughtsAlone() {
    RandomStream random = new RandomStream(22);
    for (int trial = 0; trial < 200; trial++) {
      double outcome = random.nextDouble();
      Credited accepted = response(outcome, true, signs(random));
      Credited rejected = response(-outcome, false, signs(random));
      double[] tokens = new ThoughtsCredit(ALPHA).tokens(List.of(accepted, rejected)).get(1);
      for (int k = 0; k < tokens.length; k++) {
        double expected = rejected.signs().get(k) > 0 ? 0 : -outcome;
        assertThat(tokens[k]).isCloseTo(expected, within(1e-12));
      }
    }
  }

  /** A wrong step that is cut into many is one thought: it costs no more. */
  @Test
  void runOfEqualVerdicts_isOneThought() {
    Credited few = response(1, true, List.of(-1.0, 1.0));
    Credited many = response(1, true, List.of(-1.0, -1.0, -1.0, -1.0, 1.0));
    List<double[]> tokens = new ThoughtsCredit(ALPHA).tokens(List.of(few, many));
    assertThat(tokens.get(0)).containsExactly(new double[] {1 - ALPHA, 1}, within(1e-12));
    double wrong = 1 - ALPHA;
    assertThat(tokens.get(1))
        .containsExactly(new double[] {wrong, wrong, wrong, wrong, 1}, within(1e-12));
  }

  /** The paper's rejected solutions have an outcome of at most 0; another reward may differ. */
  @Test
  void rejectedResponseWithAPositiveAdvantage_keepsIt() {
    Credited rejected = response(0.7, false, List.of(1.0, -1.0, 1.0));
    Credited other = response(-0.7, false, List.of(1.0));
    assertThat(new ThoughtsCredit(ALPHA).tokens(List.of(rejected, other)).get(0))
        .containsExactly(0.7, 0.7, 0.7);
  }

  @Test
  void stepsWithoutVerdicts_keepTheOutcome() {
    Credited none = response(0.7, true, List.of(0.0, 0.0));
    Credited first = response(0.7, true, List.of(0.0, -1.0, 0.0));
    List<double[]> tokens = new ThoughtsCredit(ALPHA).tokens(List.of(none, first));
    assertThat(tokens.get(0)).containsExactly(0.7, 0.7);
    double wrong = 0.7 - ALPHA;
    assertThat(tokens.get(1)).containsExactly(new double[] {wrong, wrong, wrong}, within(1e-12));
  }
}
