package dev.sluice.models.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RopeTest {

  /** Factor 8, low 1, high 4, 8,192 positions at first: what part of a frequency is left. */
  @ParameterizedTest(name = "a wavelength of {1} positions, {0}")
  @CsvSource({
    "DEFAULT, 100000, 1",
    "LINEAR,  10,     0.125",
    "LINEAR,  100000, 0.125",
    "LLAMA3,  10,     1",
    "LLAMA3,  2047,   1",
    "LLAMA3,  2048,   1",
    "LLAMA3,  4096,   0.4166666666666667",
    "LLAMA3,  8192,   0.125",
    "LLAMA3,  8193,   0.125",
    "LLAMA3,  100000, 0.125",
  })
  void frequenciesAreStretchedByWavelength(Rope.Scaling scaling, double wavelength, double left) {
    double frequency = 2 * Math.PI / wavelength;
    double stretched = new Rope(scaling, 500_000, 8, 1, 4, 8192).stretched(frequency);
    assertThat(stretched / frequency).isCloseTo(left, within(1e-12));
  }
}
