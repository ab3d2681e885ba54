package dev.sluice.stages.testing;

import dev.sluice.records.DeadLetter;
import dev.sluice.records.Metric;
import dev.sluice.records.manifest.Counts;
import dev.sluice.records.manifest.ModelFolder;
import dev.sluice.records.manifest.ShardFile;
import dev.sluice.records.parquet.RowDigest;
import dev.sluice.records.parquet.Table;
import dev.sluice.records.parquet.TableReader;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.Unit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a stage left.
 *
 * @param tables the shards of each table, in order
 * @param counts the account over all units
 * @param metrics what the driver was told, by name
 * @param warnings warnings in order
 * @param waves the units of each wave
 * @param model the model; null if none
 */
public record StageRun(
    StageHost host,
    Map<String, List<ShardFile>> tables,
    Counts counts,
    Map<String, Metric> metrics,
    List<String> warnings,
    List<List<Unit>> waves,
    @Nullable ModelFolder model) {

  /** The shards of a table, in order. */
  public List<ShardFile> files(String table) {
    return tables.getOrDefault(table, List.of());
  }

  /** The rows of a table, in order. */
  public <R extends Record> List<R> rows(Table<R> table) {
    List<R> rows = new ArrayList<>();
    for (ShardFile file : files(table.name())) {
      TableReader.forEach(host.path(file.path()), table, Set.of(), rows::add);
    }
    return rows;
  }

  /** The dead letters. */
  public List<DeadLetter> dead() {
    return rows(Tables.DEAD_LETTERS);
  }

  /** The digest of each table's rows, independent of shards and order. */
  public Map<String, String> digests() {
    Map<String, String> digests = new TreeMap<>();
    tables.forEach(
        (name, files) ->
            digests.put(
                name,
                RowDigest.sum(files.stream().map(f -> RowDigest.parse(f.digest())).toList())
                    .toString()));
    return digests;
  }

  /** The value of a metric. */
  public double metric(String name) {
    Metric metric = metrics.get(name);
    if (metric == null) {
      throw new IllegalArgumentException(
          "There is no metric " + name + " among " + metrics.keySet() + ".");
    }
    return metric.value();
  }

  /** The folder of the model. */
  public Path modelFolder() {
    return host.path(Objects.requireNonNull(model).path());
  }
}
