package dev.sluice.pipelines.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.methods.preference.PairedLoss;
import dev.sluice.methods.preference.PreferenceLoss;
import dev.sluice.methods.preference.UnpairedLoss;
import dev.sluice.models.training.PairLoss;
import dev.sluice.models.training.PolicyTokens;
import dev.sluice.models.training.TokenLosses;
import dev.sluice.parts.Registry;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every preference loss keeps: its golden file, and a derivative that is one. */
class PreferenceLossContractTest {
  private static final double STEP = 1e-5;

  static Stream<String> losses() {
    return Registry.get().parts(PreferenceLoss.class).keySet().stream();
  }

  private static Offset<Double> near(double value) {
    return within(Math.max(1e-9, 1e-8 * Math.abs(value)));
  }

  private static PairLoss.Side side(JsonNode numbers, double by) {
    return new PairLoss.Side(numbers.path(0).asDouble() + by, numbers.path(1).asDouble(), 5);
  }

  private static PairLoss.Value pair(PairedLoss loss, JsonNode each, double chosen, double other) {
    return loss.of(side(each.path("chosen"), chosen), side(each.path("rejected"), other));
  }

  private static UnpairedLoss.Value response(UnpairedLoss loss, JsonNode each, double by) {
    return loss.of(
        side(each.path("response"), by).logRatio(),
        each.path("wanted").asBoolean(),
        each.path("point").asDouble());
  }

  @ParameterizedTest
  @MethodSource("losses")
  void loss_andDerivative_areThoseOfTheGoldenFile(String kind) {
    Golden golden = Golden.of(PreferenceLoss.class, kind);
    assertThat(golden.source()).isNotBlank();
    assertThat(golden.json().path("cases")).isNotEmpty();
    PreferenceLoss loss = golden.part(PreferenceLoss.class);
    for (JsonNode each : golden.json().path("cases")) {
      double expected = each.path("loss").asDouble();
      if (loss instanceof PairedLoss paired) {
        PairLoss.Value value = pair(paired, each, 0, 0);
        double chosen = each.path("derivatives").path(0).asDouble();
        double rejected = each.path("derivatives").path(1).asDouble();
        assertThat(value.loss()).isCloseTo(expected, near(expected));
        assertThat(value.chosen()).isCloseTo(chosen, near(chosen));
        assertThat(value.rejected()).isCloseTo(rejected, near(rejected));
      } else {
        UnpairedLoss.Value value = response((UnpairedLoss) loss, each, 0);
        double derivative = each.path("derivative").asDouble();
        assertThat(value.loss()).isCloseTo(expected, near(expected));
        assertThat(value.derivative()).isCloseTo(derivative, near(derivative));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("losses")
  void derivative_isTheQuotientOfDifferences(String kind) {
    Golden golden = Golden.of(PreferenceLoss.class, kind);
    PreferenceLoss loss = golden.part(PreferenceLoss.class);
    for (JsonNode each : golden.json().path("cases")) {
      if (loss instanceof PairedLoss paired) {
        PairLoss.Value value = pair(paired, each, 0, 0);
        quotient(
            value.chosen(),
            pair(paired, each, STEP, 0).loss() - pair(paired, each, -STEP, 0).loss());
        quotient(
            value.rejected(),
            pair(paired, each, 0, STEP).loss() - pair(paired, each, 0, -STEP).loss());
      } else {
        UnpairedLoss unpaired = (UnpairedLoss) loss;
        quotient(
            response(unpaired, each, 0).derivative(),
            response(unpaired, each, STEP).loss() - response(unpaired, each, -STEP).loss());
      }
    }
  }

  private static void quotient(double derivative, double difference) {
    assertThat(derivative).isCloseTo(difference / (2 * STEP), within(1e-6));
  }

  /** A response's tokens share its loss: their weighted sum is its loss, with its derivative. */
  @Test
  void unpairedLoss_ofTokens_isThatOfTheResponse() {
    Golden golden = Golden.of(PreferenceLoss.class, "kto");
    UnpairedLoss loss = (UnpairedLoss) golden.part(PreferenceLoss.class);
    float[] zeros = new float[2];
    for (float sign : new float[] {1, -1}) {
      PolicyTokens tokens =
          new PolicyTokens(
              new float[] {0.125f, 0.125f},
              new float[] {sign, sign},
              new float[] {-1.5f, -2},
              zeros,
              zeros,
              new float[] {-1, -3.5f},
              zeros);
      UnpairedLoss.Value value = loss.of(1, sign > 0, 0.5);
      TokenLosses found = loss.at(0.5).of(tokens);
      assertThat(found.losses()).containsOnly((float) value.loss());
      assertThat(found.derivatives()).containsOnly((float) (0.25 * value.derivative()));
    }
  }

  @Test
  void pairing_takesTheLowestIndexAndNoTies() {
    double[] rewards = {0.5, 1, 0, 1, 0};
    assertThat(PairedLoss.Pairing.BEST_WORST.of(rewards))
        .containsExactly(new PairedLoss.Pair(1, 2));
    assertThat(PairedLoss.Pairing.ALL.of(rewards))
        .containsExactlyElementsOf(
            List.of(
                new PairedLoss.Pair(0, 2),
                new PairedLoss.Pair(0, 4),
                new PairedLoss.Pair(1, 0),
                new PairedLoss.Pair(1, 2),
                new PairedLoss.Pair(1, 4),
                new PairedLoss.Pair(3, 0),
                new PairedLoss.Pair(3, 2),
                new PairedLoss.Pair(3, 4)));
    for (PairedLoss.Pairing pairing : PairedLoss.Pairing.values()) {
      assertThat(pairing.of(new double[] {2, 2, 2})).isEmpty();
      assertThat(pairing.of(new double[] {2})).isEmpty();
      assertThat(pairing.of(new double[0])).isEmpty();
    }
  }
}
