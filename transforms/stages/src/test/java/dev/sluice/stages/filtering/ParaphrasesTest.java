package dev.sluice.stages.filtering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.methods.text.Repeats;
import dev.sluice.records.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParaphrasesTest {
  /** Angles of 0, 30, 60 and 90 degrees between unit vectors. */
  @ParameterizedTest
  @CsvSource({"0, 1", "30, 0.866025", "60, 0.5", "90, 0"})
  void similarityIsTheCosine(double degrees, double cosine) {
    double angle = Math.toRadians(degrees);
    List<float[]> vectors =
        List.of(new float[] {1, 0}, new float[] {(float) Math.cos(angle), (float) Math.sin(angle)});
    Repeats at = new Paraphrases(cosine - 1e-5, vectors);
    at.keep(0);
    assertThat(Objects.requireNonNull(at.of(1)).similarity()).isCloseTo(cosine, within(1e-6));
    Repeats above = new Paraphrases(cosine + 1e-5, vectors);
    above.keep(0);
    assertThat(above.of(1)).isNull();
  }

  @Test
  void theMostAlikeOfThoseThatAreKeptIsNamed() {
    List<float[]> vectors =
        List.of(
            new float[] {0, 1}, new float[] {.6f, .8f}, new float[] {1, 0}, new float[] {.8f, .6f});
    Repeats rule = new Paraphrases(.5, vectors);
    rule.keep(0);
    rule.keep(1);
    assertThat(Objects.requireNonNull(rule.of(3)).of()).isEqualTo(1);
    assertThat(rule.of(2)).isNotNull();
    Repeats other = new Paraphrases(.5, vectors);
    other.keep(0);
    assertThat(other.of(2)).isNull();
  }

  /** The cosine of a vector with itself is 1 but for rounding, on whichever side. */
  @Test
  void aCopyIsFoundAtAnyThreshold() {
    RandomStream random = new RandomStream(5);
    int below = 0;
    for (int i = 0; i < 200; i++) {
      float[] vector = new float[384];
      double squares = 0;
      for (int n = 0; n < vector.length; n++) {
        vector[n] = (float) (random.nextDouble() - .5);
        squares += (double) vector[n] * vector[n];
      }
      for (int n = 0; n < vector.length; n++) {
        vector[n] = (float) (vector[n] / Math.sqrt(squares));
      }
      List<float[]> copies = new ArrayList<>(List.of(vector, vector.clone()));
      Repeats rule = new Paraphrases(1, copies);
      rule.keep(0);
      Repeats.Repeat found = Objects.requireNonNull(rule.of(1));
      below += found.similarity() < 1 ? 1 : 0;
    }
    assertThat(below).isPositive();
  }
}
