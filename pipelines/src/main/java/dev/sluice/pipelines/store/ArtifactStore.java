package dev.sluice.pipelines.store;

import dev.sluice.pipelines.process.WorkerProcess;
import dev.sluice.pipelines.store.gc.GarbageCollector;
import dev.sluice.pipelines.store.replies.ResponseCache;
import dev.sluice.pipelines.store.replies.ResponseCaches;
import dev.sluice.records.manifest.Manifest;
import dev.sluice.records.manifest.ModelFolder;
import dev.sluice.records.manifest.ShardFile;
import dev.sluice.records.parquet.Table;
import dev.sluice.records.parquet.TableReader;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Artifacts and finished units of a workspace. Everything is written under names of its own and
 * counts only once a small record names it: the manifest for an artifact, the unit record for a
 * unit. So neither locks nor exclusive creates are needed, and any number of processes may work in
 * one workspace. Travels to workers by its path; safe for many threads.
 */
public final class ArtifactStore implements Serializable {
  public static final String MANIFEST = "manifest.json";
  public static final String DAMAGED = ".damaged-";

  private final String root;
  private final transient Workspace workspace;
  private final transient FileStore files;
  private final transient ContentCheck check;
  private final transient UnitStore units;
  private final transient Leases leases;
  private final transient ResponseCaches responses;

  /** The artifacts of a workspace; nothing is looked at. */
  public ArtifactStore(Workspace workspace) {
    this.workspace = workspace;
    this.root = workspace.name();
    this.files = workspace.files();
    WorkerProcess process = WorkerProcess.current();
    this.check = new ContentCheck(files, process.verifiedFiles());
    this.units = new UnitStore(workspace, check);
    this.leases = new Leases(workspace, process.leases());
    this.responses = process.responses();
  }

  private Object readResolve() {
    return new ArtifactStore(Workspace.at(root));
  }

  /**
   * Opens a workspace. Nothing is written before it is first used.
   *
   * @throws StoreException if the folder holds something else
   */
  public static ArtifactStore open(Workspace workspace) {
    ArtifactStore store = new ArtifactStore(workspace);
    workspace.check();
    return store;
  }

  /** The same for a folder of this machine. */
  public static ArtifactStore open(Path folder) {
    return open(Workspace.of(folder));
  }

  /**
   * The same for a look at what is wrong: a workspace that lost its marker is taken for one.
   *
   * @throws StoreException if the folder holds something else
   */
  public static ArtifactStore openDamaged(Workspace workspace) {
    ArtifactStore store = new ArtifactStore(workspace);
    if (!workspace.lostItsMarker()) {
      workspace.check();
    }
    return store;
  }

  /** The workspace that contains a local file or folder. */
  public static ArtifactStore around(Path place) {
    Path start = place.toAbsolutePath().normalize();
    for (Path folder = start; folder != null; folder = folder.getParent()) {
      if (Files.isRegularFile(folder.resolve(Workspace.MARKER))) {
        return open(folder);
      }
    }
    throw new StoreException(
        "%s is not in a workspace: no parent folder contains a file %s."
            .formatted(start, Workspace.MARKER));
  }

  /** The artifact of an attempt, by its folder in a local workspace. */
  public static Artifact artifactAt(Path folder) {
    Workspace workspace = around(folder).workspace();
    Path path = workspace.localFolder().relativize(folder.toAbsolutePath().normalize());
    return artifactAt(workspace.file(path.toString().replace('\\', '/')));
  }

  /** The artifact of an attempt, by its folder. */
  public static Artifact artifactAt(WorkspacePath folder) {
    if (Attempt.at(folder.path()).isEmpty()) {
      throw new StoreException(
          "%s is no artifact: it holds no whole %s, so it was never finished."
              .formatted(folder, MANIFEST));
    }
    return open(folder.workspace()).artifact(folder.path());
  }

  /**
   * An artifact by its folder, relative to the workspace.
   *
   * @throws StoreException if its manifest is missing or not whole
   */
  private Artifact artifact(String folder) {
    return manifest(folder)
        .map(this::artifact)
        .orElseThrow(
            () ->
                new StoreException(
                    "%s is no whole artifact: its %s %s. 'sluice verify' shows what else is wrong; 'sluice run' of its file rebuilds it from finished units."
                        .formatted(
                            workspace.file(folder),
                            MANIFEST,
                            SealedFile.read(workspace, folder + "/" + MANIFEST, Manifest.class)
                                .problem()
                                .orElse("is not there, so it was never finished or was removed"))));
  }

