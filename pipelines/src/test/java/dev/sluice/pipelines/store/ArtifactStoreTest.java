package dev.sluice.pipelines.store;

import static dev.sluice.pipelines.store.StoreFixture.FINGERPRINT;
import static dev.sluice.pipelines.store.StoreFixture.TYPE;
import static dev.sluice.pipelines.store.StoreFixture.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.records.Hashes;
import dev.sluice.records.Problem;
import dev.sluice.records.json.SealedJson;
import dev.sluice.records.manifest.ModelFolder;
import dev.sluice.records.manifest.ShardFile;
import dev.sluice.records.parquet.ParquetRows;
import dev.sluice.records.parquet.RowDigest;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.UnitResult;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactStoreTest {
  private final Path folder;
  private final ArtifactStore store;

  ArtifactStoreTest(@TempDir Path folder) {
    this.folder = folder.resolve("ws");
    this.store = ArtifactStore.open(this.folder);
  }

  @Test
  void artifactsAreFoundByTypeAndFingerprint() {
    assertThat(store.find(TYPE, FINGERPRINT)).isEmpty();
    Artifact artifact = StoreFixture.stage(store, 3);

    assertThat(store.find(TYPE, FINGERPRINT)).contains(artifact);
    assertThat(store.find(TYPE, "other")).isEmpty();
    assertThat(store.all()).containsExactly(artifact);
    assertThat(store.verify(artifact)).isEmpty();
    assertThat(artifact.rows()).isEqualTo(60);
    assertThat(artifact.folder().local())
        .isEqualTo(folder.resolve(artifact.attempt().folder()))
        .isDirectoryContaining(file -> file.endsWith("manifest.json"));
    List<Problem> rows = new ArrayList<>();
    for (ShardFile shard : artifact.shards("problems")) {
      rows.addAll(store.read(shard, Tables.PROBLEMS, Set.of()));
    }
    assertThat(rows)
        .isEqualTo(Stream.of(0, 1, 2).flatMap(unit -> StoreFixture.rows(unit).stream()).toList());
    assertThat(artifact.manifest().digest("problems"))
        .isEqualTo(RowDigest.of(Tables.PROBLEMS, rows).toString());
    assertThat(store.folder(artifact.model().orElseThrow()).resolve("config.json")).exists();
  }

  @Test
  void theReferenceIsNotReadWhereItIsLeftOut() {
    Artifact artifact = StoreFixture.stage(store, 1);
    List<Problem> rows = new ArrayList<>();
    store.forEach(
        artifact.shards("problems").get(0), Tables.PROBLEMS, Set.of("reference_answer"), rows::add);
    assertThat(rows).hasSize(20).extracting(Problem::referenceAnswer).containsOnlyNulls();
  }

  @Test
  void theFolderOfAnAttemptIsEnough() {
    Artifact artifact = StoreFixture.stage(store, 2);
    assertThat(ArtifactStore.artifactAt(artifact.folder())).isEqualTo(artifact);
    assertThat(ArtifactStore.artifactAt(artifact.folder().local())).isEqualTo(artifact);
    assertThat(ArtifactStore.around(artifact.folder().local()).workspace())
        .isEqualTo(Workspace.of(folder));
    Path units = folder.resolve("units");
    assertThatThrownBy(() -> ArtifactStore.artifactAt(units))
        .hasMessage(
            "%s is no artifact: it holds no whole manifest.json, so it was never finished."
                .formatted(units));
    assertThatThrownBy(() -> ArtifactStore.artifactAt(folder.resolveSibling("elsewhere")))
        .hasMessage(
            "%s is not in a workspace: no parent folder contains a file sluice-workspace.json."
                .formatted(folder.resolveSibling("elsewhere")));
  }

  @Test
  void nothingIsWrittenBeforeTheFirstUse() {
    assertThat(store.find(TYPE, FINGERPRINT)).isEmpty();
    assertThat(store.units().find(key(0))).isEmpty();
    assertThat(store.all()).isEmpty();
    assertThat(folder).doesNotExist();
  }

  @Test
  void foreignFoldersAreRefusedBeforeAnythingIsWritten() throws IOException {
    Path home = Files.createDirectory(folder.resolveSibling("home"));
    Files.writeString(home.resolve("thesis.txt"), "all my work");
    assertThatThrownBy(() -> ArtifactStore.open(home))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            "The folder %s is not empty and is no workspace (it holds no sluice-workspace.json); nothing was written. Name an empty or new folder with --workspace."
                .formatted(home));
    assertThat(home).isDirectoryContaining("glob:**thesis.txt");
    assertThatThrownBy(() -> ArtifactStore.open(home.resolve("thesis.txt")))
        .hasMessage(
            "%s is a file; a workspace is a folder. Name another with --workspace."
                .formatted(home.resolve("thesis.txt")));
  }

  @Test
  void newerWorkspacesAreRefusedByName() throws IOException {
    store.prepare();
    Files.writeString(
        folder.resolve("sluice-workspace.json"),
        SealedJson.write(new Workspace.Marker(2, "sluice workspace")));
    assertThatThrownBy(() -> ArtifactStore.open(folder))
        .hasMessage(
            "The file %s/sluice-workspace.json has format version 2; this program reads up to version 1. Use a newer Sluice, or another workspace."
                .formatted(folder));
  }

  /** Such a unit may be the first of an attempt that goes on after a kill. */
  @Test
  void unitThatLeavesValuesAlone_isFinishedInAnAttemptWithoutAFolder() {
    Attempt attempt = store.newAttempt(StoreFixture.TYPE, StoreFixture.FINGERPRINT, Instant.now());
    try (UnitOutput output = store.units().begin(attempt, StoreFixture.key(9), "composition")) {
      assertThat(StoreFixture.commit(output).values()).containsEntry("loss", 0.5);
    }
    assertThat(store.units().find(StoreFixture.key(9)))
        .hasValueSatisfying(found -> assertThat(found.tables()).isEmpty());
  }

  @Test
  void aNewerAttemptReplacesAnOlderOneOnceItIsComplete() {
    Artifact first = StoreFixture.stage(store, 1);
    Attempt later = new Attempt(TYPE, FINGERPRINT, "29991231T000000000Z-00000000");
    UnitResult unit = store.units().find(key(0)).orElseThrow();
    assertThat(store.find(TYPE, FINGERPRINT)).contains(first);

    Artifact second = store.commit(later, StoreFixture.manifest(later, List.of(unit)));
    assertThat(store.find(TYPE, FINGERPRINT)).contains(second);
    assertThat(store.all()).containsExactly(first, second);
    assertThatThrownBy(() -> store.commit(later, second.manifest()))
        .hasMessage("The attempt %s is committed already.".formatted(later.folder()));
  }

  @Test
  void attemptsSortBehindEarlierOnesWhateverTheClockSays() {
    StoreFixture.stage(store, 1);
    Attempt future = new Attempt(TYPE, FINGERPRINT, "29991231T235959999Z-ffffffff");
    UnitResult unit = store.units().find(key(0)).orElseThrow();
    store.commit(future, StoreFixture.manifest(future, List.of(unit)));
    Attempt next = store.newAttempt(TYPE, FINGERPRINT, Instant.now());
    assertThat(next.name()).startsWith("30000101T000000000Z-");
    assertThat(store.find(TYPE, FINGERPRINT).orElseThrow().attempt()).isEqualTo(future);
    Artifact newest = store.commit(next, StoreFixture.manifest(next, List.of(unit)));
    assertThat(store.find(TYPE, FINGERPRINT)).contains(newest);
  }

  @Test
  void filesOfOtherAttemptsAreReusedByReference() {
    Artifact first = StoreFixture.stage(store, 2);
    Attempt attempt = store.newAttempt(TYPE, "grown", Instant.now());
    UnitResult old = store.units().find(key(0)).orElseThrow();
    UnitResult grown = StoreFixture.unit(store, attempt, 2, true);
    Artifact second = store.commit(attempt, StoreFixture.manifest(attempt, List.of(old, grown)));

    assertThat(old.reused()).isTrue();
    assertThat(grown.reused()).isFalse();
    assertThat(second.shards("problems").get(0)).isEqualTo(first.shards("problems").get(0));
    assertThat(second.shards("problems").get(1).path()).startsWith(attempt.folder());
    assertThat(store.verify(second)).isEmpty();
    assertThat(store.read(second.shards("problems").get(0), Tables.PROBLEMS, Set.of()))
        .isEqualTo(StoreFixture.rows(0));
  }

  @Test
  void finishedUnitsComeBackWhole() {
    Attempt attempt = store.newAttempt(TYPE, FINGERPRINT, Instant.now());
    UnitResult done = StoreFixture.unit(store, attempt, 0, true);
    UnitResult found = store.units().find(key(0)).orElseThrow();
    assertThat(found)
        .isEqualTo(
            new UnitResult(
                done.key(),
                done.name(),
                done.tables(),
                done.model(),
                done.counts(),
                done.usage(),
                done.values(),
                done.computedOn(),
                done.seconds(),
                true));
    assertThat(found.values()).isEqualTo(Map.of("loss", 0.5, "nan", Double.NaN));
    assertThat(store.units().has(key(0))).isTrue();
    assertThat(store.units().has(key(1))).isFalse();
    ParquetRows.Description file = ParquetRows.describe(store.file(done.tables().get(0)));
    assertThat(file.footer())
        .containsEntry("sluice.stage_type", TYPE)
        .containsEntry("sluice.fingerprint", FINGERPRINT)
        .containsEntry("sluice.attempt", attempt.name())
        .containsEntry("sluice.unit", "00000");
  }

  @Test
  void abandonedUnitsLeaveNothing() {
    Attempt attempt = store.newAttempt(TYPE, FINGERPRINT, Instant.now());
    try (UnitOutput output = store.units().begin(attempt, key(0), "00000")) {
      StoreFixture.write(output, 0, true);
    }
    assertThat(store.units().find(key(0))).isEmpty();
    assertThat(folder.resolve(attempt.folder())).isEmptyDirectory();
  }

  @Test
  void manifestsThatListMissingFilesAreNotCommitted() throws IOException {
    Attempt attempt = store.newAttempt(TYPE, FINGERPRINT, Instant.now());
    UnitResult unit = StoreFixture.unit(store, attempt, 0, false);
    Files.delete(folder.resolve(unit.tables().get(0).path()));
    assertThatThrownBy(() -> store.commit(attempt, StoreFixture.manifest(attempt, List.of(unit))))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            "The artifact %s cannot be committed: a file that it lists is missing or has another length. Run again to recompute it."
                .formatted(attempt.folder()));
    assertThat(store.find(TYPE, FINGERPRINT)).isEmpty();
  }

  @Test
  void pathsThatLeadOutOfTheWorkspaceAreNotFollowed() throws IOException {
    Attempt attempt = store.newAttempt(TYPE, FINGERPRINT, Instant.now());
    UnitResult unit = StoreFixture.unit(store, attempt, 0, false);
    ShardFile shard = unit.tables().get(0);
    Path outside = folder.resolveSibling("out.parquet");
    Files.copy(folder.resolve(shard.path()), outside);
    ShardFile escaping =
        new ShardFile(
            "problems",
            "../out.parquet",
            shard.rows(),
            shard.bytes(),
            shard.sha256(),
            shard.digest());
    assertThatThrownBy(() -> store.read(escaping, Tables.PROBLEMS, Set.of()))
        .isInstanceOf(DamagedFileException.class);
  }

  @Test
  void twoTriesAtOneUnitDoNotDisturbEachOther() throws Exception {
    Attempt attempt = store.newAttempt(TYPE, FINGERPRINT, Instant.now());
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      CyclicBarrier together = new CyclicBarrier(4);
      List<Future<UnitResult>> tries = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        tries.add(
            threads.submit(
                () -> {
                  UnitOutput output = store.units().begin(attempt, key(0), "00000");
                  StoreFixture.write(output, 0, true);
                  together.await();
                  return StoreFixture.commit(output);
                }));
      }
      for (int i = 0; i < tries.size(); i++) {
        UnitResult result = tries.get(i).get();
        UnitResult found = store.units().find(key(0)).orElseThrow();
        assertThat(found.tables())
            .extracting(ShardFile::digest)
            .isEqualTo(result.tables().stream().map(ShardFile::digest).toList());
        Attempt other = new Attempt(TYPE, FINGERPRINT, "a" + i);
        store.commit(other, StoreFixture.manifest(other, List.of(result)));
      }
      assertThat(store.all()).hasSize(4).allSatisfy(a -> assertThat(store.verify(a)).isEmpty());
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void damageIsFoundAndNamed() throws IOException {
    Artifact artifact = StoreFixture.stage(store, 3);
    List<String> paths = new ArrayList<>();
    artifact.manifest().shards().forEach(shard -> paths.add(shard.path()));
    ModelFolder model = artifact.model().orElseThrow();
    model.files().keySet().forEach(name -> paths.add(model.path() + "/" + name));
    Random random = new Random(7);
    for (int round = 0; round < 200; round++) {
      String path = paths.get(random.nextInt(paths.size()));
      Path file = folder.resolve(path);
      byte[] whole = Files.readAllBytes(file);
      if (random.nextBoolean()) {
        byte[] flipped = whole.clone();
        flipped[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
        Files.write(file, flipped);
      } else {
        Files.write(file, Arrays.copyOf(whole, random.nextInt(whole.length)));
      }
      assertThat(store.verify(artifact)).extracting(Damage::path).containsExactly(path);
      Files.write(file, whole);
      assertThat(store.verify(artifact)).isEmpty();
    }
  }

  @Test
  void damagedShardsAreRefusedAndDamagedUnitsMadeAnew() throws IOException {
    Artifact artifact = StoreFixture.stage(store, 2);
    ShardFile shard = artifact.shards("problems").get(0);
    Path file = folder.resolve(shard.path());
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);

    assertThatThrownBy(() -> store.read(shard, Tables.PROBLEMS, Set.of()))
        .isInstanceOf(DamagedFileException.class)
        .hasMessage(
            "The file %s is damaged: expected sha256 %s, found sha256 %s. It is not read; delete it and run again, and its content is recomputed."
                .formatted(
                    file, shard.sha256(), HexFormat.of().formatHex(Hashes.sha256().digest(bytes))));
    assertThat(store.units().find(key(0))).isEmpty();
    assertThat(store.units().find(key(1))).isPresent();

    store.verify(artifact).forEach(store::setAside);
    assertThat(store.find(TYPE, FINGERPRINT)).isEmpty();
    Artifact again = StoreFixture.stage(store, 2);
    assertThat(again.digest()).isEqualTo(artifact.digest());
    assertThat(again.manifest().units()).extracting("reused").containsExactly(false, true);
    assertThat(store.find(TYPE, FINGERPRINT)).contains(again);
  }

  @Test
  void damagedRecordsAreNone() throws IOException {
    Artifact artifact = StoreFixture.stage(store, 1);
    for (Path file :
        List.of(
            folder.resolve(UnitRecord.path(key(0))),
            artifact.folder().resolve("manifest.json").local())) {
      byte[] whole = Files.readAllBytes(file);
      Files.write(file, Arrays.copyOf(whole, whole.length / 2));
      assertThat(
              store.units().find(key(0)).isPresent() && store.find(TYPE, FINGERPRINT).isPresent())
          .isFalse();
      Files.write(file, whole);
    }
    assertThat(store.find(TYPE, FINGERPRINT)).contains(artifact);
  }

  @Test
  void storesTravelByPath() throws Exception {
    Artifact artifact = StoreFixture.stage(store, 1);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(store);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(((ArtifactStore) in.readObject()).find(TYPE, FINGERPRINT)).contains(artifact);
    }
  }

  @Test
  void checkpointsBelongToTheUnit() {
    Path checkpoints = store.units().checkpoints(key(0));
    assertThat(checkpoints)
        .isEmptyDirectory()
        .isEqualTo(folder.resolve("checkpoints/" + key(0).substring(0, 2) + "/" + key(0)));
    assertThat(store.units().checkpoints(key(0))).isEqualTo(checkpoints);
  }

  @Test
  void namesThatCannotBePartOfAPathAreRefused() {
    assertThatThrownBy(() -> store.newAttempt("../x", FINGERPRINT, Instant.now()))
        .hasMessage(
            "The stage type '../x' cannot be part of a path; letters, digits, '.', '_' and '-'"
                + " can.");
    assertThatThrownBy(() -> store.units().find("a/b")).hasMessageContaining("The unit key 'a/b'");
  }
}
