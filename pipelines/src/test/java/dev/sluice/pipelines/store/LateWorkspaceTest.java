package dev.sluice.pipelines.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.pipelines.process.WorkerProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract where there is no rename, no folder, no exclusive create and no list in time. */
final class LateWorkspaceTest extends WorkspaceContract {
  private final Path folder;
  private final String address = "late://bucket/" + UUID.randomUUID();

  LateWorkspaceTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Override
  Path here() {
    return WorkerProcess.current().mirrors().of(address, folder.resolve("here"));
  }

  @Override
  Path there() {
    return WorkerProcess.current().mirrors().of(address + "/", folder.resolve("there"));
  }

  @Override
  void damage(String path) throws IOException {
    byte[] bytes = Mirror.files(here()).read(path);
    bytes[bytes.length / 2] ^= 1;
    LateFileSystem.damage(address + "/" + path, bytes);
  }

  @Override
  void later() {
    LateFileSystem.settle();
  }

  @Override
  boolean oldEnough() {
    return true; // Its clock stands in 2001.
  }

  @Test
  void copiesAreNamedByWhatTheyAreCopiesOf() {
    assertThat(Mirror.name(here().resolve("artifacts/T/F/A")))
        .isEqualTo(address + "/artifacts/T/F/A");
    assertThat(Mirror.name(folder.resolve("x"))).isEqualTo(folder.resolve("x").toString());
    assertThat(Mirror.around(here().resolve("runs")).orElseThrow().address()).isEqualTo(address);
    assertThat(Mirror.around(folder)).isEmpty();
  }

  @Test
  void aMirrorThatIsRemovedCostsNothingButTime() throws IOException {
    Artifact artifact = StoreFixture.stage(ArtifactStore.open(here()), 2);
    Path empty = WorkerProcess.current().mirrors().of(address, folder.resolve("empty"));
    ArtifactStore store = ArtifactStore.open(empty);
    store.bringHere(store.committed(artifact.attempt()).orElseThrow());
    assertThat(empty.resolve(artifact.attempt().folder()).resolve("manifest.json")).exists();
    artifact.manifest().shards().forEach(each -> assertThat(empty.resolve(each.path())).exists());
  }

  @Test
  void filesThatGrowAreWrittenWhole() throws IOException {
    Mirror mirror = Mirror.around(here()).orElseThrow();
    Path file = here().resolve("runs/1/events.jsonl");
    mirror.append(file, "one\n");
    mirror.append(file, "two\n");
    Mirror other = Mirror.around(there()).orElseThrow();
    assertThat(
            new String(
                Objects.requireNonNull(other.read(there().resolve("runs/1/events.jsonl"))),
                StandardCharsets.UTF_8))
        .isEqualTo("one\ntwo\n");
    assertThat(other.read(there().resolve("runs/1/none"))).isNull();
    assertThat(other.exists(there().resolve("runs/1/events.jsonl"))).isTrue();
    other.delete(there().resolve("runs/1/events.jsonl"));
    assertThat(mirror.exists(file)).isFalse();
  }

  @Test
  void whatCannotBeAWorkspaceIsSaidInASentence() {
    assertMistake(
        "nowhere://bucket/x",
        "The workspace nowhere://bucket/x cannot be opened: no connector for 'nowhere' is on the class path. './dev connector s3' (or hdfs, gs) fetches Beam's, and SLUICE_CLASSPATH names jars of others; a folder of this machine needs none.");
    assertMistake(
        "late://gone/x",
        "The workspace late://gone/x cannot be used: The bucket 'gone' does not exist. Check that its bucket or server exists, that this machine reaches it, and that you may read and write there; options for the connector go into SLUICE_BEAM_OPTIONS.");
    assertMistake(
        "late://shut/x",
        "The workspace late://shut/x cannot be used: Access denied. Check that its bucket or server exists, that this machine reaches it, and that you may read and write there; options for the connector go into SLUICE_BEAM_OPTIONS.");
    assertMistake(
        "late://bucket/a*b",
        "'late://bucket/a*b' cannot be the address of a workspace: it is SCHEME://PLACE/FOLDER, without blanks and without any of * ? [ ] { } \\.");
  }

  private void assertMistake(String name, String message) {
    assertThatThrownBy(() -> ArtifactStore.open(WorkerProcess.current().mirrors().of(name, folder)))
        .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.mistake()).isTrue())
        .hasMessage(message);
  }
}
