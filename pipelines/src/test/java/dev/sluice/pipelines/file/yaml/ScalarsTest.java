package dev.sluice.pipelines.file.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.records.Names;
import dev.sluice.records.config.Durations;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScalarsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yes",
        "no",
        "on",
        "off",
        "y",
        "tRUE",
        "1_000",
        "0o8",
        "0xg",
        "1e",
        "e3",
        ".",
        "-",
        "+",
        "1.2.3",
        "12:30",
        "2027-03-01",
        "0b1",
        "1e3x",
        "--1",
        "-0x1",
        "nan",
        "inf"
      })
  void texts(String text) {
    assertThat(Scalars.resolve(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "5.0e-4, 0.0005",
    "1e-3, 0.001",
    "1E3, 1000",
    ".5, 0.5",
    "1., 1",
    "-1.5, -1.5",
    "+1.5e+2, 150"
  })
  void reals(String text, double value) {
    assertThat(Scalars.resolve(text)).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "-7, -7", "+7, 7", "012, 12", "0o14, 12", "0x1F, 31"})
  void wholes(String text, long value) {
    assertThat(Scalars.resolve(text)).isEqualTo(value);
  }

  @Test
  void others() {
    assertThat(Scalars.resolve("")).isNull();
    assertThat(Scalars.resolve("~")).isNull();
    assertThat(Scalars.resolve("Null")).isNull();
    assertThat(Scalars.resolve("TRUE")).isEqualTo(true);
    assertThat(Scalars.resolve("False")).isEqualTo(false);
    assertThat(Scalars.resolve("-.inf")).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(Scalars.resolve("9223372036854775808"))
        .isEqualTo(new BigInteger("9223372036854775808"));
  }

  @ParameterizedTest
  @CsvSource({
    "vots, votes",
    "max-tokens, max_tokens",
    "MaxTokens, max_tokens",
    "temp, temperature",
    "lr, learning_rate",
    "tempreature, temperature"
  })
  void nearest(String name, String known) {
    List<String> names =
        List.of("votes", "max_tokens", "temperature", "learning_rate", "granularity");
    assertThat(Names.nearest(name, names)).isEqualTo(known);
    assertThat(Names.nearest("quorum", names)).isNull();
  }

  @Test
  void durations() {
    assertThat(Durations.parse("1h30m")).isEqualTo(Duration.ofMinutes(90));
    assertThat(Durations.parse("500ms")).isEqualTo(Duration.ofMillis(500));
    assertThat(Durations.parse("2w")).isEqualTo(Duration.ofDays(14));
    assertThat(Durations.parse("PT6H")).isEqualTo(Duration.ofHours(6));
    for (String none : List.of("", "6", "h", "6y", "6 h", "-1s", "P", "99999999999s")) {
      assertThat(Durations.parse(none)).isNull();
    }
  }
}
