package dev.sluice.pipelines.run.worker;

import dev.sluice.pipelines.store.ArtifactStore;
import dev.sluice.records.DeadLetter;
import dev.sluice.records.manifest.ShardFile;
import dev.sluice.records.parquet.Tables;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The dead letters among the tables of a unit or an artifact. */
public final class DeadLetters {
  private DeadLetters() {}

  /** All of them, in order. */
  public static List<DeadLetter> read(ArtifactStore store, List<ShardFile> tables) {
    List<DeadLetter> letters = new ArrayList<>();
    for (ShardFile table : tables) {
      if (table.table().equals(Tables.DEAD_LETTERS.name())) {
        letters.addAll(store.read(table, Tables.DEAD_LETTERS, Set.of()));
      }
    }
    return letters;
  }
}
