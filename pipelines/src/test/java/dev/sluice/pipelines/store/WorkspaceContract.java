package dev.sluice.pipelines.store;

import static dev.sluice.pipelines.store.StoreFixture.FINGERPRINT;
import static dev.sluice.pipelines.store.StoreFixture.TYPE;
import static dev.sluice.pipelines.store.StoreFixture.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.models.openai.Replies;
import dev.sluice.models.openai.wire.Reply;
import dev.sluice.pipelines.store.gc.GarbageCollector;
import dev.sluice.pipelines.store.gc.RunRoots;
import dev.sluice.pipelines.store.replies.ResponseCache;
import dev.sluice.pipelines.store.replies.ResponseCaches;
import dev.sluice.records.Problem;
import dev.sluice.records.manifest.ModelFolder;
import dev.sluice.records.manifest.ShardFile;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.UnitResult;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds in a workspace on every file system. */
abstract class WorkspaceContract {

  /** The workspace as this machine sees it; new for each test. */
  abstract Workspace here();

  /** The same workspace as another machine sees it. */
  abstract Workspace there();

  /** Flips a byte of a file where the workspace is. */
  abstract void damage(String path) throws IOException;

  /** As long after what was done that lists show it. */
  abstract void later();

  private ArtifactStore store() {
    return ArtifactStore.open(here());
  }

  private ArtifactStore other() {
    return ArtifactStore.open(there());
  }

  @Test
  void whatOneMachineCommitsAnotherFindsAndReads() {
    Artifact artifact = StoreFixture.stage(store(), 3);
    later();
    Artifact found = other().find(TYPE, FINGERPRINT).orElseThrow();
    assertThat(found.manifest()).isEqualTo(artifact.manifest());
    assertThat(other().all()).containsExactly(found);
    assertThat(other().attempts()).containsExactly(artifact.attempt());
    assertThat(other().verify(found)).isEmpty();
    List<Problem> rows = new ArrayList<>();
    for (ShardFile shard : found.shards("problems")) {
      rows.addAll(other().read(shard, Tables.PROBLEMS, Set.of()));
    }
    assertThat(rows)
        .isEqualTo(Stream.of(0, 1, 2).flatMap(unit -> StoreFixture.rows(unit).stream()).toList());
    assertThat(other().folder(found.model().orElseThrow()).resolve("config.json"))
        .hasContent("{\"hidden_size\": 8}");
  }

  @Test
  void whatAnAttemptIsNamedNeedsNoList() {
    Artifact artifact = StoreFixture.stage(store(), 2);
    assertThat(other().committed(artifact.attempt()).orElseThrow().manifest())
        .isEqualTo(artifact.manifest());
    UnitResult unit = other().units().find(key(1)).orElseThrow();
    assertThat(unit.reused()).isTrue();
    assertThat(unit.tables()).hasSize(2);
    assertThat(other().units().has(key(1))).isTrue();
    assertThat(other().units().has(key(7))).isFalse();
    assertThat(other().units().find(key(7))).isEmpty();
  }

  @Test
  void checkTellsOfRecordsThatCannotBeRead() throws IOException {
    Artifact artifact = StoreFixture.stage(store(), 2);
    later();
    assertThat(other().check().findings()).isEmpty();
    String manifest = artifact.attempt().folder() + "/manifest.json";
    String unit = UnitRecord.path(key(1));
    damage(manifest);
    damage(unit);
    damage(Workspace.MARKER);
    later();
    StoreCheck check = other().check();
    assertThat(check.artifacts()).isZero();
    assertThat(check.findings())
        .extracting(Finding::path)
        .containsExactly(manifest, Workspace.MARKER, unit);
    assertThat(check.findings())
        .extracting(Finding::problem)
        .containsOnly("is damaged: its content is not what was written");
    assertThat(check.setAside()).isEqualTo(3);
    later();
    assertThat(other().check().findings()).isEmpty();
    assertThat(other().find(TYPE, FINGERPRINT)).isEmpty();
  }