  /** The workspace. */
  public Workspace workspace() {
    return workspace;
  }

  /** The finished units of work. */
  public UnitStore units() {
    return units;
  }

  /** Replies of servers, kept for all runs. */
  public ResponseCache responses() {
    return responses.of(workspace);
  }

  /** Removes what no run needs. */
  public GarbageCollector garbageCollector() {
    return new GarbageCollector(workspace, leases);
  }

  /** Who is at work on which unit. */
  public Leases leases() {
    return leases;
  }

  /**
   * Makes the folder a workspace if it is none yet.
   *
   * @throws StoreException if the folder holds something else or cannot be written
   */
  public void prepare() {
    workspace.prepare();
  }

  /**
   * Begins an attempt at an artifact.
   *
   * @param now when; the attempt sorts behind those that are there even if they say they are later
   */
  public Attempt newAttempt(String stageType, String fingerprint, Instant now) {
    prepare();
    return Attempt.begin(
        stageType, fingerprint, now, workspace.list(Attempt.folder(stageType, fingerprint)));
  }

  /**
   * The newest complete artifact: its manifest is whole, and its files are there with the right
   * lengths. Their content is checked when they are opened.
   */
  public Optional<Artifact> find(String stageType, String fingerprint) {
    String parent = Attempt.folder(stageType, fingerprint);
    List<String> attempts = workspace.list(parent);
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
    return !workspace.list(Attempt.folder(stageType, fingerprint)).isEmpty();
  }

  /** Whether there are other attempts at the same artifact, complete or not. */
  public boolean hasRivals(Attempt attempt) {
    return workspace.list(Attempt.folder(attempt.stageType(), attempt.fingerprint())).stream()
        .anyMatch(name -> !name.equals(attempt.name()));
  }

  /** Every complete artifact, by stage type, fingerprint and attempt. */
  public List<Artifact> all() {
    return folders().stream().flatMap(folder -> complete(folder).stream()).toList();
  }

  /** Every artifact that was committed, whether or not its files are still what they were. */
  public List<Artifact> committed() {
    return folders().stream()
        .flatMap(folder -> manifest(folder).map(this::artifact).stream())
        .toList();
  }

  /** What an input reads, if it is still there. */
  public Optional<Artifact> source(Manifest.Input input) {
    return manifest(folder(input)).map(this::artifact);
  }

  /**
   * What an input reads.
   *
   * @throws StoreException if it is no longer there, or its manifest is not whole
   */
  public Artifact origin(Manifest.Input input) {
    return artifact(folder(input));
  }

  private static String folder(Manifest.Input input) {
    return new Attempt(input.stageType(), input.fingerprint(), input.attempt()).folder();
  }

  /**
   * Manifests of attempts that are there and not whole, of those newer than the artifact that was
   * found in their stead.
   */
  public List<Damage> unreadable(String stageType, String fingerprint, Optional<Artifact> found) {
    String parent = Attempt.folder(stageType, fingerprint);
    String newest = found.map(artifact -> artifact.attempt().name()).orElse("");
    List<Damage> unreadable = new ArrayList<>();
    for (String attempt : workspace.list(parent)) {
      if (attempt.compareTo(newest) > 0) {
        String path = parent + "/" + attempt + "/" + MANIFEST;
        SealedFile.read(workspace, path, Manifest.class)
            .problem()
            .ifPresent(
                what -> unreadable.add(new Damage(path, "a whole manifest", "one that " + what)));
      }
    }
    return unreadable;
  }

  /** Every attempt that was committed, its manifest unread. */
  public List<Attempt> attempts() {
    return folders().stream()
        .filter(folder -> workspace.holds(folder + "/" + MANIFEST))
        .flatMap(folder -> Attempt.at(folder).stream())
        .toList();
  }

  /** The latest time that an attempt or a kept reply was given; empty if there is none. */
  public Optional<Instant> latest() {
    return Stream.concat(
            folders().stream()
                .flatMap(folder -> Attempt.at(folder).stream())
                .flatMap(attempt -> attempt.began().stream()),
            responses().latest().stream())
        .max(Instant::compareTo);
  }

