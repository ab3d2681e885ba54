package dev.sluice.models.djl.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.models.ModelException;
import dev.sluice.models.directory.Head;
import dev.sluice.models.directory.ModelConfig;
import dev.sluice.models.djl.engine.ParameterLayout;
import dev.sluice.models.training.CompletionLoss;
import dev.sluice.models.training.Loss;
import dev.sluice.models.training.Loss.Aggregation;
import dev.sluice.models.training.PairLoss;
import dev.sluice.models.training.PolicyTokens;
import dev.sluice.models.training.TokenLosses;
import dev.sluice.models.training.TrainingSequence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A loss of pairs beside the loss of single completions with the same derivatives. */
@Tag("native")
class PairLossTest {
  private static final ModelConfig SMALL =
      new ModelConfig(
          Head.LANGUAGE_MODEL, 8, 2, 2, 2, 4, 16, 1e-5, 1000, false, 12, 16, List.of(1), 0);
  private static final int PAIRS = 3;
  private static final double TEMPERATURE = 0.7;

  /** A loss that depends on all numbers of both sides. */
  private record Margin() implements PairLoss {
    @Override
    public Value of(Side chosen, Side rejected) {
      double margin = chosen.logRatio() / chosen.tokens() - rejected.logRatio();
      return new Value(margin * margin, 2 * margin / chosen.tokens(), -2 * margin);
    }
  }

  /** Remembers the sums of log-probabilities, and has no gradient. */
  private record Sums(List<Double> sums) implements CompletionLoss {
    @Override
    public TokenLosses of(PolicyTokens tokens) {
      double sum = 0;
      for (int t = 0; t < tokens.size(); t++) {
        sum += tokens.logprobs()[t];
      }
      sums.add(sum);
      return TokenLosses.zeros(tokens.size());
    }
  }

  /** The given derivative at each token, read from the advantages. */
  private record Given() implements CompletionLoss {
    @Override
    public TokenLosses of(PolicyTokens tokens) {
      return new TokenLosses(new float[tokens.size()], tokens.advantages());
    }
  }

  private static float[] weights() {
    return new ParameterLayout(SMALL).random(0.3, 5);
  }

  /** Chosen and rejected rows of other lengths, the longest pair first. */
  private static List<TrainingSequence> rows() {
    List<TrainingSequence> rows = new ArrayList<>();
    for (int i = 0; i < 2 * PAIRS; i++) {
      int length = 9 - i;
      int[] tokens = new int[length];
      float[] weights = new float[length];
      float[] reference = new float[length];
      for (int t = 0; t < length; t++) {
        tokens[t] = (i * 5 + t * 7 + 1) % 12;
        weights[t] = t < 2 ? 0 : 1;
        reference[t] = -1.5f + 0.1f * t * (i % 2 == 0 ? 1 : -1);
      }
      rows.add(
          new TrainingSequence(
              tokens, weights, new float[length], new float[length], reference, new float[0]));
    }
    return rows;
  }

  private static TrainingSequence with(TrainingSequence row, float derivative) {
    float[] all = new float[row.tokens().length];
    Arrays.fill(all, derivative);
    return new TrainingSequence(
        row.tokens(), row.weights(), all, row.oldLogprobs(), row.referenceLogprobs(), row.labels());
  }

  private static Loss single(CompletionLoss loss) {
    return new Loss.Policy(loss, null, TEMPERATURE, Aggregation.TOKEN_MEAN, 1);
  }

  private static double sum(float[] values, int from) {
    double sum = 0;
    for (int t = from; t < values.length; t++) {
      sum += values[t];
    }
    return sum;
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 20, 64, 1000})
  void pairs_haveTheLossAndTheGradientOfTheirFormula(int mostTokens) {
    List<TrainingSequence> rows = rows();
    double expected = 0;
    List<TrainingSequence> given = new ArrayList<>();
    for (int i = 0; i < rows.size(); i += 2) {
      PairLoss.Value value = new Margin().of(side(rows.get(i)), side(rows.get(i + 1)));
      expected += value.loss() / PAIRS;
      given.add(with(rows.get(i), (float) (value.chosen() / PAIRS)));
      given.add(with(rows.get(i + 1), (float) (value.rejected() / PAIRS)));
    }
    PolicyGradientTest.Result found =
        PolicyGradientTest.gradient(
            SMALL, weights(), rows, new Loss.Pairs(new Margin(), TEMPERATURE), mostTokens);
    PolicyGradientTest.Result theirs =
        PolicyGradientTest.gradient(SMALL, weights(), given, single(new Given()), 1000);
    assertThat(found.loss()).isCloseTo(expected, within(1e-5 * expected));
    theirs
        .gradient()
        .forEach(
            (name, tensor) -> {
              float[] ours = Objects.requireNonNull(found.gradient().get(name)).values();
              double largest = 0;
              for (float value : tensor.values()) {
                largest = Math.max(largest, Math.abs(value));
              }
              assertThat(largest).as(name).isPositive();
              for (int i = 0; i < ours.length; i++) {
                assertThat((double) ours[i])
                    .as(name)
                    .isCloseTo(tensor.values()[i], within(1e-5 * largest));
              }
            });
  }

  private static PairLoss.Side side(TrainingSequence row) {
    List<Double> sums = new ArrayList<>();
    PolicyGradientTest.gradient(SMALL, weights(), List.of(row), single(new Sums(sums)), 1000);
    return new PairLoss.Side(sums.get(0), sum(row.referenceLogprobs(), 2), row.tokens().length - 2);
  }

  @Test
  void numbersThatAreNotFinite_areRefused() {
    List<TrainingSequence> rows = rows();
    Loss broken = new Loss.Pairs((chosen, rejected) -> new PairLoss.Value(1, Double.NaN, 0), 1);
    assertThatThrownBy(() -> PolicyGradientTest.gradient(SMALL, weights(), rows, broken, 1000))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("of a pair is 1.0, with the derivatives NaN and 0.0");
  }
}
