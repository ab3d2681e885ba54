package dev.sluice.runners.cli.inspect;

import dev.sluice.pipelines.store.Artifact;
import dev.sluice.pipelines.store.ArtifactStore;
import dev.sluice.records.manifest.ShardFile;
import dev.sluice.records.parquet.RowDigest;
import dev.sluice.records.parquet.Table;
import dev.sluice.records.parquet.TableColumn;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How the rows of a table differ between two artifacts. Rows are compared by what counts in a
 * digest: rows of one id are the same row, and in a table without ids rows of equal content are.
 *
 * @param onlyA rows that the first has alone
 * @param onlyB rows that the second has alone
 * @param changed rows of both that have other content
 */
record RowsDiff(long onlyA, long onlyB, long changed) {
  /** Digits of a row's digest that are kept: 96 bits. */
  private static final int KEPT = 24;

  static <R extends Record> RowsDiff of(Artifact a, Artifact b, Table<R> table) {
    Map<String, String> left = contents(a, table);
    Map<String, String> right = contents(b, table);
    long common = left.keySet().stream().filter(right::containsKey).count();
    long equal =
        left.entrySet().stream()
            .filter(row -> row.getValue().equals(right.get(row.getKey())))
            .count();
    return new RowsDiff(left.size() - common, right.size() - common, common - equal);
  }

  /** A hash of the content of each row, by its id. */
  private static <R extends Record> Map<String, String> contents(
      Artifact artifact, Table<R> table) {
    ArtifactStore store = ArtifactStore.open(artifact.workspace());
    TableColumn first = table.columns().get(0);
    boolean ids = first.name().endsWith("_id");
    Map<String, String> rows = new HashMap<>();
    for (ShardFile shard : artifact.shards(table.name())) {
      store.forEach(
          shard,
          table,
          Set.of(),
          row -> {
            RowDigest digest = RowDigest.of(table, List.of(row));
            if (digest.rows() > 0) {
              String content = digest.toString().substring(0, KEPT);
              String id = ids ? String.valueOf(first.value(row)) : content;
              rows.merge(id, content, String::concat);
            }
          });
    }
    return rows;
  }
}
