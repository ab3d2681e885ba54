package dev.sluice.pipelines.store;

import static dev.sluice.pipelines.store.StoreFixture.FINGERPRINT;
import static dev.sluice.pipelines.store.StoreFixture.TYPE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.records.Hashes;
import dev.sluice.records.json.Json;
import dev.sluice.records.manifest.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Records that are sealed and name what is no part of a path: whoever can write one can seal it.
 */
final class SealedNamesTest {
  private final Path folder;
  private final ArtifactStore store;

  SealedNamesTest(@TempDir Path folder) {
    this.folder = folder;
    this.store = ArtifactStore.open(folder);
  }

  /** Gives a record another value, and its hash. */
  private void change(Path file, String from, Object to) throws IOException {
    String json = Files.readString(file);
    assertThat(json).contains(from);
    Map<String, Object> tree = new LinkedHashMap<>();
    ((Map<?, ?>) Objects.requireNonNull(Json.parse(json.replace(from, Json.compact(to)))))
        .forEach((key, value) -> tree.put(key.toString(), Objects.requireNonNull(value)));
    tree.remove("hash");
    tree.put("hash", Hashes.hex(Json.canonical(tree)));
    Files.writeString(file, Json.pretty(tree));
  }

  private List<String> problems() {
    return store.check().findings().stream()
        .map(finding -> finding.path() + " " + finding.problem())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "../../x", "", "a b", "\u0000", "a/b"})
  void unitOfAManifest_withSuchAKey_makesTheManifestDamaged(String key) throws IOException {
    Artifact artifact = StoreFixture.stage(store, 1);
    Path manifest = artifact.folder().resolve("manifest.json").local();
    change(manifest, Json.compact(StoreFixture.key(0)), key);
    String path = folder.relativize(manifest).toString();
    assertThat(problems())
        .containsExactly(path + " is damaged: its content is not what was written");
    assertThat(store.find(TYPE, FINGERPRINT)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "", "a b", "\u001b", "-"})
  void unit_withSuchAKey_isDamaged(String key) throws IOException {
    StoreFixture.stage(store, 1);
    String path = UnitRecord.path(StoreFixture.key(0));
    change(folder.resolve(path), Json.compact(StoreFixture.key(0)), key);
    assertThat(problems())
        .containsExactly(path + " is damaged: its content is not what was written");
    assertThat(store.units().find(StoreFixture.key(0))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "00", "x", "../x"})
  void table_withADigestThatIsNone_makesTheManifestDamaged(String digest) throws IOException {
    Artifact artifact = StoreFixture.stage(store, 1);
    Path file = artifact.folder().resolve("manifest.json").local();
    Manifest manifest = artifact.manifest();
    change(file, Json.compact(manifest.shards().get(0).digest()), digest);
    assertThat(problems()).hasSize(1);
    assertThat(store.committed()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "", "..", "/", "a/../../x"})
  void tableOfAUnit_atAnyPlace_isLookedAt(String place) throws IOException {
    StoreFixture.stage(store, 1);
    String path = UnitRecord.path(StoreFixture.key(0));
    String table = store.units().find(StoreFixture.key(0)).orElseThrow().tables().get(0).path();
    change(folder.resolve(path), Json.compact(table), place);
    assertThat(problems()).isNotNull();
  }
}
