package dev.sluice.stages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.records.Hashes;
import dev.sluice.records.manifest.ModelFolder;
import dev.sluice.records.manifest.ShardFile;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UnitTest {
  private record Round(int round, @Nullable Long from) implements Unit.Parameters {}

  private static final class Loose implements Unit.Parameters {
    private static final long serialVersionUID = 1;
  }

  private static ShardFile shard(String path, String digest) {
    return new ShardFile("problems", path, 3, 100, "sha", "0".repeat(79) + digest);
  }

  private static Unit unit(String name, String digest) {
    return Unit.of(name, "shard", Map.of("problems", List.of(shard("a/" + name, digest))));
  }

  private static String key(Unit unit) {
    return unit.key("own");
  }

  @Test
  void key_contentsOnly_ignoresNamesAndPlaces() {
    assertThat(key(unit("00000", "d"))).isEqualTo(key(unit("00001", "d"))).hasSize(64);
    assertThat(key(unit("00000", "d"))).isNotEqualTo(key(unit("00000", "e")));
  }

  @Test
  void key_otherStageKindParametersModelsOrPorts_differs() {
    Unit plain = unit("0", "d");
    ModelFolder model = new ModelFolder("m", Map.of(), "one");
    assertThat(
            List.of(
                key(plain),
                plain.key("other"),
                key(Unit.of("0", "update", plain.inputs())),
                key(plain.with(new Round(1, null))),
                key(plain.with(new Round(2, null))),
                key(plain.with(new Round(2, 3L))),
                key(plain.with("policy", model)),
                key(plain.with("policy", new ModelFolder("m", Map.of(), "two"))),
                key(Unit.of("0", "shard", Map.of("dev", List.of(shard("a", "d"))))),
                key(
                    Unit.of(
                        "0",
                        "shard",
                        Map.of("problems", List.of(shard("a", "d"), shard("b", "d")))))))
        .doesNotHaveDuplicates();
  }

  @Test
  void parameters_noRecord_areRefused() {
    assertThatThrownBy(() -> unit("0", "d").with(new Loose()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "The parameters of the unit '0' must be a record, but are of " + Loose.class + ".");
  }

  @Test
  void key_parameters_areTextsByNameWithoutThoseThatAreNull() {
    Unit plain = Unit.of("0", "update", Map.of());
    assertThat(key(plain)).isEqualTo(Hashes.hex("own", "update", 0, 0, 0));
    assertThat(key(plain.with(new Round(7, 12L))))
        .isEqualTo(Hashes.hex("own", "update", 2, "from", "12", "round", "7", 0, 0));
    assertThat(key(plain.with(new Round(7, null))))
        .isEqualTo(Hashes.hex("own", "update", 1, "round", "7", 0, 0));
  }
}
