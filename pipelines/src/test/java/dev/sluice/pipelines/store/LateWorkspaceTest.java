package dev.sluice.pipelines.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
  Workspace here() {
    return Workspace.at(address, folder.resolve("here"));
  }

  @Override
  Workspace there() {
    return Workspace.at(address + "/", folder.resolve("there"));
  }

  @Override
  void damage(String path) throws IOException {
    byte[] bytes = here().files().read(path);
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
  void filesAreNamedByTheirAddress() {
    assertThat(here().file("artifacts/T/F/A")).hasToString(address + "/artifacts/T/F/A");
    assertThat(there().name()).isEqualTo(address);
    assertThat(here().localFolder()).startsWith(folder.resolve("here"));
    assertThat(Workspace.path(address + "/runs/1/report.json").path())
        .isEqualTo("runs/1/report.json");
    assertThat(Workspace.path(address + "/artifacts/T/F/A").workspace().name()).isEqualTo(address);
  }

  @Test
  void copiesThatAreRemovedCostNothingButTime() throws IOException {
    Artifact artifact = StoreFixture.stage(ArtifactStore.open(here()), 2);
    Workspace again = Workspace.at(address, folder.resolve("empty"));
    ArtifactStore store = ArtifactStore.open(again);
    Path empty = again.localFolder();
    store.bringHere(store.committed(artifact.attempt()).orElseThrow());
    assertThat(empty.resolve(artifact.attempt().folder()).resolve("manifest.json")).exists();
    artifact.manifest().shards().forEach(each -> assertThat(empty.resolve(each.path())).exists());
  }

  @Test
  void filesThatGrowAreWrittenWhole() throws IOException {
    WorkspacePath file = here().file("runs/1/events.jsonl");
    file.append("one\n".getBytes(StandardCharsets.UTF_8));
    file.append("two\n".getBytes(StandardCharsets.UTF_8));
    WorkspacePath other = there().file("runs/1/events.jsonl");
    assertThat(other.read())
        .hasValueSatisfying(all -> assertThat(all).asString().isEqualTo("one\ntwo\n"));
    assertThat(there().file("runs/1/none").read()).isEmpty();
    assertThat(other.exists()).isTrue();
    other.delete();
    assertThat(file.exists()).isFalse();
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
    assertThatThrownBy(() -> ArtifactStore.open(Workspace.at(name, folder)))
        .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.mistake()).isTrue())
        .hasMessage(message);
  }
}
