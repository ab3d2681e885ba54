package dev.sluice.export.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected values are what CPython prints. */
final class FormatTest {

  @ParameterizedTest
  @CsvSource({
    "0.125, 2, 0.12",
    "0.375, 2, 0.38",
    "2.5, 0, 2",
    "1.005, 2, 1.00",
    "0.0005, 3, 0.001",
    "-0.0004, 3, -0.000",
    "-0.0, 1, -0.0",
    "1234.5, 1, 1234.5",
    "NaN, 3, nan",
    "-Infinity, 3, -inf"
  })
  void roundsAsPythonDoes(double value, int digits, String expected) {
    assertThat(Format.fixed(value, digits)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"0.0, +0.000", "-0.0004, -0.000", "0.25, +0.250", "-1, -1.000"})
  void signsAsPythonDoes(double value, String expected) {
    assertThat(Format.signed(value, 3)).isEqualTo(expected);
  }
}
