package dev.sluice.pipelines.store.gc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.pipelines.store.ArtifactStore;
import dev.sluice.pipelines.store.Attempt;
import dev.sluice.pipelines.store.ContentCheck;
import dev.sluice.pipelines.store.CrashingFileStore;
import dev.sluice.pipelines.store.Leases;
import dev.sluice.pipelines.store.LocalFileStore;
import dev.sluice.pipelines.store.StoreFixture;
import dev.sluice.pipelines.store.UnitRecord;
import dev.sluice.pipelines.store.Workspace;
import dev.sluice.records.json.SealedJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On workspaces drawn at random: what is left is what the kept runs need, to the file. */
final class GarbageCollectorTest {
  private final Path folder;

  GarbageCollectorTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static GarbageCollector.Findings collect(Path workspace, GarbageWorld world) {
    GarbageCollector collector = ArtifactStore.open(workspace).garbageCollector();
    GarbageCollector.Findings found = collector.find(world.scope());
    assertThat(collector.remove(found)).isTrue();
    collector.removeEmptyFolders();
    return found;
  }

  private static long bytes(GarbageCollector.Findings found) {
    return found.totals().stream().mapToLong(GarbageCollector.Removed::bytes).sum();
  }

  @Test
  void leavesExactlyWhatKeptRunsNeed() throws IOException {
    for (int seed = 0; seed < 200; seed++) {
      check(folder.resolve("w" + seed), seed, 1 + seed % 6);
    }
    check(folder.resolve("fifty"), 4711, 50);
  }

  private static void check(Path workspace, long seed, int runs) throws IOException {
    GarbageWorld world = new GarbageWorld(workspace, seed, runs);
    Map<String, String> needed = world.needed();
    Map<String, String> before = GarbageWorld.files(workspace);
    GarbageCollector dry = ArtifactStore.open(workspace).garbageCollector();
    List<GarbageCollector.Removed> told = dry.find(world.scope()).totals();
    assertThat(GarbageWorld.files(workspace)).isEqualTo(before);

    GarbageCollector.Findings found = collect(workspace, world);

    assertThat(GarbageWorld.files(workspace)).as("seed %d", seed).isEqualTo(needed);
    assertThat(found.totals()).isEqualTo(told);
    assertThat(bytes(found)).isEqualTo(size(before) - size(needed));
    assertThat(found.runs()).containsExactlyElementsOf(world.removedRuns);
    ArtifactStore store = ArtifactStore.open(workspace);
    assertThat(store.committed()).allSatisfy(each -> assertThat(store.verify(each)).isEmpty());
  }

  private static long size(Map<String, String> files) {
    return files.values().stream().mapToLong(String::length).sum();
  }

  @Test
  void mayBeKilledAtAnyPoint() throws IOException {
    for (int seed = 0; seed < 2; seed++) {
      Path undisturbed = folder.resolve("whole" + seed);
      collect(undisturbed, new GarbageWorld(undisturbed, seed, 4));
      Set<String> end = GarbageWorld.everything(undisturbed);
      int kills = 0;
      for (boolean ended = false; !ended; kills++) {
        Path workspace = folder.resolve("k%d-%d".formatted(seed, kills));
        GarbageWorld world = new GarbageWorld(workspace, seed, 4);
        Map<String, String> needed = world.needed();
        ended = killed(workspace, world, kills);

        assertThat(GarbageWorld.files(workspace)).containsAllEntriesOf(needed);
        listsNothingThatIsMissing(workspace);
        collect(workspace, world);
        assertThat(GarbageWorld.everything(workspace)).isEqualTo(end);
      }
      assertThat(kills).isGreaterThan(20);
    }
  }

  /** Whether the collector came to its end before the n-th time that it changes something. */
  private static boolean killed(Path workspace, GarbageWorld world, int n) {
    ArtifactStore store = new ArtifactStore(Workspace.of(workspace, new Dying(workspace, n)));
    GarbageCollector collector = store.garbageCollector();
    try {
      boolean whole = collector.remove(collector.find(world.scope()));
      collector.removeEmptyFolders();
      return whole;
    } catch (CrashingFileStore.Crash e) {
      return false;
    }
  }

  private static void listsNothingThatIsMissing(Path workspace) throws IOException {
    ArtifactStore store = ArtifactStore.open(workspace);
    assertThat(store.committed()).allSatisfy(each -> assertThat(store.verify(each)).isEmpty());
    ContentCheck check = new ContentCheck(new LocalFileStore(workspace));
    for (Map.Entry<String, String> file : GarbageWorld.files(workspace).entrySet()) {
      if (file.getKey().startsWith("units/") && !file.getValue().equals("no record")) {
        UnitRecord unit =
            SealedJson.read(
                    Files.readAllBytes(workspace.resolve(file.getKey())),
                    file.getKey(),
                    UnitRecord.class)
                .orElseThrow();
        assertThat(check.damages(unit.tables(), Optional.ofNullable(unit.model()))).isEmpty();
      }
    }
  }