  @Test
  void aStageBegunHereIsFinishedThere() {
    UnitResult first =
        StoreFixture.unit(store(), store().newAttempt(TYPE, FINGERPRINT, Instant.now()), 0, false);
    Artifact artifact = StoreFixture.stage(other(), 2);
    assertThat(artifact.manifest().shards()).containsAll(first.tables());
    assertThat(artifact.manifest().units().get(0).reused()).isTrue();
    assertThat(store().verify(artifact)).isEmpty();
  }

  @Test
  void repliesThatAreKeptHereAreFoundThere() {
    Replies writer = cache(here()).since(Instant.EPOCH);
    for (int i = 0; i < 20; i++) {
      writer.keep(Map.of("key" + i, reply(i))).join();
    }
    later();
    ResponseCache reader = cache(there());
    Replies first = reader.since(Instant.EPOCH);
    for (int i = 0; i < 20; i++) {
      assertThat(first.find("key" + i)).contains(reply(i));
    }
    // The segment grows, and its writer looks at it meanwhile.
    writer.keep(Map.of("key20", reply(20))).join();
    assertThat(cache(here()).since(Instant.EPOCH).find("key20")).contains(reply(20));
    writer.keep(Map.of("key21", reply(21))).join();
    later();
    Replies second = reader.since(Instant.EPOCH);
    assertThat(second.find("key20")).contains(reply(20));
    assertThat(second.find("key21")).contains(reply(21));
    assertThat(second.find("key22")).isEmpty();
  }

  /** As a process of its own has it. */
  private static ResponseCache cache(Workspace machine) {
    return new ResponseCaches().of(machine);
  }

  private static Reply reply(int i) {
    return new Reply("text " + i, "", true, i, i, List.of(), List.of());
  }

  @Test
  void anAbandonedUnitLeavesNothing() throws IOException {
    Attempt attempt = store().newAttempt(TYPE, FINGERPRINT, Instant.now());
    try (UnitOutput output = store().units().begin(attempt, key(0), "00000")) {
      StoreFixture.write(output, 0, true);
    }
    later();
    assertThat(other().units().find(key(0))).isEmpty();
    assertThat(here().files().tree("artifacts")).isEmpty();
  }

  @Test
  void aDamagedFileIsFoundNotReadAndMadeAnew() throws IOException {
    Artifact artifact = StoreFixture.stage(store(), 2);
    ShardFile shard = artifact.shards("problems").get(0);
    damage(shard.path());

    assertThatThrownBy(() -> other().read(shard, Tables.PROBLEMS, Set.of()))
        .isInstanceOf(DamagedFileException.class)
        .hasMessageContaining("is damaged: expected sha256 " + shard.sha256());
    // Whoever has a good copy verifies what lies in the workspace all the same.
    List<Damage> damages = store().verify(artifact);
    assertThat(damages).extracting(Damage::path).containsExactly(shard.path());
    assertThat(store().units().find(key(0))).isEmpty();

    damages.forEach(store()::setAside);
    later();
    assertThat(store().find(TYPE, FINGERPRINT)).isEmpty();
    assertThat(here().files().list(artifact.attempt().folder()))
        .filteredOn(name -> name.contains(ArtifactStore.DAMAGED))
        .hasSize(1);
    Artifact again = StoreFixture.stage(store(), 2);
    assertThat(again.digest()).isEqualTo(artifact.digest());
    assertThat(other().verify(again)).isEmpty();
  }

  @Test
  void aModelThatIsLetGoLeavesItsUnit() {
    Attempt attempt = store().newAttempt(TYPE, FINGERPRINT, Instant.now());
    UnitResult made = StoreFixture.unit(store(), attempt, 0, true);
    ModelFolder model = Objects.requireNonNull(made.model());
    later();
    store().release(TYPE, model);
    later();
    assertThat(other().units().find(key(0)).orElseThrow().model()).isEqualTo(model.withoutFiles());
  }

  @Test
  void aLeaseIsSeenElsewhere() {
    store().prepare();
    try (Leases.Taken taken = store().leases().take(key(0), "run-1").orElseThrow()) {
      assertThat(taken).isNotNull();
      assertThat(other().leases().holder(key(0)))
          .hasValueSatisfying(who -> assertThat(who).contains("run-1"));
      assertThat(other().leases().take(key(0), "run-2")).isEmpty();
      later();
      assertThat(other().leases().atWork()).containsEntry(key(0), "run-1");
    }
    assertThat(other().leases().holder(key(0))).isEmpty();
  }

