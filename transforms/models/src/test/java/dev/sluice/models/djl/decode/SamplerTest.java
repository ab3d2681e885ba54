package dev.sluice.models.djl.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.models.Sampling;
import dev.sluice.records.RandomStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplerTest {
  /** Probabilities .1, .4, .2, .3 after one value that belongs to another row. */
  private static final float[] LOGITS = {9, log(.1), log(.4), log(.2), log(.3)};

  private static float log(double probability) {
    return (float) Math.log(probability);
  }

  private static double[] frequencies(Sampling sampling) {
    RandomStream random = new RandomStream(1);
    double[] counts = new double[4];
    int draws = 40_000;
    for (int i = 0; i < draws; i++) {
      counts[Sampler.next(LOGITS, 1, 4, sampling, random).token()] += 1.0 / draws;
    }
    return counts;
  }

  private static Sampling sampling(double temperature, double topP, int topK) {
    return new Sampling(temperature, topP, topK, 1, List.of());
  }

  @Test
  void drawsByProbability() {
    assertThat(frequencies(sampling(1, 1, 0))).containsExactly(of(.1, .4, .2, .3), within(.01));
  }

  private static double[] of(double... values) {
    return values;
  }

  @Test
  void theTemperatureSharpensAndFlattens() {
    // Squares of the probabilities, divided by their sum 0.3.
    assertThat(frequencies(sampling(.5, 1, 0)))
        .containsExactly(of(.01 / .3, .16 / .3, .04 / .3, .09 / .3), within(.01));
  }

  @Test
  void topKKeepsTheMostLikely() {
    assertThat(frequencies(sampling(1, 1, 2)))
        .containsExactly(of(0, .4 / .7, 0, .3 / .7), within(.01));
    assertThat(frequencies(sampling(1, 1, 9))).containsExactly(of(.1, .4, .2, .3), within(.01));
  }

  @Test
  void topPKeepsTheLeastSetThatReachesIt() {
    assertThat(frequencies(sampling(1, .39, 0))[1]).isCloseTo(1, within(1e-9));
    assertThat(frequencies(sampling(1, .41, 0)))
        .containsExactly(of(0, .4 / .7, 0, .3 / .7), within(.01));
    assertThat(frequencies(sampling(1, .9, 0)))
        .containsExactly(of(0, .4 / .9, .2 / .9, .3 / .9), within(.01));
    // Of the two kept by top_k, .4 / .7 reaches one half.
    assertThat(frequencies(sampling(1, .5, 2))[1]).isCloseTo(1, within(1e-9));
  }

  @Test
  void greedyTakesTheLowestOfEqualsAndDrawsNothing() {
    RandomStream random = new RandomStream(3);
    float[] logits = {1, 5, 5, 2};
    assertThat(Sampler.next(logits, 0, 4, Sampling.at(0, 1), random).token()).isEqualTo(1);
    assertThat(random.nextLong()).isEqualTo(new RandomStream(3).nextLong());
  }

  @Test
  void aTokenThatCannotBeIsNeverDrawn() {
    float[] logits = {Float.NEGATIVE_INFINITY, 0, Float.NEGATIVE_INFINITY};
    RandomStream random = new RandomStream(5);
    for (int i = 0; i < 1000; i++) {
      assertThat(Sampler.next(logits, 0, 3, Sampling.at(1, 1), random).token()).isEqualTo(1);
    }
  }

  @Test
  void logProbabilitiesIgnoreTheSampling() {
    for (Sampling sampling : List.of(sampling(1, 1, 0), sampling(.5, 1, 0), sampling(2, .9, 3))) {
      RandomStream random = new RandomStream(7);
      for (int i = 0; i < 50; i++) {
        Sampler.Drawn drawn = Sampler.next(LOGITS, 1, 4, sampling, random);
        assertThat(drawn.logprob()).isCloseTo(LOGITS[1 + drawn.token()], within(1e-6f));
      }
    }
    float[] large = {1000, 1001};
    Sampler.Drawn greedy = Sampler.next(large, 0, 2, Sampling.at(0, 1), new RandomStream(1));
    assertThat(greedy.logprob()).isCloseTo(-.3132617f, within(1e-6f));
  }

  @Test
  void temperedLogProbabilities_areOfTheScaledLogits() {
    // Probabilities to the power 1 / T, divided by their sum.
    double[][] expected = {
      {.01 / .3, .16 / .3, .04 / .3, .09 / .3},
      {.1, .4, .2, .3},
      {
        Math.sqrt(.1) / 1.9436195,
        Math.sqrt(.4) / 1.9436195,
        Math.sqrt(.2) / 1.9436195,
        Math.sqrt(.3) / 1.9436195
      }
    };
    double[] temperatures = {.5, 1, 2};
    for (int t = 0; t < temperatures.length; t++) {
      Sampling sampling = sampling(temperatures[t], 1, 0).withTemperedLogprobs();
      RandomStream random = new RandomStream(7);
      for (int i = 0; i < 50; i++) {
        Sampler.Drawn drawn = Sampler.next(LOGITS, 1, 4, sampling, random);
        assertThat(Math.exp(drawn.logprob())).isCloseTo(expected[t][drawn.token()], within(1e-6));
      }
    }
    // At temperature 1 to the bit what they are otherwise; and stops keep it.
    Sampling plain = sampling(1, .9, 0);
    assertThat(Sampler.next(LOGITS, 1, 4, plain.withTemperedLogprobs(), new RandomStream(2)))
        .isEqualTo(Sampler.next(LOGITS, 1, 4, plain, new RandomStream(2)));
    assertThat(plain.withTemperedLogprobs().endedBy(List.of("!")).tempered()).isTrue();
  }

  /** Beside a sort of all tokens, over rows with many equal logits and some that cannot be. */
  @Test
  void cutsAsASortOfAllTokensDoes() {
    RandomStream rows = new RandomStream(11);
    for (int row = 0; row < 300; row++) {
      float[] logits = new float[rows.nextInt(1, 400)];
      for (int i = 0; i < logits.length; i++) {
        int level = rows.nextInt(-40, 40);
        logits[i] = level == -40 ? Float.NEGATIVE_INFINITY : level / 4f;
      }
      logits[0] = -0f;
      int topK = rows.nextInt(0, 2) * rows.nextInt(1, logits.length + 3);
      double topP = topK > 0 && rows.nextInt(0, 2) == 1 ? 1 : rows.nextDouble() + 1e-9;
      Sampling sampling = sampling(rows.nextInt(1, 4) / 2.0, topP, topK);
      long seed = rows.nextLong();
      int expected = bySort(logits, sampling, new RandomStream(seed).nextDouble());
      Sampler.Drawn drawn =
          Sampler.next(logits, 0, logits.length, sampling, new RandomStream(seed));
      assertThat(drawn.token()).as("row %d, %s", row, sampling).isEqualTo(expected);
    }
  }

  private static int bySort(float[] logits, Sampling sampling, double uniform) {
    double greatest = IntStream.range(0, logits.length).mapToDouble(i -> logits[i]).max().orElse(0);
    List<Integer> order =
        IntStream.range(0, logits.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> -logits[i] + 0.0))
            .limit(sampling.topK() == 0 ? logits.length : sampling.topK())
            .toList();
    ToDoubleFunction<Integer> weight =
        i -> Math.exp((logits[i] - greatest) / sampling.temperature());
    double within = order.stream().mapToDouble(weight).sum();
    List<Integer> kept = new ArrayList<>();
    double reached = 0;
    for (int id : order) {
      if (reached < sampling.topP() * within) {
        kept.add(id);
        reached += weight.applyAsDouble(id);
      }
    }
    double cumulated = 0;
    for (int id : kept) {
      cumulated += weight.applyAsDouble(id);
      if (uniform * reached < cumulated) {
        return id;
      }
    }
    return kept.get(kept.size() - 1);
  }
}
