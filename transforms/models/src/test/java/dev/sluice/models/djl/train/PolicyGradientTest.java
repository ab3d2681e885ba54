package dev.sluice.models.djl.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.models.Precision;
import dev.sluice.models.Sampling;
import dev.sluice.models.directory.Head;
import dev.sluice.models.directory.ModelConfig;
import dev.sluice.models.directory.ModelDirectory;
import dev.sluice.models.directory.Safetensors;
import dev.sluice.models.directory.Tensor;
import dev.sluice.models.djl.FamiliesTest;
import dev.sluice.models.djl.decode.Sampler;
import dev.sluice.models.djl.engine.Devices;
import dev.sluice.models.djl.engine.FlatArray;
import dev.sluice.models.djl.engine.LlamaDecoder;
import dev.sluice.models.djl.engine.NativeEngine;
import dev.sluice.models.djl.engine.ParameterLayout;
import dev.sluice.models.djl.engine.Weights;
import dev.sluice.models.training.KlEstimator;
import dev.sluice.models.training.KlLoss;
import dev.sluice.models.training.Loss;
import dev.sluice.models.training.Loss.Aggregation;
import dev.sluice.models.training.TrainingSequence;
import dev.sluice.records.RandomStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The gradient of the policy loss beside PyTorch's, made by {@code src/test/python/policy_loss.py},
 * and beside sums over all tokens.
 */
@Tag("native")
class PolicyGradientTest {
  /** Of a tensor's largest gradient. */
  private static final double NEAR = 1e-5;

  /** A loss and its gradient, by tensor. */
  record Result(double loss, Map<String, Tensor> gradient) {}

  private static Result gradient(
      ModelConfig config, float[] weights, List<TrainingSequence> rows, Loss loss) {
    return gradient(config, weights, rows, loss, 64);
  }

  static Result gradient(
      ModelConfig config, float[] weights, List<TrainingSequence> rows, Loss loss, int mostTokens) {
    Device device = Devices.forTraining();
    ParameterLayout layout = new ParameterLayout(config);
    try (NDManager manager = NativeEngine.newManager(device);
        LlamaDecoder decoder = new LlamaDecoder(config, Precision.FLOAT32, device)) {
      NDArray trained = FlatArray.create(manager, weights);
      NDArray gradient = trained.zerosLike();
      try (GradientWorkers workers =
          new GradientWorkers(
              decoder, leaf -> Weights.views(config, layout, leaf), trained, gradient, 1)) {
        double sum = workers.run(MicroBatch.cut(rows, loss, mostTokens, config.fillToken()), loss);
        return new Result(sum, layout.scatter(FlatArray.read(gradient)));
      }
    }
  }

