package dev.sluice.pipelines.run;

import dev.sluice.pipelines.store.Artifact;
import dev.sluice.pipelines.store.ArtifactStore;
import dev.sluice.records.DeadLetter;
import dev.sluice.records.Manifest;
import dev.sluice.records.ShardFile;
import dev.sluice.records.Tables;
import dev.sluice.stages.Unit;
import dev.sluice.stages.UnitResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What was made before of the units of a stage whose dead letters are tried again. A unit that left
 * none is taken over as it is; of the others the rows that are there are taken over, and the rest
 * is tried once more.
 */
public final class RetriedUnits {
  /** For a stage that runs as usual. */
  static final RetriedUnits NONE = new RetriedUnits();

  private final Optional<ArtifactStore> store;
  private final String unitPart;
  private final Map<String, String> made = new HashMap<>();

  private RetriedUnits() {
    this.store = Optional.empty();
    this.unitPart = "";
  }

  /**
   * The units of an artifact; without one, those that a run finished before it failed.
   *
   * @param unitPart what the keys of the stage's units are made of when it runs as usual
   */
  RetriedUnits(ArtifactStore store, String unitPart, Optional<Artifact> replaced) {
    this.store = Optional.of(store);
    this.unitPart = unitPart;
    // With equal fingerprints a stage over shards lays out equal units under equal names.
    for (Manifest.UnitEntry unit :
        replaced.map(artifact -> artifact.manifest().units()).orElse(List.of())) {
      made.put(unit.name(), unit.key());
    }
  }

  /** What was made of a unit before, if anything. */
  Optional<UnitResult> before(Unit unit) {
    return store.flatMap(
        there -> there.units().find(made.getOrDefault(unit.name(), UnitKeys.key(unitPart, unit))));
  }

  /** Whether something of a unit is to be tried again. */
  boolean again(UnitResult unit) {
    return store.isPresent()
        && letters(store.get(), unit.tables()).stream().anyMatch(RetriedUnits::mayHelp);
  }

  /** Whether another try may help: a request may find its model in a better state. */
  static boolean mayHelp(DeadLetter letter) {
    return letter.retriable() || letter.errorClass().equals(DeadLetter.REQUEST);
  }

  /** How many dead letters of an artifact another try may mend. */
  public static long count(ArtifactStore store, Manifest manifest) {
    return letters(store, manifest.shards()).stream().filter(RetriedUnits::mayHelp).count();
  }

  static List<DeadLetter> letters(ArtifactStore store, List<ShardFile> tables) {
    List<DeadLetter> letters = new ArrayList<>();
    for (ShardFile table : tables) {
      if (table.table().equals(Tables.DEAD_LETTERS.name())) {
        letters.addAll(store.read(table, Tables.DEAD_LETTERS, Set.of()));
      }
    }
    return letters;
  }
}
