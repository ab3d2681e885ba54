package dev.sluice.pipelines.run.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.records.manifest.ModelFolder;
import dev.sluice.records.manifest.ShardFile;
import dev.sluice.stages.Unit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class UnitKeysTest {
  private static ShardFile shard(String path, String digest) {
    return new ShardFile("problems", path, 3, 100, "sha", "0".repeat(79) + digest);
  }

  private static Unit unit(String name, String digest) {
    return Unit.of(name, "shard", Map.of("problems", List.of(shard("a/" + name, digest))));
  }

  private static String key(Unit unit) {
    return UnitKeys.key("own", unit);
  }

  @Test
  void seesContentsAndNeitherNamesNorPlaces() {
    assertThat(key(unit("00000", "d"))).isEqualTo(key(unit("00001", "d"))).hasSize(64);
    assertThat(key(unit("00000", "d"))).isNotEqualTo(key(unit("00000", "e")));
  }

  @Test
  void seesTheStageKindParamsModelsAndPorts() {
    Unit plain = unit("0", "d");
    ModelFolder model = new ModelFolder("m", Map.of(), "one");
    assertThat(
            List.of(
                key(plain),
                UnitKeys.key("other", plain),
                key(Unit.of("0", "update", plain.inputs())),
                key(plain.with("round", 1)),
                key(plain.with("round", 2)),
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
}