  private static Path fixture(String name) {
    try {
      return Path.of(
          Objects.requireNonNull(PolicyGradientTest.class.getResource("../../policyloss/" + name))
              .toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int[] tokens(JsonNode row) {
    int[] tokens = new int[row.size()];
    Arrays.setAll(tokens, i -> row.path(i).asInt());
    return tokens;
  }

  private static float[] placed(JsonNode values, int prompt) {
    float[] all = new float[prompt + values.size()];
    for (int i = 0; i < values.size(); i++) {
      all[prompt + i] = (float) values.path(i).asDouble();
    }
    return all;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"llama-0.7", "llama-1", "llama-clamped", "qwen2-1.6", "gemma3-capped-0.7"})
  void gradient_ofTemperedLogits_isPyTorchs(String name) throws IOException {
    JsonNode described = new ObjectMapper().readTree(fixture(name + ".json").toFile());
    int prompt = described.path("prompt").asInt();
    List<TrainingSequence> rows = new ArrayList<>();
    for (JsonNode row : described.path("rows")) {
      int[] tokens = tokens(row.path("tokens"));
      float[] weights = new float[tokens.length];
      Arrays.fill(weights, prompt, tokens.length, 1);
      rows.add(
          new TrainingSequence(
              tokens,
              weights,
              placed(row.path("advantages"), prompt),
              placed(row.path("old"), prompt),
              placed(row.path("reference"), prompt),
              new float[0]));
    }
    double kl = described.path("kl").asDouble();
    Loss loss =
        new Loss.Policy(
            new Clipped(
                described.path("clip_low").asDouble(),
                described.path("clip_high").asDouble(),
                described.path("dual_clip").asDouble()),
            kl == 0 ? null : new KlLoss(kl, KlEstimator.K3, described.path("kl_clamp").asDouble()),
            described.path("temperature").asDouble(),
            Aggregation.TOKEN_MEAN,
            1);
    Path model = FamiliesTest.root().resolve(described.path("model").asText());
    ModelConfig config = ModelDirectory.read(model).config();
    float[] weights =
        new ParameterLayout(config)
            .gather(model.resolve(ModelDirectory.WEIGHTS), ModelDirectory.weights(model));
    Result result = gradient(config, weights, rows, loss);
    assertThat(result.loss()).isCloseTo(described.path("loss").asDouble(), within(1e-5));
    Map<String, Tensor> expected = Safetensors.read(fixture(name + ".safetensors")).tensors();
    assertThat(result.gradient().keySet()).containsExactlyInAnyOrderElementsOf(expected.keySet());
    expected.forEach(
        (tensor, theirs) -> {
          double largest = 0;
          double difference = 0;
          float[] ours = Objects.requireNonNull(result.gradient().get(tensor)).values();
          for (int i = 0; i < ours.length; i++) {
            largest = Math.max(largest, Math.abs(theirs.values()[i]));
            difference = Math.max(difference, Math.abs(ours[i] - theirs.values()[i]));
          }
          assertThat(largest).as(tensor).isPositive();
          assertThat(difference / largest).as(tensor).isLessThan(NEAR);
        });
  }

  /**
   * Two tokens with the logits (1, 0) after every token: attention and feed-forward are 0, and the
   * last norm makes every embedding (sqrt 2, 0).
   */
  private static final ModelConfig TWO =
      new ModelConfig(Head.LANGUAGE_MODEL, 2, 1, 1, 1, 2, 2, 0, 1000, false, 2, 16, List.of(1), 0);

  private static float[] two() {
    float[] weights = new ParameterLayout(TWO).random(0, 1);
    ParameterLayout layout = new ParameterLayout(TWO);
    int offset = 0;
    for (ParameterLayout.Parameter parameter : layout.parameters()) {
      if (parameter.name().equals("model.embed_tokens.weight")) {
        weights[offset] = 1;
        weights[offset + 2] = 1;
      } else if (parameter.name().equals("lm_head.weight")) {
        weights[offset] = (float) (1 / Math.sqrt(2));
      }
      offset += (int) parameter.size();
    }
    return weights;
  }

  private static Result ofEstimate(KlEstimator estimator, float reference) {
    TrainingSequence row =
        new TrainingSequence(
            new int[] {0, 1},
            new float[] {0, 1},
            new float[] {0, 0},
            new float[] {0, -1},
            new float[] {0, reference},
            new float[0]);
    return gradient(
        TWO,
        two(),
        List.of(row),
        new Loss.Policy(Clipped.DAPO, new KlLoss(1, estimator, 0), 1, Aggregation.TOKEN_MEAN, 1));
  }

  /**
   * The token has p = 1 / (1 + e). With d = log p_ref - log p, the derivatives in log p are 1 of
   * k1, -d of k2 and 1 - exp(d) of k3, so that gradients are multiples of that of k1.
   */
  @ParameterizedTest
  @ValueSource(floats = {-0.2f, -1.3f, -3})
  void gradientOfKlEstimates_isTheirDerivative(float reference) {
    double d = reference + Math.log(1 + Math.E);
    Map<KlEstimator, Double> derivatives =
        Map.of(KlEstimator.K1, 1.0, KlEstimator.K2, -d, KlEstimator.K3, 1 - Math.exp(d));
    Map<String, Tensor> one = ofEstimate(KlEstimator.K1, reference).gradient();
    derivatives.forEach(
        (estimator, derivative) -> {
          Result result = ofEstimate(estimator, reference);
          assertThat(result.loss()).isCloseTo(estimator.of(d), within(1e-6));
          result
              .gradient()
              .forEach(
                  (name, tensor) -> {
                    float[] unit = Objects.requireNonNull(one.get(name)).values();
                    for (int i = 0; i < unit.length; i++) {
                      assertThat((double) tensor.values()[i])
                          .isCloseTo(derivative * unit[i], within(1e-6));
                    }
                  });
        });
    assertThat(Objects.requireNonNull(one.get("lm_head.weight")).values())
        .isNotEqualTo(new float[4]);
  }

  /**
   * The expected derivative of the loss in the logits (1, 0), times the update's temperature, where
   * tokens are drawn at a temperature and each has the advantage 1: minus the expected score, which
   * is 0 for the distribution that is sampled.
   */
  private static double[] expectedScore(double sampled, double updated) {
    float[] logits = {1, 0};
    List<TrainingSequence> rows = new ArrayList<>();
    Sampling sampling = Sampling.at(sampled, 1).withTemperedLogprobs();
    RandomStream random = new RandomStream(3);
    while (rows.size() < 2) {
      Sampler.Drawn drawn = Sampler.next(logits, 0, 2, sampling, random);
      if (drawn.token() == rows.size()) {
        float[] old = {0, sampled == updated ? drawn.logprob() : logprob(logits, drawn.token())};
        rows.add(
            new TrainingSequence(
                new int[] {0, drawn.token()},
                new float[] {0, (float) Math.exp(drawn.logprob())},
                new float[] {0, 1},
                old,
                new float[0],
                new float[0]));
      }
    }
    Loss loss = new Loss.Policy(Clipped.DAPO, null, updated, Aggregation.TOKEN_MEAN, 1);
    float[] head =
        Objects.requireNonNull(gradient(TWO, two(), rows, loss).gradient().get("lm_head.weight"))
            .values();
    double scale = updated / Math.sqrt(2);
    return new double[] {scale * head[0], scale * head[2]};
  }

  private static float logprob(float[] logits, int token) {
    return (float) (logits[token] - Math.log(Math.exp(logits[0]) + Math.exp(logits[1])));
  }

  @ParameterizedTest
  @CsvSource({"0.7", "1", "0.3", "1.5", "2.5", "0.95"})
  void expectedScore_ofTheSampledDistribution_isZero(double temperature) {
    assertThat(expectedScore(temperature, temperature))
        .containsExactly(new double[] {0, 0}, within(1e-7));
  }

  /** Why the temperature is part of the loss: without it samples at 0.7 push the logits apart. */
  @Test
  void expectedScore_ofAnotherTemperature_isBiased() {
    assertThat(expectedScore(0.7, 1)).containsExactly(new double[] {-0.0756, 0.0756}, within(5e-5));
  }
}