  @Test
  void checkpointsGoOnElsewhere() throws IOException {
    Path mine = store().units().checkpoints(key(0));
    Path step = Files.createDirectories(mine.resolve("me/step-00000002"));
    Files.writeString(step.resolve("weights"), "2");
    store().units().keepCheckpoints(key(0));
    Path next = Files.createDirectories(mine.resolve("me/step-00000004"));
    Files.writeString(next.resolve("weights"), "4");
    Files.delete(step.resolve("weights"));
    Files.delete(step);
    Files.writeString(
        Files.createDirectories(mine.resolve("me/step-00000006.tmp")).resolve("w"), "");
    store().units().keepCheckpoints(key(0));

    later();
    Path theirs = other().units().checkpoints(key(0));
    assertThat(theirs.resolve("me/step-00000004/weights")).hasContent("4");
    assertThat(theirs.resolve("me/step-00000002/weights")).doesNotExist();
    other().units().dropCheckpoints(key(0));
    later();
    assertThat(here().files().tree("checkpoints")).isEmpty();
  }

  @Test
  void theCollectorLeavesWhatKeptRunsReach() throws IOException {
    Artifact kept = StoreFixture.stage(store(), 2);
    Attempt lost = store().newAttempt(TYPE, "lost", Instant.now());
    UnitResult orphan = StoreFixture.unit(store(), lost, 3, false);
    // Nothing is younger than the collector's margin where there is one.
    GarbageCollector collector = other().garbageCollector();
    GarbageCollector.Scope scope =
        new GarbageCollector.Scope(
            List.of(new RunRoots(Set.of(kept.attempt()), Set.of(), Set.of(), true)),
            Set.of(),
            Optional.empty());
    assertThat(collector.remove(collector.find(scope))).isTrue();
    assertThat(store().verify(kept)).isEmpty();
    assertThat(store().units().has(key(0))).isTrue();
    later();
    boolean unused = collector.remove(collector.find(scope));
    assertThat(store().verify(kept)).isEmpty();
    assertThat(store().units().has(key(0))).isTrue();
    if (here().files().late().isZero() || oldEnough()) {
      assertThat(store().units().has(key(3))).isFalse();
      assertThat(here().files().size(orphan.tables().get(0).path())).isEqualTo(-1);
    } else {
      assertThat(store().units().has(key(3))).isTrue();
    }
  }

  /** Whether what a test writes counts as older than the margin of the collector. */
  boolean oldEnough() {
    return false;
  }

  @Test
  void aStoreTravelsByTheNameOfItsWorkspace() throws Exception {
    Artifact artifact = StoreFixture.stage(store(), 1);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(store());
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      ArtifactStore travelled = (ArtifactStore) in.readObject();
      assertThat(travelled.committed(artifact.attempt())).isPresent();
    }
  }

  @Test
  void foreignPlacesAreRefusedBeforeAnythingIsWritten() throws IOException {
    FileStore files = here().files();
    files.write("thesis.txt", "all my work".getBytes(StandardCharsets.UTF_8));
    later();
    assertThatThrownBy(this::store)
        .isInstanceOf(StoreException.class)
        .hasMessage(
            "The folder %s is not empty and is no workspace (it holds no sluice-workspace.json); nothing was written. Name an empty or new folder with --workspace."
                .formatted(here()));
    assertThat(files.list("")).containsExactly("thesis.txt");
  }

  @Test
  void pathsOutOfTheWorkspaceAreRefused() {
    FileStore files = here().files();
    assertThatThrownBy(() -> files.read("../elsewhere"))
        .isInstanceOf(IOException.class)
        .hasMessage("The path '../elsewhere' leads out of the workspace.");
    for (String path : List.of("a\0b", "\0", "artifacts/\0", "a/\0/b", "../\0")) {
      assertThatThrownBy(() -> files.size(path))
          .isInstanceOf(IOException.class)
          .hasMessage("The path '%s' holds a NUL character.".formatted(path));
    }
  }
}
