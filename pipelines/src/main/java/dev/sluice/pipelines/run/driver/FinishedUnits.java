package dev.sluice.pipelines.run.driver;

import dev.sluice.pipelines.run.worker.ReadyStage;
import dev.sluice.pipelines.store.Damage;
import dev.sluice.pipelines.store.StoreException;
import dev.sluice.records.manifest.ModelFolder;
import dev.sluice.records.manifest.ShardFile;
import dev.sluice.stages.UnitResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The finished units of one stage, as far as this run has come across them. For many threads. */
public final class FinishedUnits {
  private static final Logger LOG = LoggerFactory.getLogger(FinishedUnits.class);

  private final String stage;
  private final String type;
  private final RunContext run;
  private final Map<String, UnitResult> known = new LinkedHashMap<>();

  public FinishedUnits(ReadyStage ready, RunContext run) {
    this.stage = ready.name();
    this.type = ready.type();
    this.run = run;
  }

  /** A unit that is finished, by this run or another. Damage on the way is set aside. */
  synchronized @Nullable UnitResult find(String key) {
    UnitResult there = known.get(key);
    if (there != null) {
      return there;
    }
    UnitResult found = run.store().units().find(key, run.attempts()).orElse(null);
    if (found == null || (found.model() != null && found.model().gone())) {
      for (Damage damage : run.store().units().damages(key)) {
        run.setAside(stage, damage);
      }
    }
    if (found != null) {
      known.put(key, found);
    }
    return found;
  }

  /** All of them, those of earlier tries to lay the stage out included. */
  synchronized List<UnitResult> all() {
    return List.copyOf(known.values());
  }

  /** A model that is to be read must be there, or the unit that made it is done again. */
  void require(ModelFolder wanted) {
    if (wanted.gone()) {
      throw new ModelGoneException(maker(wanted), wanted.path());
    }
  }

  private String maker(ModelFolder made) {
    return owner(made.path() + "/")
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "Stage '%s' uses the model %s, which none of its units made."
                        .formatted(stage, made.path())));
  }

  /** Key of the unit that wrote a file. */
  Optional<String> owner(String path) {
    for (UnitResult unit : known.values()) {
      for (ShardFile table : unit.tables()) {
        if (table.path().equals(path)) {
          return Optional.of(unit.key());
        }
      }
      ModelFolder model = unit.model();
      if (model != null && path.startsWith(model.path() + "/")) {
        return Optional.of(unit.key());
      }
    }
    return Optional.empty();
  }

  /** Takes a unit for not finished. */
  synchronized void forget(String key) {
    UnitResult lost = known.remove(key);
    run.store().units().forget(key);
    if (lost != null && lost.model() != null) {
      remove(lost.model());
    }
  }

  /** Lets the files of a model go; the unit that made it stays finished. */
  synchronized void release(ModelFolder model) {
    UnitResult unit = known.get(maker(model));
    if (unit != null) {
      known.put(unit.key(), unit.withModel(model.withoutFiles()));
    }
    remove(model);
  }

  private void remove(ModelFolder model) {
    try {
      run.store().release(type, model);
    } catch (StoreException e) {
      // It takes room and harms nobody; the next run tries again.
      LOG.warn("The model {} was not removed.", model.path(), e);
    }
  }
}
