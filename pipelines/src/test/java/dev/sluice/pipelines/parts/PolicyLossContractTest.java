package dev.sluice.pipelines.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.methods.loss.PolicyLoss;
import dev.sluice.models.training.PolicyTokens;
import dev.sluice.models.training.TokenLosses;
import dev.sluice.parts.Registry;
import java.util.Arrays;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every policy loss promises, on its golden file. */
class PolicyLossContractTest {

  static Stream<String> losses() {
    return Registry.get().parts(PolicyLoss.class).keySet().stream();
  }

  /** Single precision has seven digits. */
  private static Offset<Double> near(double value) {
    return within(Math.max(1e-6, 1e-5 * Math.abs(value)));
  }

  private static float[] floats(JsonNode list) {
    float[] all = new float[list.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = (float) list.path(i).asDouble();
    }
    return all;
  }

  private static float[] filled(int size, double value) {
    float[] all = new float[size];
    Arrays.fill(all, (float) value);
    return all;
  }

  private static PolicyTokens tokens(JsonNode completion) {
    return tokens(
        completion, floats(completion.path("logprobs")), completion.path("advantage").asDouble());
  }

  private static PolicyTokens tokens(JsonNode completion, float[] logprobs, double advantage) {
    float[] old = floats(completion.path("old"));
    int size = logprobs.length;
    float[] ratios = new float[size];
    for (int t = 0; t < size; t++) {
      ratios[t] = (float) Math.exp(Math.max(-20, Math.min(20, logprobs[t] - old[t])));
    }
    return new PolicyTokens(
        filled(size, completion.path("coefficient").asDouble()),
        filled(size, advantage),
        logprobs,
        old,
        ratios,
        new float[size],
        filled(size, 1));
  }

  /** The loss of a completion, one of its log-probabilities moved. */
  private static double moved(PolicyLoss loss, JsonNode completion, int token, double by) {
    float[] logprobs = floats(completion.path("logprobs"));
    logprobs[token] += (float) by;
    PolicyTokens tokens = tokens(completion, logprobs, completion.path("advantage").asDouble());
    float[] losses = loss.of(tokens).losses();
    double sum = 0;
    for (int t = 0; t < losses.length; t++) {
      sum += (double) tokens.coefficients()[t] * losses[t];
    }
    return sum;
  }

  @ParameterizedTest
  @MethodSource("losses")
  void loss_andDerivative_arePyTorchs(String kind) {
    Golden golden = Golden.of(PolicyLoss.class, kind);
    assertThat(golden.source()).isNotBlank();
    PolicyLoss loss = golden.part(PolicyLoss.class);
    for (JsonNode completion : golden.json().path("completions")) {
      TokenLosses found = loss.of(tokens(completion));
      for (int t = 0; t < found.losses().length; t++) {
        double expected = completion.path("losses").path(t).asDouble();
        double slope = completion.path("derivatives").path(t).asDouble();
        assertThat((double) found.losses()[t]).as("loss").isCloseTo(expected, near(expected));
        assertThat((double) found.derivatives()[t]).as("slope").isCloseTo(slope, near(slope));
      }
    }
  }

  /** What a loss holds constant is no part of its derivative, so that differences say nothing. */
  @ParameterizedTest
  @MethodSource("losses")
  void derivative_isTheQuotientOfDifferences(String kind) {
    Golden golden = Golden.of(PolicyLoss.class, kind);
    PolicyLoss loss = golden.part(PolicyLoss.class);
    double step = 1.0 / 256;
    for (JsonNode completion : golden.json().path("completions")) {
      float[] slopes = loss.of(tokens(completion)).derivatives();
      for (int t = 0; t < slopes.length && !golden.json().path("holds_constant").asBoolean(); t++) {
        double quotient =
            (moved(loss, completion, t, step) - moved(loss, completion, t, -step)) / (2 * step);
        assertThat((double) slopes[t])
            .as("token %d of %s", t, completion)
            .isCloseTo(quotient, within(2e-3 * Math.max(1, Math.abs(quotient))));
      }
    }
  }

  /** A response alone has the advantage 0, and costs nothing. */
  @ParameterizedTest
  @MethodSource("losses")
  void noAdvantage_isNoLoss(String kind) {
    Golden golden = Golden.of(PolicyLoss.class, kind);
    JsonNode completion = golden.json().path("completions").path(0);
    PolicyTokens tokens = tokens(completion, floats(completion.path("logprobs")), 0);
    TokenLosses found = golden.part(PolicyLoss.class).of(tokens);
    for (int t = 0; t < tokens.size(); t++) {
      assertThat((double) found.losses()[t]).isZero();
      assertThat((double) found.derivatives()[t]).isZero();
    }
  }
}
