package dev.sluice.pipelines.run.driver;

import dev.sluice.pipelines.run.worker.RetryRule;
import dev.sluice.pipelines.store.Artifact;
import dev.sluice.pipelines.store.ArtifactStore;
import dev.sluice.records.manifest.Manifest;
import dev.sluice.records.manifest.RetriedRows;
import dev.sluice.stages.Stage;
import dev.sluice.stages.Unit;
import dev.sluice.stages.UnitResult;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The finished units of a stage of which only some rows are asked again. A unit without such a row
 * is taken over as it is; of the others the rows that are not asked again are taken over.
 */
final class PreviousUnits {
  private final @Nullable ArtifactStore store;
  private final @Nullable RetryRule rule;
  private final String unitPart;
  private final @Nullable String attempt;
  private final Map<String, String> made = new HashMap<>();

  /**
   * The units of an artifact; without one, those that a run finished before it failed.
   *
   * @param rule which of their rows are asked again; null for a stage that runs as usual
   * @param unitPart what the keys of the stage's units are made of when it runs as usual
   */
  PreviousUnits(
      @Nullable ArtifactStore store,
      @Nullable RetryRule rule,
      String unitPart,
      Optional<Artifact> replaced) {
    this.store = store;
    this.rule = rule;
    this.unitPart = unitPart;
    this.attempt = replaced.map(artifact -> artifact.attempt().name()).orElse(null);
    // With equal fingerprints a stage over shards lays out equal units under equal names.
    for (Manifest.UnitEntry unit :
        replaced.map(artifact -> artifact.manifest().units()).orElse(List.of())) {
      made.put(unit.name(), unit.key());
    }
  }

  /** For a stage that runs as usual. */
  static PreviousUnits none() {
    return new PreviousUnits(null, null, "", Optional.empty());
  }

  /** Which rows are asked again; null for a stage that runs as usual. */
  @Nullable RetryRule rule() {
    return rule;
  }

  /** What was made of a unit before, if anything. */
  Optional<UnitResult> before(Unit unit) {
    return store == null
        ? Optional.empty()
        : store.units().find(made.getOrDefault(unit.name(), unit.key(unitPart)));
  }

  /** Whether something of a unit is asked again. */
  boolean again(UnitResult unit, Stage stage) {
    return store != null && rule != null && rule.asksAny(store, stage, unit.tables());
  }

  /**
   * What was asked again and what was taken over; null for a stage that runs as usual.
   *
   * @param units all units of the stage
   * @param expected rows of all of them, dead letters included
   * @param keys of the units that were done again
   */
  @Nullable RetriedRows account(List<UnitResult> units, long expected, Collection<String> keys) {
    if (rule == null) {
      return null;
    }
    double asked = 0;
    for (UnitResult unit : units) {
      if (keys.contains(unit.key())) {
        asked += unit.values().getOrDefault(RetryRule.ASKED, 0.0);
      }
    }
    return new RetriedRows(attempt, rule.where(), (long) asked, expected - (long) asked);
  }
}
