package dev.sluice.pipelines.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.parts.Registry;
import dev.sluice.records.manifest.FileHashes;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.example.parts.Foreign;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PluginJarsTest {
  record Inner(@Nullable Object part) {}

  record Outer(String name, Inner inner, List<Object> list, Map<String, Object> table) {}

  private static Map<String, String> hashes(Object config) {
    return new PluginJars(new ContentHasher()).withParts(config).hashes();
  }

  private static final Inner OWN = new Inner(null);

  static Stream<Object> withAForeignPart() {
    Foreign part = new Foreign(1);
    return Stream.of(
        part,
        new Outer("x", new Inner(part), List.of(), Map.of()),
        new Outer("x", OWN, List.of(1, part), Map.of()),
        new Outer("x", OWN, List.of(List.of(new Inner(part))), Map.of()),
        new Outer("x", OWN, List.of(), Map.of("a", "b", "c", part)));
  }

  @ParameterizedTest
  @MethodSource("withAForeignPart")
  void hashes_foreignPartAnywhere_nameItsJar(Object config) {
    String content = new FileHashes().ofTree(Registry.jarOfPlugin(Foreign.class).orElseThrow());
    assertThat(hashes(config)).isEqualTo(Map.of("test-classes", content));
  }

  @Test
  void hashes_ownPartsAlone_areNone() {
    assertThat(hashes(new Outer("x", OWN, List.of(1, "org.example"), Map.of("a", OWN)))).isEmpty();
    assertThat(new PluginJars(new ContentHasher()).with(OWN).hashes()).isEmpty();
  }

  @Test
  void hashes_foreignService_nameItsJar() {
    assertThat(new PluginJars(new ContentHasher()).with(new Foreign(1)).hashes())
        .containsOnlyKeys("test-classes");
  }
}
