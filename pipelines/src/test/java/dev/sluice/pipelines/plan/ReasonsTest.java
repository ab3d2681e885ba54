package dev.sluice.pipelines.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReasonsTest {
  private static final Map<String, Object> UNIT = Map.of("temperature", 1.0);

  private static FingerprintInputs parts(int votes, double temperature, String solutions) {
    return new FingerprintInputs(
        "VerifySolutions",
        2,
        Map.of("temperature", temperature, "votes", votes),
        7,
        Map.of("model", "m"),
        Map.of(),
        "engine",
        Map.of(),
        Map.of("solutions", solutions));
  }

  @Test
  void whatANumberHeldBeforeItGrewIsKept() {
    FingerprintInputs before = parts(8, 1.0, "rows");
    assertThat(Reasons.changed(before, parts(16, 1.0, "rows")))
        .isEqualTo("`votes` changed from 8 to 16");
    assertThat(Reasons.growth(before, parts(16, 1.0, "rows"), UNIT))
        .contains(new Reasons.Growth("votes", 8, 16));
  }

  @Test
  void nothingIsKeptOfWhatShrinksOrChangesOtherwise() {
    FingerprintInputs before = parts(8, 1.0, "rows");
    assertThat(Reasons.changed(before, parts(4, 1.0, "rows")))
        .isEqualTo("`votes` changed from 8 to 4");
    assertThat(Reasons.changed(before, parts(16, 0.5, "rows")))
        .isEqualTo("`temperature` changed from 1.0 to 0.5; `votes` changed from 8 to 16");
    assertThat(Reasons.changed(before, parts(16, 1.0, "others")))
        .isEqualTo("`votes` changed from 8 to 16; the rows of `solutions` changed");
    assertThat(Reasons.changed(before, parts(8, 2.0, "rows")))
        .isEqualTo("`temperature` changed from 1.0 to 2.0");
  }

  private static FingerprintInputs plugged(
      Map<String, @Nullable Object> config, Map<String, String> plugins) {
    return new FingerprintInputs("T", 1, config, 7, Map.of(), Map.of(), "", plugins, Map.of());
  }

  private static String changed(Map<String, String> before, Map<String, String> now) {
    return Reasons.changed(plugged(Map.of(), before), plugged(Map.of(), now));
  }

  @Test
  void changed_pluginJar_isNamed() {
    assertThat(changed(Map.of("a.jar", "1"), Map.of("a.jar", "2")))
        .isEqualTo("the plugin a.jar changed");
    assertThat(changed(Map.of("a-1.jar", "1"), Map.of("a-2.jar", "2")))
        .isEqualTo("the plugin a-2.jar changed");
    assertThat(changed(Map.of("a.jar", "1"), Map.of("b.jar", "1"))).isEmpty();
    assertThat(changed(Map.of(), Map.of("a.jar", "1"))).isEqualTo("the plugin a.jar changed");
    assertThat(changed(Map.of("a.jar", "1", "b.jar", "2"), Map.of("b.jar", "3")))
        .isEqualTo("the plugin b.jar changed");
    assertThat(changed(Map.of("a.jar", "1"), Map.of()))
        .isEqualTo("the plugin a.jar is not used any more");
  }

  @Test
  void fingerprint_pluginJar_isInItByItsContent() {
    String none = plugged(Map.of(), Map.of()).fingerprint("{}");
    String one = plugged(Map.of(), Map.of("a.jar", "1")).fingerprint("{}");
    assertThat(one).isNotEqualTo(none);
    assertThat(plugged(Map.of(), Map.of("b.jar", "1")).fingerprint("{}")).isEqualTo(one);
    assertThat(plugged(Map.of(), Map.of("a.jar", "2")).fingerprint("{}")).isNotIn(none, one);
    assertThat(plugged(Map.of(), Map.of("a.jar", "1", "b.jar", "2")).fingerprint("{}"))
        .isNotIn(none, one);
  }

  @Test
  void changed_versionOfAPart_isNamed() {
    FingerprintInputs before = plugged(Map.of("reward", List.of(Map.of("kind", "a"))), Map.of());
    FingerprintInputs now =
        plugged(Map.of("reward", List.of(Map.of("@version", 2L, "kind", "a"))), Map.of());
    assertThat(Reasons.changed(before, now))
        .isEqualTo("the behaviour of the part at `reward[0]` changed (version 1 to 2)");
    assertThat(Reasons.changed(now, before))
        .isEqualTo("the behaviour of the part at `reward[0]` changed (version 2 to 1)");
  }
}
