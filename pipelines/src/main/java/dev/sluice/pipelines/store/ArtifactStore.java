package dev.sluice.pipelines.store;

import dev.sluice.records.Manifest;
import dev.sluice.records.ModelFolder;
import dev.sluice.records.SealedJson;
import dev.sluice.records.ShardFile;
import dev.sluice.records.Table;
import dev.sluice.records.TableReader;
import dev.sluice.stages.UnitResult;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Artifacts and finished units of a workspace. Everything is written under names of its own and
 * counts only once a small record names it: the manifest for an artifact, the unit record for a
 * unit. So neither locks nor exclusive creates are needed, and any number of processes may work in
 * one workspace. Travels to workers by its path; safe for many threads.
 */
public final class ArtifactStore implements Serializable {
  /** Name of the file that makes a folder a workspace. */
  public static final String MARKER = "sluice-workspace.json";

  private static final String MANIFEST = "manifest.json";

  private final String root;
  private final transient FileStore files;
  private final transient ContentCheck check;

  private ArtifactStore(Path workspace) {
    this(workspace, new LocalFileStore(workspace));
  }

  ArtifactStore(Path workspace, FileStore files) {
    this.root = workspace.toAbsolutePath().normalize().toString();
    this.files = files;
    this.check = new ContentCheck(files);
  }

  private Object readResolve() {
    return new ArtifactStore(Path.of(root));
  }

  /** What the marker file says. */
  record Marker(int formatVersion, String kind) {}

  /**
   * Opens a workspace. Nothing is written before it is first used.
   *
   * @throws StoreException if the folder holds something else
   */
  public static ArtifactStore open(Path workspace) {
    ArtifactStore store = new ArtifactStore(workspace);
    try {
      store.hasMarker();
    } catch (IOException e) {
      throw StoreException.because("Looking into the workspace " + store.root, e);
    }
    return store;
  }

  /** The workspace that a file or folder lies in. */
  public static ArtifactStore around(Path place) {
    Path start = place.toAbsolutePath().normalize();
    for (Path folder = start; folder != null; folder = folder.getParent()) {
      if (Files.isRegularFile(folder.resolve(MARKER))) {
        return open(folder);
      }
    }
    throw new StoreException(
        "%s lies in no workspace: no folder above it holds a file %s.".formatted(start, MARKER));
  }

  /** The artifact in the folder of an attempt, wherever its workspace is. */
  public static Artifact artifactAt(Path folder) {
    Path attempt = folder.toAbsolutePath().normalize();
    ArtifactStore store = around(attempt);
    String path = store.workspace().relativize(attempt).toString().replace('\\', '/');
    return store
        .manifest(path)
        .map(manifest -> store.artifact(path, manifest))
        .orElseThrow(
            () ->
                new StoreException(
                    "%s is no artifact: it holds no whole %s, so it was never finished."
                        .formatted(attempt, MANIFEST)));
  }

  /** The workspace's folder, absolute. */
  public Path workspace() {
    return Path.of(root);
  }

