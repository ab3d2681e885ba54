package dev.sluice.export.items;

import dev.sluice.export.Artifact;
import dev.sluice.export.ExportException;
import dev.sluice.records.Problem;
import dev.sluice.records.manifest.ShardFile;
import dev.sluice.records.parquet.Table;
import dev.sluice.records.parquet.Tables;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a table by id. The tables of a chain are cut alike, so one shard at a time is in memory;
 * the whole table only if its cut is another.
 */
final class Lookup<R extends Record> {
  private static final Set<String> REFERENCES = Set.of("reference_answer", "reference_correct");

  private final Artifact artifact;
  private final Table<R> table;
  private final Function<R, String> id;
  private final Map<String, R> rows = new HashMap<>();
  private boolean whole;

  Lookup(Artifact artifact, Table<R> table, Function<R, String> id) {
    this.artifact = artifact;
    this.table = table;
    this.id = id;
  }

  /** The problems of an artifact. */
  static Lookup<Problem> problems(Artifact artifact) {
    return new Lookup<>(artifact, Tables.PROBLEMS, Problem::problemId);
  }

  /** Makes the rows beside shard {@code i} of {@code count} ready. */
  void turnTo(int i, int count) {
    List<ShardFile> shards = artifact.manifest().shards(table.name());
    if (!whole && shards.size() == count) {
      rows.clear();
      load(shards.get(i));
    }
  }

  /** The row of an id. */
  R row(String wanted) {
    R found = rows.get(wanted);
    if (found == null && !whole) {
      whole = true;
      rows.clear();
      artifact.manifest().shards(table.name()).forEach(this::load);
      found = rows.get(wanted);
    }
    return present(found, wanted);
  }

  private R present(@Nullable R row, String wanted) {
    if (row == null) {
      throw new ExportException(
          "The table '%s' of the stage '%s' lacks the row %s that a later stage names. 'sluice verify' lists all damage."
              .formatted(table.name(), artifact.manifest().stage(), wanted));
    }
    return row;
  }

  private void load(ShardFile shard) {
    artifact.forEach(shard, table, REFERENCES, row -> rows.put(id.apply(row), row));
  }
}
