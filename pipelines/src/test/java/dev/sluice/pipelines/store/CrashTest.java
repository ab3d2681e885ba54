package dev.sluice.pipelines.store;

import static dev.sluice.pipelines.store.StoreFixture.FINGERPRINT;
import static dev.sluice.pipelines.store.StoreFixture.TYPE;
import static dev.sluice.pipelines.store.StoreFixture.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.records.json.SealedJson;
import dev.sluice.records.manifest.Manifest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Power is lost between every two operations of a stage; what is left is whole or not there. */
class CrashTest {
  private static final int UNITS = 2;

  private final Path folder;

  CrashTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void noRecordRefersToAnythingThatIsMissingOrWrong() throws IOException {
    String digest = StoreFixture.stage(ArtifactStore.open(folder.resolve("whole")), UNITS).digest();
    Set<Integer> finishedUnits = new HashSet<>();
    boolean ended = false;
    for (int operations = 0; !ended; operations++) {
      Path workspace = folder.resolve("ws" + operations);
      CrashingFileStore files = new CrashingFileStore(workspace, operations);
      try {
        StoreFixture.stage(new ArtifactStore(Workspace.of(workspace, files)), UNITS);
        ended = true;
      } catch (CrashingFileStore.Crash e) {
        assertThat(files.crashed()).isTrue();
      }

      ArtifactStore store = ArtifactStore.open(workspace);
      int finished = checkRecords(workspace, store);
      finishedUnits.add(finished);
      Artifact artifact = StoreFixture.stage(store, UNITS);
      assertThat(artifact.digest()).isEqualTo(digest);
      assertThat(store.verify(artifact)).isEmpty();
      assertThat(artifact.manifest().units().stream().filter(Manifest.UnitEntry::reused))
          .hasSize(finished);
    }
    assertThat(finishedUnits).containsExactlyInAnyOrder(0, 1, 2);
  }

  /** Reads all records as a stranger would; the number of finished units. */
  private static int checkRecords(Path workspace, ArtifactStore store) throws IOException {
    ContentCheck check = new ContentCheck(new LocalFileStore(workspace));
    int units = 0;
    for (Path file : find(workspace, "units", ".json")) {
      UnitRecord unit =
          SealedJson.read(Files.readAllBytes(file), file.toString(), UnitRecord.class)
              .orElseThrow();
      assertThat(check.damages(unit.tables(), Optional.ofNullable(unit.model()))).isEmpty();
      units++;
    }
    for (Path file : find(workspace, "artifacts", "manifest.json")) {
      Manifest manifest = Manifest.read(Files.readAllBytes(file), file.toString()).orElseThrow();
      assertThat(check.damages(manifest.shards(), Optional.ofNullable(manifest.model()))).isEmpty();
      assertThat(store.find(TYPE, FINGERPRINT)).isPresent();
    }
    return units;
  }

  private static List<Path> find(Path workspace, String below, String ending) throws IOException {
    Path top = workspace.resolve(below);
    if (!Files.exists(top)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(top)) {
      return files.filter(file -> file.toString().endsWith(ending)).toList();
    }
  }

  @Test
  void aFullDiskIsOneSentenceAndNothingIsLost() {
    Path workspace = folder.resolve("full");
    Artifact before = StoreFixture.stage(ArtifactStore.open(workspace), 1);
    ArtifactStore full = new ArtifactStore(Workspace.of(workspace, new FullDisk(workspace)));
    Attempt attempt = full.newAttempt(TYPE, "more", Instant.now());
    try (UnitOutput output = full.units().begin(attempt, key(7), "00007")) {
      assertThatThrownBy(
              () -> {
                StoreFixture.write(output, 7, false);
                StoreFixture.commit(output);
              })
          .isInstanceOf(StoreException.class)
          .hasMessageMatching(
              "Writing the file"
                  + " artifacts/SynthesizeProblems/more/.*/00007-[0-9a-f]{8}-[a-z]+\\.parquet"
                  + " failed: the disk is full; free some space\\. Work that was finished before is"
                  + " kept; run again to continue\\.");
    }
    ArtifactStore store = ArtifactStore.open(workspace);
    assertThat(store.all()).containsExactly(before);
    assertThat(store.verify(before)).isEmpty();
    assertThat(store.units().find(key(7))).isEmpty();
    assertThat(workspace.resolve(attempt.folder())).isEmptyDirectory();
    assertThat(StoreFixture.unit(store, attempt, 7, false).reused()).isFalse();
  }

  @Test
  void aWorkspaceThatCannotBeMadeIsOneSentence() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    assertThatThrownBy(
            () ->
                ArtifactStore.open(file.resolve("ws")).newAttempt(TYPE, FINGERPRINT, Instant.now()))
        .isInstanceOf(StoreException.class)
        .hasMessageStartingWith("Creating the workspace %s failed: ".formatted(file.resolve("ws")))
        .hasMessageEndingWith(". Work that was finished before is kept; run again to continue.");
  }

  /** A disk that takes small records, but no more rows. */
  private static final class FullDisk extends CrashingFileStore {
    FullDisk(Path root) {
      super(root, Integer.MAX_VALUE);
    }

    @Override
    public OutputStream create(String path) throws IOException {
      OutputStream out = super.create(path);
      return new OutputStream() {
        @Override
        public void write(int b) throws IOException {
          throw new IOException("No space left on device");
        }

        @Override
        public void close() throws IOException {
          out.close();
        }
      };
    }
  }
}
