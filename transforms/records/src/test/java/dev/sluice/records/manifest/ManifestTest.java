package dev.sluice.records.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.records.Hashes;
import dev.sluice.records.Metric;
import dev.sluice.records.SampleRows;
import dev.sluice.records.json.Json;
import dev.sluice.records.json.NewerFormatException;
import dev.sluice.records.json.SealedJson;
import dev.sluice.records.parquet.RowDigest;
import dev.sluice.records.parquet.Tables;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest {
  private static final RowDigest DIGEST = RowDigest.of(Tables.SOLUTIONS, SampleRows.SOLUTIONS);

  static Manifest manifest(List<ShardFile> shards) {
    return new Manifest(
        1,
        "SampleSolutions",
        2,
        "solutions",
        "f".repeat(64),
        "0".repeat(64),
        "20261124T101500Z-1",
        "solutions",
        Json.bind(Json.parse("{\"c\":{\"temperature\":0.7,\"samples\":4}}"), Holder.class).c(),
        7,
        Map.of("problems", new Manifest.Input("SynthesizeProblems", "e", "a", "problems", "d")),
        Map.of("model", "builtin:tiny-solver@1"),
        shards,
        null,
        new Counts(3, 3, 3, 0, 0),
        new Usage(3, 0, 10, 20, 0),
        List.of(new Metric("SampleSolutions", 0, 0, "x", 0.25, null, null, 3)),
        true,
        List.of("π"),
        Map.of("sluice", "0.1.0", "java", "17"),
        List.of(new Numerics("a processor", "MKL AVX2,STRICT, vectors AVX2", true)),
        "2026-11-24T10:15:00Z",
        "2026-11-24T10:15:01Z",
        1.5,
        List.of(new Manifest.UnitEntry("00000", "k", 1.25, false)),
        null);
  }

  record Holder(Map<String, Object> c) {}

  private static ShardFile shard(String table, String digest) {
    return new ShardFile(table, "artifacts/x.parquet", 3, 100, "ab", digest);
  }

  @Test
  void manifestsComeBackAsTheyWereWritten() {
    Manifest manifest = manifest(List.of(shard("solutions", DIGEST.toString())));
    assertThat(Manifest.read(manifest.toJson().getBytes(UTF_8), "m")).contains(manifest);
  }

  @Test
  void anyChangedByteMakesItUnreadable() {
    byte[] json = manifest(List.of()).toJson().getBytes(UTF_8);
    int same = 0;
    for (int i = 0; i < json.length; i++) {
      byte[] flipped = json.clone();
      flipped[i] ^= 1;
      // White space that turns into other white space is no change; nothing else may pass.
      if (Manifest.read(flipped, "m").isPresent()) {
        same++;
      }
      assertThat(Manifest.read(Arrays.copyOf(json, i), "m").isPresent())
          .isEqualTo(i == json.length - 1);
    }
    assertThat(same).isZero();
  }

  /** Whoever can write a manifest can seal it. */
  @ParameterizedTest
  @ValueSource(strings = {"..", "../x", "a/b", "", "-a", "a b", "a\u0000", "C:\\x"})
  void nameThatIsNoPartOfAPath_makesItUnreadable(String name) {
    String json =
        manifest(List.of()).toJson().replace("\"key\": \"k\"", "\"key\": " + Json.compact(name));
    Map<String, Object> tree = new LinkedHashMap<>();
    ((Map<?, ?>) Objects.requireNonNull(Json.parse(json)))
        .forEach((key, value) -> tree.put(key.toString(), Objects.requireNonNull(value)));
    tree.remove("hash");
    tree.put("hash", Hashes.hex(Json.canonical(tree)));
    assertThat(Manifest.read(Json.compact(tree).getBytes(UTF_8), "m")).isEmpty();
  }

  @Test
  void newerFormatsAreRefusedByName() {
    record Later(int formatVersion, String whatever) {}
    byte[] json = SealedJson.write(new Later(2, "x")).getBytes(UTF_8);
    assertThatThrownBy(() -> Manifest.read(json, "a/manifest.json"))
        .isInstanceOf(NewerFormatException.class)
        .hasMessage(
            "The file a/manifest.json has format version 2; this program reads up to version 1. Use a newer Sluice, or another workspace.");
  }

  @Test
  void wholeFilesOfAnotherShapeAreNoManifest() {
    record Other(int formatVersion, String whatever) {}
    assertThat(Manifest.read(SealedJson.write(new Other(1, "x")).getBytes(UTF_8), "m")).isEmpty();
    assertThat(Manifest.read("[]".getBytes(UTF_8), "m")).isEmpty();
  }

  @Test
  void theDigestIsOfTablesAndModelAlone() {
    RowDigest half = RowDigest.of(Tables.SOLUTIONS, SampleRows.SOLUTIONS.subList(0, 1));
    RowDigest rest = RowDigest.of(Tables.SOLUTIONS, SampleRows.SOLUTIONS.subList(1, 3));
    Manifest whole = manifest(List.of(shard("solutions", DIGEST.toString())));
    Manifest cut =
        manifest(
            List.of(
                shard("solutions", rest.toString()),
                shard("dead_letters", RowDigest.EMPTY.toString()),
                shard("solutions", half.toString())));
    assertThat(cut.digest("solutions")).isEqualTo(DIGEST.toString());
    assertThat(cut.digest())
        .isEqualTo(whole.digest())
        .isEqualTo(Hashes.hex("artifact", "solutions", DIGEST))
        .isNotEqualTo(manifest(List.of(shard("solutions", half.toString()))).digest());
    assertThat(cut.rows()).isEqualTo(6);
    assertThat(cut.rows("dead_letters")).isEqualTo(3);
  }
}
