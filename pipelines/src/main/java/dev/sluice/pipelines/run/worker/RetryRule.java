package dev.sluice.pipelines.run.worker;

import dev.sluice.pipelines.store.ArtifactStore;
import dev.sluice.records.DeadLetter;
import dev.sluice.records.RowFilter;
import dev.sluice.records.manifest.ShardFile;
import dev.sluice.records.parquet.ParquetRows;
import dev.sluice.records.parquet.Table;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.ShardStage;
import dev.sluice.stages.Stage;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of a finished unit are asked again: those that a condition chooses, or without one the
 * dead letters that a retry may fix. Everything else is taken over as it is.
 *
 * @param table the stage's primary table, to which the condition applies
 * @param where the condition, as {@link RowFilter} reads it; null for dead letters
 */
public record RetryRule(String table, @Nullable String where) implements Serializable {
  /** Name of the value of a unit that holds how many of its rows were asked again. */
  public static final String ASKED = "asked_again";

  /** Whether a dead letter is asked again. */
  boolean asks(DeadLetter letter) {
    return where == null && letter.retriable();
  }

  /** Whether any row or dead letter of a unit is asked again. */
  public boolean asksAny(ArtifactStore store, Stage stage, List<ShardFile> tables) {
    if (where == null) {
      return DeadLetters.read(store, tables).stream().anyMatch(DeadLetter::retriable);
    }
    return tables.stream()
        .anyMatch(shard -> shard.table().equals(table) && asked(store, stage, shard) > 0);
  }

  /** How many rows of a shard are asked again. */
  public long asked(ArtifactStore store, Stage stage, ShardFile shard) {
    return shard.rows() - kept(store, stage, shard, Tables.named(shard.table())).size();
  }

  /** The rows of a shard that are taken over. */
  <R extends Record> List<R> kept(
      ArtifactStore store, Stage stage, ShardFile shard, Table<R> rows) {
    List<R> all = store.read(shard, rows, Set.of());
    if (where == null || !shard.table().equals(table)) {
      return all;
    }
    Predicate<Record> askable =
        stage instanceof ShardStage over ? over.askedRows().orElse(row -> false) : row -> false;
    BitSet chosen = chosen(store, shard);
    List<R> kept = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      if (!chosen.get(i) || !askable.test(all.get(i))) {
        kept.add(all.get(i));
      }
    }
    return kept;
  }

  /** The places of the rows that the condition chooses. */
  private BitSet chosen(ArtifactStore store, ShardFile shard) {
    RowFilter filter = RowFilter.of(where);
    BitSet chosen = new BitSet();
    int[] at = {0};
    ParquetRows.forEach(
        store.file(shard),
        row -> {
          chosen.set(at[0]++, filter.test(row));
          return true;
        });
    return chosen;
  }
}
