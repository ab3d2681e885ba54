package dev.sluice.pipelines.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ReasonsTest {
  private static final String UNIT = "{\"temperature\":1.0}";

  private static Parts parts(int votes, double temperature, String solutions) {
    return new Parts(
        "VerifySolutions",
        2,
        "{\"temperature\":%s,\"votes\":%d}".formatted(temperature, votes),
        7,
        Map.of("model", "m"),
        Map.of(),
        "engine",
        Map.of(),
        Map.of("solutions", solutions));
  }

  @Test
  void whatANumberHeldBeforeItGrewIsKept() {
    Parts before = parts(8, 1.0, "rows");
    assertThat(Reasons.changed(before, parts(16, 1.0, "rows")))
        .isEqualTo("`votes` changed from 8 to 16");
    assertThat(Reasons.growth(before, parts(16, 1.0, "rows"), UNIT))
        .contains(new Reasons.Growth("votes", 8, 16));
  }

  @Test
  void nothingIsKeptOfWhatShrinksOrChangesOtherwise() {
    Parts before = parts(8, 1.0, "rows");
    assertThat(Reasons.changed(before, parts(4, 1.0, "rows")))
        .isEqualTo("`votes` changed from 8 to 4");
    assertThat(Reasons.changed(before, parts(16, 0.5, "rows")))
        .isEqualTo("`temperature` changed from 1.0 to 0.5; `votes` changed from 8 to 16");
    assertThat(Reasons.changed(before, parts(16, 1.0, "others")))
        .isEqualTo("`votes` changed from 8 to 16; the rows of `solutions` changed");
    assertThat(Reasons.changed(before, parts(8, 2.0, "rows")))
        .isEqualTo("`temperature` changed from 1.0 to 2.0");
  }
}
