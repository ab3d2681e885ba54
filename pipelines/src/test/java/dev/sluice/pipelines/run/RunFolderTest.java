package dev.sluice.pipelines.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunFolderTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

  private final Path workspace;

  RunFolderTest(@TempDir Path workspace) {
    this.workspace = workspace;
  }

  private RunFolder folder(Instant time) {
    return RunFolder.create(
        workspace, "name: toy\n", RunFiles.object(), Clock.fixed(time, ZoneOffset.UTC));
  }

  @Test
  void hasIdsThatSortByTime() {
    RunFolder first = folder(NOW);
    RunFolder second = folder(NOW.plusSeconds(1));
    assertThat(first.id()).matches("20261124-100000-[0-9a-f]{6}");
    assertThat(RunFolder.all(workspace))
        .extracting(RunFolder::id)
        .isEqualTo(List.of(first.id(), second.id()));
    assertThat(RunFolder.find(workspace, "20261124-100001-"))
        .extracting(RunFolder::id)
        .isEqualTo(second.id());
    assertThat(RunFolder.find(workspace, "20261124")).isNull();
  }

  @Test
  void tellsARunThatLivesFromOneWhoseProcessIsGone() {
    RunFolder folder = folder(NOW);
    folder.status(RunState.RUNNING, "toy.yaml", NOW);
    assertThat(folder.state()).isEqualTo(RunState.RUNNING);

    ObjectNode status = (ObjectNode) folder.status();
    status.put("pid", Long.MAX_VALUE);
    RunFiles.write(folder.path().resolve("status.json"), status);
    assertThat(folder.state()).isEqualTo(RunState.INTERRUPTED);
  }

  @Test
  void callsARunWithoutAHeartbeatInterrupted() {
    RunFolder folder = folder(NOW);
    folder.status(RunState.RUNNING, "toy.yaml", NOW);
    ObjectNode status = (ObjectNode) folder.status();
    status.put("heartbeat", NOW.minus(RunFolder.STALE).toString());
    RunFiles.write(folder.path().resolve("status.json"), status);
    assertThat(folder.state()).isEqualTo(RunState.INTERRUPTED);
  }

  @Test
  void callsAnEndedRunWhatItIs() {
    RunFolder folder = folder(NOW);
    folder.status(RunState.FAILED, "toy.yaml", NOW);
    assertThat(folder.state()).isEqualTo(RunState.FAILED);
  }

  @Test
  void takesASpoiltStatusForTheEnd() throws IOException {
    RunFolder folder = folder(NOW);
    folder.status(RunState.RUNNING, "toy.yaml", NOW);
    Path file = folder.path().resolve("status.json");
    String whole = Files.readString(file);
    for (String spoilt :
        List.of(
            whole.replace("running", "runnin\u00e9"),
            whole.replace("2026-11", "2o26-11"),
            whole.replace('{', '['))) {
      Files.writeString(file, spoilt);
      assertThat(folder.state()).isEqualTo(RunState.INTERRUPTED);
      Files.write(file, spoilt.getBytes(StandardCharsets.ISO_8859_1));
      assertThat(folder.state()).isEqualTo(RunState.INTERRUPTED);
    }
  }

  @Test
  void takesAHalfWrittenStatusForNone() throws IOException {
    RunFolder folder = folder(NOW);
    Files.writeString(folder.path().resolve("status.json"), "{\"state\": \"runn");
    assertThat(folder.state()).isEqualTo(RunState.INTERRUPTED);
  }
}
