package dev.sluice.pipelines.store;

import dev.sluice.pipelines.store.replies.ReplyCheck;
import dev.sluice.records.manifest.Manifest;
import dev.sluice.records.manifest.ModelFolder;
import dev.sluice.records.manifest.ShardFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Looks at every record of a workspace and at every file that a record lists: what is there and
 * cannot be read, and what is referred to and is not there. A file is told of once. Changes nothing
 * but by {@link #setAside}.
 */
public final class StoreCheck {
  private static final String MADE_ANEW =
      "the artifact is not found without it; 'sluice verify --repair' sets it aside, and the next run of its file rebuilds the artifact from finished units";

  private final Workspace workspace;
  private final FileStore files;
  private final ContentCheck check;
  private final Map<String, Finding> found = new TreeMap<>();
  private final Map<String, Manifest> whole = new TreeMap<>();
  private final Set<String> madeAnew = new HashSet<>();
  private long listed;
  private long bytes;

  StoreCheck(Workspace workspace, ContentCheck check) {
    this.workspace = workspace;
    this.files = workspace.files();
    this.check = check;
    marker();
    manifests();
    whole.forEach(this::artifact);
    units();
    leases();
    ReplyCheck.of(workspace).forEach(this::add);
  }

  /** Everything that is wrong, by path. */
  public Collection<Finding> findings() {
    return found.values();
  }

  /** How many artifacts were committed and have a whole manifest. */
  public int artifacts() {
    return whole.size();
  }

  /** How many files of tables and models the manifests list. */
  public long files() {
    return listed;
  }

  /** How long the files of the tables are. */
  public long bytes() {
    return bytes;
  }

  /** How many files were set aside and made anew by a newer attempt. */
  public int madeAnew() {
    return madeAnew.size();
  }

  /** Adds what somebody else found; what is known of the path already stays. */
  public void add(Finding finding) {
    found.putIfAbsent(finding.path(), finding);
  }

  /**
   * Notes that somebody refers to an attempt.
   *
   * @param who such as {@code the run x, stage 'y'}
   */
  public void refersTo(Attempt attempt, String who) {
    String path = attempt.folder() + "/" + ArtifactStore.MANIFEST;
    if (whole.containsKey(attempt.folder()) || found.containsKey(path)) {
      return;
    }
    if (hasNewer(attempt)) {
      madeAnew.add(path);
      return;
    }
    add(
        Finding.damaged(
            path,
            "is missing, and %s refers to it".formatted(who),
            "what the artifact held cannot be shown; 'sluice run' of its file recomputes it"));
  }

  /** Whether something was said of an attempt's manifest. */
  public boolean knows(Attempt attempt) {
    String path = attempt.folder() + "/" + ArtifactStore.MANIFEST;
    return found.containsKey(path) || madeAnew.contains(path);
  }

  /** Whether a file was set aside before. */
  private boolean isSetAside(String path) {
    int slash = path.lastIndexOf('/');
    if (slash < 0) {
      return false; // No file of a unit lies there.
    }
    String mark = path.substring(slash + 1) + ArtifactStore.DAMAGED;
    return names(path.substring(0, slash)).stream().anyMatch(name -> name.startsWith(mark));
  }

  private boolean hasNewer(Attempt attempt) {
    String parent = Attempt.folder(attempt.stageType(), attempt.fingerprint()) + "/";
    return whole.keySet().stream()
        .anyMatch(folder -> folder.startsWith(parent) && folder.compareTo(attempt.folder()) > 0);
  }

  private void marker() {
    SealedFile<Workspace.Marker> marker =
        SealedFile.read(workspace, Workspace.MARKER, Workspace.Marker.class);
    Optional<String> problem =
        marker.isAbsent() ? Optional.of("is missing from a workspace") : marker.problem();
    problem.ifPresent(
        what ->
            add(
                Finding.damaged(
                    Workspace.MARKER,
                    what,
                    "nothing else is affected; 'sluice verify --repair' writes it again")));
  }

  private void manifests() {
    for (String type : names("artifacts")) {
      for (String fingerprint : names("artifacts/" + type)) {
        for (String attempt : names("artifacts/" + type + "/" + fingerprint)) {
          manifest("artifacts/" + type + "/" + fingerprint + "/" + attempt);
        }
      }
    }
  }

  private void manifest(String folder) {
    if (Attempt.at(folder).isEmpty()) {
      return; // Somebody else's file.
    }
    String path = folder + "/" + ArtifactStore.MANIFEST;
    SealedFile<Manifest> file = SealedFile.read(workspace, path, Manifest.class);
    file =
        file.unless(
            file.content().filter(one -> !ArtifactStore.folder(one).equals(folder)).isPresent(),
            "is the manifest of another artifact");
    file.content().ifPresent(manifest -> whole.put(folder, manifest));
    file.problem().ifPresent(what -> add(Finding.damaged(path, what, MADE_ANEW)));
  }

  private void artifact(String folder, Manifest manifest) {
    Optional<ModelFolder> model = Optional.ofNullable(manifest.model());
    listed += manifest.shards().size() + model.map(one -> one.files().size()).orElse(0);
    bytes += manifest.shards().stream().mapToLong(ShardFile::bytes).sum();
    Attempt attempt = Attempt.at(folder).orElseThrow();
    for (Damage damage : damages(manifest.shards(), model)) {
      if (damage.missing() && hasNewerComplete(attempt)) {
        madeAnew.add(damage.path());
        continue;
      }
      add(Finding.of(damage, manifest.stage()));
    }
    manifest
        .inputs()
        .values()
        .forEach(
            input ->
                refersTo(
                    new Attempt(input.stageType(), input.fingerprint(), input.attempt()),
                    "the artifact %s, which was made of it,".formatted(folder)));
    for (Manifest.UnitEntry unit : manifest.units()) {
      SealedFile<UnitRecord> record =
          SealedFile.read(workspace, UnitRecord.path(unit.key()), UnitRecord.class);
      record.problem().ifPresent(what -> unit(UnitRecord.path(unit.key()), what));
      if (record.isAbsent()) {
        add(
            Finding.note(
                UnitRecord.path(unit.key()),
                "is missing, and the artifact %s lists the unit".formatted(folder),
                "the artifact is whole without it; a run that would grow from the unit does it again"));
      }
    }
  }

  private boolean hasNewerComplete(Attempt attempt) {
    return whole.entrySet().stream()
        .filter(
            each ->
                each.getKey()
                    .startsWith(Attempt.folder(attempt.stageType(), attempt.fingerprint()) + "/"))
        .anyMatch(each -> present(each.getValue()));
  }

  private boolean present(Manifest manifest) {
    try {
      return check.present(manifest.shards(), Optional.ofNullable(manifest.model()));
    } catch (IOException e) {
      return false;
    }
  }

  private List<Damage> damages(List<ShardFile> tables, Optional<ModelFolder> model) {
    List<Damage> damages = new ArrayList<>();
    try {
      check.forget(tables, model);
      for (ShardFile table : tables) {
        damages.addAll(damages(table.path(), List.of(table), Optional.empty()));
      }
      if (model.isPresent()) {
        damages.addAll(damages(model.get().path(), List.of(), model));
      }
    } catch (IOException e) {
      add(unreadable(tables.isEmpty() ? "artifacts" : tables.get(0).path(), e));
    }
    return damages;
  }

  private List<Damage> damages(String path, List<ShardFile> tables, Optional<ModelFolder> model) {
    try {
      return check.damages(tables, model);
    } catch (IOException e) {
      add(unreadable(path, e));
      return List.of();
    }
  }

  private static Finding unreadable(String path, IOException e) {
    return Finding.lost(
        path,
        "cannot be read (" + StoreException.reason(e) + ")",
        "give this user the right to read it, or look at the disk; then 'sluice verify' again");
  }

  private void units() {
    for (String path : below("units")) {
      if (!path.endsWith(".json")) {
        continue;
      }
      SealedFile<UnitRecord> file = SealedFile.read(workspace, path, UnitRecord.class);
      file =
          file.unless(
              file.content().filter(unit -> !UnitRecord.path(unit.key()).equals(path)).isPresent(),
              "is the record of another unit");
      file.problem().ifPresent(what -> unit(path, what));
      file.content().ifPresent(this::unit);
    }
  }

  private void unit(String path, String problem) {
    add(
        Finding.damaged(
            path,
            problem,
            "the unit counts as not finished; 'sluice verify --repair' sets the record aside, and a run that needs the unit does it again"));
  }

  private void unit(UnitRecord unit) {
    for (Damage damage : damages(unit.tables(), Optional.ofNullable(unit.model()))) {
      // Models of units may be let go, and what was set aside is known.
      boolean gone =
          damage.missing()
              && (unit.tables().stream().noneMatch(table -> table.path().equals(damage.path()))
                  || isSetAside(damage.path()));
      if (!gone) {
        add(
            Finding.of(
                damage,
                unit.stageType(),
                " (unit " + unit.name() + " of " + unit.stageType() + ")",
                "the unit counts as not finished; 'sluice verify --repair' sets the file aside, and a run that needs the unit does it again"));
      }
    }
  }

  private void leases() {
    for (String path : below("leases")) {
      SealedFile.read(workspace, path, Lease.class)
          .problem()
          .ifPresent(
              what ->
                  add(
                      Finding.damaged(
                          path,
                          what,
                          "the unit counts as free; 'sluice verify --repair' sets the lease aside")));
    }
  }

  private List<String> below(String folder) {
    try {
      return files.tree(folder).stream()
          .map(StoredFile::path)
          .filter(path -> !path.contains(LocalFileStore.TEMPORARY))
          .filter(path -> !path.contains(ArtifactStore.DAMAGED))
          .toList();
    } catch (IOException e) {
      add(unreadable(folder, e));
      return List.of();
    }
  }

  private List<String> names(String folder) {
    try {
      return files.list(folder);
    } catch (IOException e) {
      add(unreadable(folder, e));
      return List.of();
    }
  }

  /**
   * Mends what can be: writes the marker again, and sets what is damaged aside.
   *
   * @return how many files there were
   */
  public int setAside() {
    int done = 0;
    for (Finding finding : found.values()) {
      if (finding.kind() == Finding.Kind.DAMAGED) {
        if (finding.path().equals(Workspace.MARKER)) {
          workspace.mark();
        } else {
          workspace.setAside(finding.path());
        }
        done++;
      }
    }
    return done;
  }
}
