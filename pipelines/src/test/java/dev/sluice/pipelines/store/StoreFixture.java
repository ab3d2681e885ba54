package dev.sluice.pipelines.store;

import dev.sluice.records.Hashes;
import dev.sluice.records.Metric;
import dev.sluice.records.Problem;
import dev.sluice.records.json.SealedJson;
import dev.sluice.records.manifest.Counts;
import dev.sluice.records.manifest.Manifest;
import dev.sluice.records.manifest.Numerics;
import dev.sluice.records.manifest.Usage;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.UnitResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A small stage: each of its units writes some problems and metrics, the last one a model. */
public final class StoreFixture {
  public static final String TYPE = "SynthesizeProblems";
  public static final String FINGERPRINT = Hashes.hex("fingerprint");

  private StoreFixture() {}

  public static String key(int unit) {
    return Hashes.hex("unit", unit);
  }

  static List<Problem> rows(int unit) {
    List<Problem> rows = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      rows.add(
          new Problem("p" + unit + "-" + i, List.of(), "42", "here", i, Map.of("gate", "lines")));
    }
    return rows;
  }

  static void write(UnitOutput output, int unit, boolean model) {
    rows(unit).forEach(output.table(Tables.PROBLEMS)::write);
    output.table(Tables.METRICS).write(Metric.of(TYPE, 0, 0, "made", unit));
    if (model) {
      Path folder = output.modelFolder();
      try {
        Files.writeString(folder.resolve("config.json"), "{\"hidden_size\": 8}");
        Files.writeString(folder.resolve("tokenizer.json"), "{}");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static final List<Numerics> COMPUTED_ON =
      List.of(new Numerics("a processor", "MKL AVX2,STRICT, vectors AVX2", true));

  static UnitResult commit(UnitOutput output) {
    return output.commit(
        new Counts(20, 20, 20, 0, 0),
        Usage.NONE,
        Map.of("loss", 0.5, "nan", Double.NaN),
        COMPUTED_ON,
        1.5);
  }

  /** Does a unit unless it was finished before. */
  public static UnitResult unit(ArtifactStore store, Attempt attempt, int unit, boolean model) {
    return store
        .units()
        .find(key(unit))
        .orElseGet(
            () -> {
              try (UnitOutput output = store.units().begin(attempt, key(unit), "0000" + unit)) {
                write(output, unit, model);
                return commit(output);
              }
            });
  }

  /** The whole stage of {@code units} units. */
  static Artifact stage(ArtifactStore store, int units) {
    Attempt attempt = store.newAttempt(TYPE, FINGERPRINT, Instant.now());
    List<UnitResult> results = new ArrayList<>();
    for (int unit = 0; unit < units; unit++) {
      results.add(unit(store, attempt, unit, unit == units - 1));
    }
    return store.commit(attempt, manifest(attempt, results));
  }

  static Manifest manifest(Attempt attempt, List<UnitResult> results) {
    return new Manifest(
        SealedJson.FORMAT_VERSION,
        attempt.stageType(),
        1,
        "problems",
        attempt.fingerprint(),
        "own",
        attempt.name(),
        "problems",
        Map.of("count", 20L),
        7,
        Map.of(),
        Map.of(),
        results.stream().flatMap(result -> result.tables().stream()).toList(),
        results.get(results.size() - 1).model(),
        results.stream().map(UnitResult::counts).reduce(Counts.NONE, Counts::plus),
        Usage.NONE,
        List.of(),
        true,
        List.of(),
        Map.of("sluice", "test"),
        COMPUTED_ON,
        "2026-11-24T10:15:00Z",
        "2026-11-24T10:15:01Z",
        1,
        results.stream()
            .map(r -> new Manifest.UnitEntry(r.name(), r.key(), r.seconds(), r.reused()))
            .toList(),
        null);
  }
}