  @Test
  void leavesAllThatARunWhichGoesOnMayUse() throws IOException {
    Path workspace = folder.resolve("w");
    GarbageWorld world = new GarbageWorld(workspace, 3, 5);
    Map<String, String> before = GarbageWorld.files(workspace);
    Instant later = Instant.now().plusSeconds(3600);
    GarbageCollector collector = ArtifactStore.open(workspace).garbageCollector();

    collector.remove(
        collector.find(
            new GarbageCollector.Scope(List.of(), Set.of(), Optional.of(Instant.EPOCH))));
    assertThat(GarbageWorld.files(workspace)).isEqualTo(before);

    collector.remove(
        collector.find(new GarbageCollector.Scope(List.of(), Set.of(), Optional.of(later))));
    before
        .keySet()
        .removeIf(
            path ->
                path.startsWith("leases/")
                    || path.startsWith("units/zz/")
                    || path.contains("half")
                    || path.contains(".tmp-")
                    || path.contains(".damaged-"));
    assertThat(GarbageWorld.files(workspace)).isEqualTo(before);
    assertThat(world.needed()).isNotEmpty();
  }

  @Test
  void stopsWhenARunBegins() throws IOException {
    Path workspace = folder.resolve("w");
    GarbageWorld world = new GarbageWorld(workspace, 3, 5);
    GarbageCollector collector = ArtifactStore.open(workspace).garbageCollector();
    GarbageCollector.Findings found = collector.find(world.scope());
    Files.createDirectories(workspace.resolve("runs/r999"));
    Map<String, String> before = GarbageWorld.files(workspace);

    assertThat(collector.remove(found)).isFalse();

    Map<String, String> after = GarbageWorld.files(workspace);
    after.keySet().removeIf(path -> path.endsWith("/" + GarbageCollector.REMOVED));
    assertThat(after).isEqualTo(before);
  }

  @Test
  void keepsWhatALeaseThatLivesIsAbout() throws IOException {
    Path workspace = folder.resolve("w");
    ArtifactStore store = ArtifactStore.open(workspace);
    Attempt attempt = store.newAttempt(StoreFixture.TYPE, StoreFixture.FINGERPRINT, Instant.now());
    StoreFixture.unit(store, attempt, 1, false);
    StoreFixture.unit(store, attempt, 2, false);
    Path checkpoint = store.units().checkpoints(StoreFixture.key(1)).resolve("a");
    Files.writeString(checkpoint, "x");
    GarbageCollector collector = store.garbageCollector();
    try (Leases.Taken taken = store.leases().take(StoreFixture.key(1), "run").orElseThrow()) {
      assertThat(taken).isNotNull();
      collector.remove(
          collector.find(new GarbageCollector.Scope(List.of(), Set.of(), Optional.empty())));
    }
    assertThat(store.units().find(StoreFixture.key(1))).isPresent();
    assertThat(store.units().find(StoreFixture.key(2))).isEmpty();
    assertThat(checkpoint).exists();
  }

  @Test
  void refusesWhatANewerProgramWrote() throws IOException {
    Path workspace = folder.resolve("w");
    new GarbageWorld(workspace, 1, 3);
    Map<String, String> files = GarbageWorld.files(workspace);
    record Newer(int formatVersion) {}
    String manifest =
        files.keySet().stream().filter(f -> f.endsWith("manifest.json")).findFirst().orElseThrow();
    Files.writeString(workspace.resolve(manifest), SealedJson.write(new Newer(2)));
    assertThatThrownBy(
            () ->
                ArtifactStore.open(workspace)
                    .garbageCollector()
                    .find(new GarbageCollector.Scope(List.of(), Set.of(), Optional.empty())))
        .hasMessageContaining(manifest);
  }

  /** Dies before the n-th time that something is written or deleted. */
  private static final class Dying extends CrashingFileStore {
    private int left;

    Dying(Path root, int changes) {
      super(root, Integer.MAX_VALUE);
      this.left = changes;
    }

    private void change() {
      if (left-- <= 0) {
        throw new Crash();
      }
    }

    @Override
    public void write(String path, byte[] content) throws IOException {
      change();
      super.write(path, content);
    }

    @Override
    public void delete(String path) throws IOException {
      change();
      super.delete(path);
    }

    @Override
    public void deleteEmptyFolders(String path) throws IOException {
      change();
      super.deleteEmptyFolders(path);
    }
  }
}