  /** Looks at every record and every file that one lists. */
  public StoreCheck check() {
    return new StoreCheck(workspace, check);
  }

  /** The artifact of an attempt, whether or not its files are still what they were. */
  public Optional<Artifact> committed(Attempt attempt) {
    return manifest(attempt.folder()).map(this::artifact);
  }

  private List<String> folders() {
    try {
      return files.list("artifacts", 3);
    } catch (IOException e) {
      throw StoreException.because("Listing artifacts", e);
    }
  }

  private Optional<Artifact> complete(String folder) {
    Optional<Manifest> manifest = manifest(folder);
    try {
      return manifest.isPresent()
              && check.present(manifest.get().shards(), Optional.ofNullable(manifest.get().model()))
          ? manifest.map(this::artifact)
          : Optional.empty();
    } catch (IOException e) {
      throw StoreException.because("Looking for the files of " + folder, e);
    }
  }

  private Artifact artifact(Manifest manifest) {
    return new Artifact(workspace, manifest);
  }

  private Optional<Manifest> manifest(String folder) {
    String path = folder + "/" + MANIFEST;
    return workspace
        .readIfThere(path)
        .flatMap(json -> Manifest.read(json, path))
        .filter(manifest -> folder.equals(folder(manifest)));
  }

  /** The folder that an artifact must lie in. */
  public static String folder(Manifest manifest) {
    return Attempt.folder(manifest.stageType(), manifest.fingerprint()) + "/" + manifest.attempt();
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
            "The artifact %s cannot be committed: a file that it lists is missing or has another length. Run again to recompute it."
                .formatted(attempt.folder()));
      }
      files.write(path, manifest.toJson().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw StoreException.because("Committing the artifact " + attempt.folder(), e);
    }
    return artifact(manifest);
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

  /**
   * Copies an artifact and all that it was made of to this machine, for programs that read files;
   * there is nothing to do where the workspace is a folder.
   */
  public void bringHere(Artifact artifact) {
    try {
      Deque<Artifact> left = new ArrayDeque<>(List.of(artifact));
      Set<WorkspacePath> seen = new HashSet<>();
      while (!left.isEmpty()) {
        Artifact next = left.pop();
        if (seen.add(next.folder())) {
          Path unused = files.fetch(next.attempt().folder() + "/" + MANIFEST);
          check.fetch(next.manifest().shards(), next.model());
          next.manifest().inputs().values().forEach(input -> source(input).ifPresent(left::push));
        }
      }
    } catch (IOException e) {
      throw StoreException.because("Fetching the artifact " + artifact.attempt().folder(), e);
    }
  }

  private void refuse(Damage damage) {
    throw new DamagedFileException(workspace, damage);
  }

  /** Every file of the artifact that is not what its manifest says. */
  public List<Damage> verify(Artifact artifact) {
    Manifest manifest = artifact.manifest();
    try {
      check.forget(manifest.shards(), Optional.ofNullable(manifest.model()));
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
    workspace.setAside(damage.path());
  }

  /** Whether a file is gone, lost or set aside, and another attempt at its artifact is whole. */
  public boolean isMadeAnew(Artifact artifact, Damage damage) {
    return damage.missing()
        && find(artifact.manifest().stageType(), artifact.manifest().fingerprint()).isPresent();
  }

  /**
   * Removes the files of a model that no artifact lists; the unit that made it stays finished. An
   * artifact that is committed at this very moment and lists it is found incomplete later, and is
   * made again.
   *
   * @param stageType type of the stage that made it
   */
  public void release(String stageType, ModelFolder model) {
    if (!workspace.holds(model.path()) || listed(stageType, model.path())) {
      return;
    }
    try {
      files.delete(model.path());
    } catch (IOException e) {
      throw StoreException.because("Removing the model " + model.path(), e);
    }
  }

  private boolean listed(String stageType, String path) {
    String type = "artifacts/" + stageType;
    for (String fingerprint : workspace.list(type)) {
      for (String attempt : workspace.list(type + "/" + fingerprint)) {
        Optional<ModelFolder> model =
            manifest(type + "/" + fingerprint + "/" + attempt).map(Manifest::model);
        if (model.isPresent() && model.get().path().equals(path)) {
          return true;
        }
      }
    }
    return false;
  }
}