  /**
   * Makes the folder a workspace if it is none yet.
   *
   * @throws StoreException if the folder holds something else or cannot be written
   */
  public void prepare() {
    try {
      if (!hasMarker()) {
        files.write(
            MARKER,
            SealedJson.write(new Marker(SealedJson.FORMAT_VERSION, "sluice workspace"))
                .getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw StoreException.because("Creating the workspace " + root, e);
    }
  }

  /** Whether the marker is there and whole; a folder that holds something else is refused. */
  private boolean hasMarker() throws IOException {
    if (files.size(MARKER) >= 0) {
      // A damaged marker still marks; it is written again at the next use.
      return SealedJson.read(files.read(MARKER), root + "/" + MARKER, Marker.class).isPresent();
    }
    if (Files.exists(workspace()) && !Files.isDirectory(workspace())) {
      throw new StoreException(
          "%s is a file; a workspace is a folder. Name another with --workspace.".formatted(root));
    }
    if (!files.list("").isEmpty()) {
      throw new StoreException(
          "The folder %s is not empty and is no workspace (it holds no %s); nothing was written. Name an empty or new folder with --workspace."
              .formatted(root, MARKER));
    }
    return false;
  }

  /** Begins an attempt at an artifact. */
  public Attempt newAttempt(String stageType, String fingerprint) {
    prepare();
    return Attempt.begin(
        stageType, fingerprint, Instant.now(), list(Attempt.folder(stageType, fingerprint)));
  }

  /**
   * The newest complete artifact: its manifest is whole, and its files are there with the right
   * lengths. Their content is checked when they are opened.
   */
  public Optional<Artifact> find(String stageType, String fingerprint) {
    String parent = Attempt.folder(stageType, fingerprint);
    List<String> attempts = list(parent);
    for (int i = attempts.size() - 1; i >= 0; i--) {
      Optional<Artifact> artifact = complete(parent + "/" + attempts.get(i));
      if (artifact.isPresent()) {
        return artifact;
      }
    }
    return Optional.empty();
  }

  /** Whether an attempt was begun, complete or not. */
  public boolean begun(String stageType, String fingerprint) {
    return !list(Attempt.folder(stageType, fingerprint)).isEmpty();
  }

  /** Every complete artifact, by stage type, fingerprint and attempt. */
  public List<Artifact> all() {
    List<Artifact> all = new ArrayList<>();
    for (String type : list("artifacts")) {
      for (String fingerprint : list("artifacts/" + type)) {
        for (String attempt : list("artifacts/" + type + "/" + fingerprint)) {
          complete("artifacts/" + type + "/" + fingerprint + "/" + attempt).ifPresent(all::add);
        }
      }
    }
    return all;
  }

  private Optional<Artifact> complete(String folder) {
    Optional<Manifest> manifest = manifest(folder);
    try {
      return manifest.isPresent()
              && check.present(manifest.get().shards(), Optional.ofNullable(manifest.get().model()))
          ? Optional.of(artifact(folder, manifest.get()))
          : Optional.empty();
    } catch (IOException e) {
      throw StoreException.because("Looking for the files of " + folder, e);
    }
  }

  private Artifact artifact(String folder, Manifest manifest) {
    return new Artifact(workspace(), workspace().resolve(folder), manifest);
  }

  private Optional<Manifest> manifest(String folder) {
    String path = folder + "/" + MANIFEST;
    return readIfThere(path)
        .flatMap(json -> Manifest.read(json, path))
        .filter(
            manifest ->
                folder.equals(
                    Attempt.folder(manifest.stageType(), manifest.fingerprint())
                        + "/"
                        + manifest.attempt()));
  }

  /**
   * Commits an attempt: writes its manifest, last of all.
   *
   * @throws StoreException if a file that it lists is missing or has another length
   */
  public Artifact commit(Attempt attempt, Manifest manifest) {
    if (!attempt.equals(
        new Attempt(manifest.stageType(), manifest.fingerprint(), manifest.attempt()))) {
      throw new IllegalArgumentException(
          "The manifest is of another attempt than %s.".formatted(attempt.folder()));
    }
    String path = attempt.folder() + "/" + MANIFEST;
    try {
      if (files.size(path) >= 0) {
        throw new IllegalStateException(
            "The attempt %s is committed already.".formatted(attempt.folder()));
      }
      if (!check.present(manifest.shards(), Optional.ofNullable(manifest.model()))) {
        throw new StoreException(
            "The artifact %s cannot be committed: a file that it lists is missing or has another length. Run again to make it anew."
                .formatted(attempt.folder()));
      }
      files.write(path, manifest.toJson().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw StoreException.because("Committing the artifact " + attempt.folder(), e);
    }
    return artifact(attempt.folder(), manifest);
  }

  /** A finished unit whose files are whole, their content included; a damaged one is not found. */
  public Optional<UnitResult> findUnit(String key) {
    return unit(key)
        .filter(
            unit -> {
              try {
                return check.damages(unit.tables(), Optional.ofNullable(unit.model())).isEmpty();
              } catch (IOException e) {
                throw StoreException.because("Reading the files of the unit " + key, e);
              }
            })
        .map(UnitRecord::reused);
  }

  /** Whether a unit was finished and its files are there with the right lengths: for plans. */
  public boolean hasUnit(String key) {
    return unit(key)
        .filter(
            unit -> {
              try {
                return check.present(unit.tables(), Optional.ofNullable(unit.model()));
              } catch (IOException e) {
                throw StoreException.because("Looking for the files of the unit " + key, e);
              }
            })
        .isPresent();
  }

  private Optional<UnitRecord> unit(String key) {
    String path = UnitRecord.path(key);
    return readIfThere(path)
        .flatMap(json -> SealedJson.read(json, path, UnitRecord.class))
        .filter(unit -> unit.key().equals(key));
  }

  /** Begins to write what a unit leaves. */
  public UnitOutput beginUnit(Attempt attempt, String key, String name) {
    return beginUnit(attempt, key, name, Map.of());
  }

  /**
   * The same with more to say in the footers of its files.
   *
   * @param footer such as {@code sluice.seed} and {@code sluice.version}
   */
  public UnitOutput beginUnit(
      Attempt attempt, String key, String name, Map<String, String> footer) {
    Attempt.requireSegment("unit key", key);
    return new UnitOutput(files, attempt, key, name, footer);
  }

  /** All rows of a shard, after its content was checked. */
  public <R extends Record> List<R> read(ShardFile shard, Table<R> table, Set<String> without) {
    return TableReader.readAll(file(shard), table, without);
  }

  /** The rows of a shard one after another, after its content was checked. */
  public <R extends Record> void forEach(
      ShardFile shard, Table<R> table, Set<String> without, Consumer<R> consumer) {
    TableReader.forEach(file(shard), table, without, consumer);
  }

  /**
   * The place of a shard's file, after its content was checked.
   *
   * @throws DamagedFileException if it is not what was written
   */
  public Path file(ShardFile shard) {
    try {
      check.damage(shard).ifPresent(this::refuse);
      return files.local(shard.path());
    } catch (IOException e) {
      throw StoreException.because("Reading the file " + shard.path(), e);
    }
  }

  /**
   * The place of a model's folder, after the content of its files was checked.
   *
   * @throws DamagedFileException if one is not what was written
   */
  public Path folder(ModelFolder model) {
    try {
      check.damages(List.of(), Optional.of(model)).forEach(this::refuse);
      return files.local(model.path());
    } catch (IOException e) {
      throw StoreException.because("Reading the model " + model.path(), e);
    }
  }

  private void refuse(Damage damage) {
    throw new DamagedFileException(workspace(), damage);
  }

  /** Every file of the artifact that is not what its manifest says. */
  public List<Damage> verify(Artifact artifact) {
    Manifest manifest = artifact.manifest();
    try {
      return check.damages(manifest.shards(), Optional.ofNullable(manifest.model()));
    } catch (IOException e) {
      throw StoreException.because("Checking the artifact " + artifact.folder(), e);
    }
  }

  /**
   * Sets a damaged file aside under another name, so that neither the artifact nor the unit that
   * lists it is found again and the next run makes it anew.
   */
  public void setAside(Damage damage) {
    try {
      if (files.size(damage.path()) >= 0) {
        files.rename(damage.path(), damage.path() + ".damaged-" + Attempt.token());
      }
    } catch (IOException e) {
      throw StoreException.because("Setting the damaged file " + damage.path() + " aside", e);
    }
  }

  /** The folder in which a unit keeps its checkpoints, whichever attempt it belongs to. */
  public Path checkpoints(String unitKey) {
    Attempt.requireSegment("unit key", unitKey);
    prepare();
    String path = "checkpoints/" + unitKey.substring(0, Math.min(2, unitKey.length()));
    try {
      return files.folder(path + "/" + unitKey);
    } catch (IOException e) {
      throw StoreException.because("Creating the folder of checkpoints of the unit " + unitKey, e);
    }
  }

  private List<String> list(String folder) {
    try {
      return files.list(folder);
    } catch (IOException e) {
      throw StoreException.because("Listing the folder " + folder, e);
    }
  }

  private Optional<byte[]> readIfThere(String path) {
    try {
      return files.size(path) < 0 ? Optional.empty() : Optional.of(files.read(path));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw StoreException.because("Reading the file " + path, e);
    }
  }
}
