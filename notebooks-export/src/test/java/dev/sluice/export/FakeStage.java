package dev.sluice.export;

import dev.sluice.records.Hashes;
import dev.sluice.records.Metric;
import dev.sluice.records.json.SealedJson;
import dev.sluice.records.manifest.Counts;
import dev.sluice.records.manifest.Manifest;
import dev.sluice.records.manifest.ModelFiles;
import dev.sluice.records.manifest.ModelFolder;
import dev.sluice.records.manifest.ShardFile;
import dev.sluice.records.manifest.Usage;
import dev.sluice.records.parquet.Table;
import dev.sluice.records.parquet.TableWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A committed artifact, written by hand. */
final class FakeStage {
  private static final String ATTEMPT = "1-abc";

  final String name;
  final String type;
  private final Path workspace;
  private final String fingerprint;
  private final Map<String, Manifest.Input> inputs = new LinkedHashMap<>();
  private final Map<String, String> models = new LinkedHashMap<>();
  private final List<ShardFile> shards = new ArrayList<>();
  private final List<Metric> metrics = new ArrayList<>();
  private final Map<String, Object> config = new LinkedHashMap<>();
  private @Nullable ModelFolder model;
  private long in;

  FakeStage(Path workspace, String name, String type) {
    this.workspace = workspace;
    this.name = name;
    this.type = type;
    this.fingerprint = Hashes.hex("fake", name, type);
  }

  String place() {
    return "artifacts/" + type + "/" + fingerprint + "/" + ATTEMPT;
  }

  Path folder() {
    return workspace.resolve(place());
  }

  FakeStage input(String port, FakeStage from, String table) {
    inputs.put(
        port, new Manifest.Input(from.type, from.fingerprint, ATTEMPT, table, from.digest(table)));
    in = from.rows(table);
    return this;
  }

  FakeStage reads(String model, String hash) {
    models.put(model, hash);
    return this;
  }

  FakeStage config(String key, Object value) {
    config.put(key, value);
    return this;
  }

  FakeStage metric(Metric metric) {
    metrics.add(metric);
    return this;
  }

  /** Writes the rows as one more file of the table. */
  <R extends Record> FakeStage rows(Table<R> table, List<R> rows) throws IOException {
    Files.createDirectories(folder());
    String path = place() + "/" + table.name() + "-" + shards.size() + ".parquet";
    TableWriter<R> writer = TableWriter.open(workspace.resolve(path), table, Map.of());
    try (writer) {
      rows.forEach(writer::write);
    }
    shards.add(
        new ShardFile(
            table.name(),
            path,
            writer.rows(),
            writer.bytes(),
            writer.sha256(),
            writer.digest().toString()));
    return this;
  }

  /** Leaves a model of these files. */
  FakeStage model(Map<String, byte[]> files) throws IOException {
    Path folder = folder().resolve("model");
    Files.createDirectories(folder);
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Files.write(folder.resolve(file.getKey()), file.getValue());
    }
    model = ModelFiles.describe(folder, place() + "/model");
    return this;
  }

  FakeStage commit() throws IOException {
    Files.createDirectories(folder());
    Files.writeString(folder().resolve("manifest.json"), manifest().toJson());
    return this;
  }

  private long rows(String table) {
    return shards.stream().filter(s -> s.table().equals(table)).mapToLong(ShardFile::rows).sum();
  }

  private String digest(String table) {
    return manifest().digest(table);
  }

  private Manifest manifest() {
    String primary = shards.isEmpty() ? null : shards.get(0).table();
    long out = primary == null ? 1 : rows(primary);
    return new Manifest(
        SealedJson.FORMAT_VERSION,
        type,
        1,
        name,
        fingerprint,
        Hashes.hex("own", name),
        ATTEMPT,
        primary,
        config,
        7,
        inputs,
        models,
        shards,
        model,
        new Counts(in, out, out, 0, 0),
        new Usage(models.isEmpty() ? 0 : out, 0, 11 * out, 13 * out, 0),
        metrics,
        true,
        List.of(),
        Map.of("sluice", "0.1.0"),
        List.of(),
        "2026-11-01T00:00:00Z",
        "2026-11-01T00:01:00Z",
        12.5,
        List.of(),
        null);
  }
}
