package dev.sluice.pipelines.store;

import dev.sluice.records.PathSegment;
import dev.sluice.records.json.SealedJson;
import dev.sluice.records.manifest.ModelFolder;
import dev.sluice.stages.UnitResult;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finished units of work, each under its key. A unit is finished if its tables are whole. Its model
 * may be gone all the same: policies of early rounds are let go, and whoever needs one forgets the
 * unit and has it done again.
 */
public final class UnitStore {
  private static final Logger LOG = LoggerFactory.getLogger(UnitStore.class);

  private final Workspace workspace;
  private final ContentCheck check;

  UnitStore(Workspace workspace, ContentCheck check) {
    this.workspace = workspace;
    this.check = check;
  }

  /**
   * A finished unit whose tables are whole, their content included. If its model is not whole, the
   * result has one that is {@linkplain ModelFolder#gone() gone}.
   */
  public Optional<UnitResult> find(String key) {
    return find(key, Set.of());
  }

  /**
   * The same; one that was made by an attempt of one's own is not called reused.
   *
   * @param own names of attempts
   */
  public Optional<UnitResult> find(String key, Set<String> own) {
    try {
      Optional<UnitRecord> record = record(key);
      if (record.isEmpty() || !check.damages(record.get().tables(), Optional.empty()).isEmpty()) {
        return Optional.empty();
      }
      UnitRecord unit = record.get();
      ModelFolder model = unit.model();
      if (model != null && !check.damages(List.of(), Optional.of(model)).isEmpty()) {
        return Optional.of(unit.result(model.withoutFiles(), own));
      }
      return Optional.of(unit.result(model, own));
    } catch (IOException e) {
      throw StoreException.because("Reading the files of the unit " + key, e);
    }
  }

  /** The files of a unit that are there and are not what its record says. */
  public List<Damage> damages(String key) {
    try {
      Optional<UnitRecord> record = record(key);
      return record.isEmpty()
          ? List.of()
          : check.damages(record.get().tables(), Optional.ofNullable(record.get().model())).stream()
              .filter(damage -> !damage.missing())
              .toList();
    } catch (IOException e) {
      throw StoreException.because("Reading the files of the unit " + key, e);
    }
  }

  /** Whether a unit was finished and its tables are there with the right lengths: for plans. */
  public boolean has(String key) {
    try {
      Optional<UnitRecord> record = record(key);
      return record.isPresent() && check.present(record.get().tables(), Optional.empty());
    } catch (IOException e) {
      throw StoreException.because("Looking for the files of the unit " + key, e);
    }
  }

  private Optional<UnitRecord> record(String key) {
    String path = UnitRecord.path(key);
    return workspace
        .readIfThere(path)
        .flatMap(json -> SealedJson.read(json, path, UnitRecord.class))
        .filter(unit -> unit.key().equals(key));
  }

  /** Begins to write what a unit leaves. */
  public UnitOutput begin(Attempt attempt, String key, String name) {
    return begin(attempt, key, name, Map.of());
  }

  /**
   * The same with more to say in the footers of its files.
   *
   * @param footer such as {@code sluice.seed} and {@code sluice.version}
   */
  public UnitOutput begin(Attempt attempt, String key, String name, Map<String, String> footer) {
    PathSegment.require("unit key", key);
    return new UnitOutput(workspace.files(), attempt, key, name, footer);
  }

  /** Takes a unit for not finished; the next run does it again. */
  public void forget(String key) {
    try {
      workspace.files().deleteFiles(List.of(UnitRecord.path(key)));
    } catch (IOException e) {
      throw StoreException.because("Forgetting the unit " + key, e);
    }
  }

  /** Removes the checkpoints of a unit that is finished. */
  public void dropCheckpoints(String key) {
    try {
      workspace.files().delete(checkpointsPath(key));
    } catch (IOException e) {
      throw StoreException.because("Removing the checkpoints of the unit " + key, e);
    }
  }

  private static String checkpointsPath(String key) {
    PathSegment.require("unit key", key);
    return "checkpoints/" + key.substring(0, Math.min(2, key.length())) + "/" + key;
  }

  /** The folder in which a unit keeps its checkpoints, whichever attempt it belongs to. */
  public Path checkpoints(String unitKey) {
    workspace.prepare();
    try {
      return workspace.files().pull(checkpointsPath(unitKey));
    } catch (IOException e) {
      throw StoreException.because("Creating the folder of checkpoints of the unit " + unitKey, e);
    }
  }

  /** Makes the checkpoints that a unit has written outlive this machine. */
  public void keepCheckpoints(String unitKey) {
    try {
      workspace.files().push(checkpointsPath(unitKey));
    } catch (NoSuchFileException e) {
      // Another process has finished the unit and removed them.
      LOG.debug("The checkpoints of the unit {} are gone.", unitKey, e);
    } catch (IOException e) {
      throw StoreException.because("Keeping the checkpoints of the unit " + unitKey, e);
    }
  }
}
