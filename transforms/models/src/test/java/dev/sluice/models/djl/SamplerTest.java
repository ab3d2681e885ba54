package dev.sluice.models.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.models.Sampling;
import dev.sluice.records.RandomStream;
import java.util.List;
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
      counts[Sampler.next(LOGITS, 1, 4, sampling, random)] += 1.0 / draws;
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
    assertThat(Sampler.next(logits, 0, 4, Sampling.at(0, 1), random)).isEqualTo(1);
    assertThat(random.nextLong()).isEqualTo(new RandomStream(3).nextLong());
  }

  @Test
  void aTokenThatCannotBeIsNeverDrawn() {
    float[] logits = {Float.NEGATIVE_INFINITY, 0, Float.NEGATIVE_INFINITY};
    RandomStream random = new RandomStream(5);
    for (int i = 0; i < 1000; i++) {
      assertThat(Sampler.next(logits, 0, 3, Sampling.at(1, 1), random)).isEqualTo(1);
    }
  }

  @Test
  void logProbabilitiesIgnoreTheSampling() {
    assertThat(Sampler.logprob(LOGITS, 1, 4, 1)).isCloseTo(log(.4), within(1e-6f));
    float[] large = {1000, 1001};
    assertThat(Sampler.logprob(large, 0, 2, 0)).isCloseTo(-1.3132616f, within(1e-6f));
  }
}
