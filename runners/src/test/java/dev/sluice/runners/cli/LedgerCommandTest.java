package dev.sluice.runners.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ledger as commands show it. */
@Tag("flink")
final class LedgerCommandTest {
  private final Path file;
  private final Path workspace;
  private final Path database;
  private String err = "";

  LedgerCommandTest(@TempDir Path folder) throws IOException {
    this.file =
        Files.writeString(
            folder.resolve("toy.yaml"),
            """
            name: toy
            pipeline:
              type: chain
              transforms:
                - {type: Make, name: made}
                - {type: Count, name: counted}
            """);
    this.workspace = folder.resolve("workspace");
    this.database = workspace.resolve("ledger.db");
  }

  @BeforeEach
  void failNothing() {
    Toys.poison = "";
  }

  /** What a command prints, after its exit code was checked. */
  private String sluice(int code, String... words) {
    Said said =
        Said.of(
            Toys.services(),
            workspace,
            Stream.concat(Stream.of(words), Stream.of("--quiet")).toArray(String[]::new));
    err = said.err();
    assertThat(said.code()).as(err).isEqualTo(code);
    return said.out();
  }

  private static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text);
  }

  private ObjectNode ledger(int runs, int artifacts, int runsRead, int artifactsRead) {
    return new ObjectMapper()
        .createObjectNode()
        .put("ledger", database.toString())
        .put("version", 3)
        .put("runs", runs)
        .put("artifacts", artifacts)
        .put("runs_read", runsRead)
        .put("artifacts_read", artifactsRead)
        .put("removed", 0);
  }

  @Test
  void listsTheSameFromTheLedgerAndFromTheFolders() throws IOException {
    String first =
        json(sluice(0, "run", file.toString(), "--runner", "direct", "--json"))
            .path("run_id")
            .asText();
    sluice(0, "rerun", first, "--stage", "counted", "--runner", "direct");
    assertThat(err).isEmpty();
    // The runs have written their rows themselves; the rerun kept both attempts.
    assertThat(json(sluice(0, "ledger", "--json"))).isEqualTo(ledger(2, 3, 0, 0));

    String listed = sluice(0, "runs", "--json");
    assertThat(err).isEmpty();
    JsonNode runs = json(listed).path("runs");
    assertThat(runs).hasSize(2);
    JsonNode oldest = runs.get(0);
    assertThat(oldest.fieldNames())
        .toIterable()
        .containsExactly("run_id", "file", "state", "started", "seconds");
    assertThat(oldest.path("run_id").asText()).isEqualTo(first);
    assertThat(oldest.path("file").asText()).isEqualTo(file.toString());
    assertThat(oldest.path("state").asText()).isEqualTo("succeeded");
    assertThat(oldest.path("started").asText()).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
    assertThat(oldest.path("seconds").asDouble())
        .isEqualTo(json(sluice(0, "status", first, "--json")).path("seconds").asDouble());

    spoil();
    assertThat(sluice(0, "runs", "--json")).isEqualTo(listed);
    assertThat(err)
        .isEqualTo(
            "warning: The ledger %s cannot be opened: it is damaged; 'sluice ledger rebuild' rebuilds it from the runs. The runs are read from their folders.%n"
                .formatted(database));
    sluice(1, "ledger", "status");

    assertThat(json(sluice(0, "ledger", "rebuild", "--json"))).isEqualTo(ledger(2, 3, 2, 3));
    assertThat(sluice(0, "runs", "--json")).isEqualTo(listed);
    assertThat(err).isEmpty();
  }

  private void spoil() throws IOException {
    for (String ending : List.of("-wal", "-shm")) {
      Files.deleteIfExists(Path.of(database + ending));
    }
    Files.writeString(database, "This was a database once.\n".repeat(1000));
  }

  @Test
  void runsWithALedgerThatCannotBeUsedAndSaysSoOnce() throws IOException {
    Files.createDirectories(workspace);
    sluice(0, "run", file.toString(), "--runner", "direct");
    spoil();
    String report = sluice(0, "run", file.toString(), "--runner", "direct", "--json");
    assertThat(json(report).path("state").asText()).isEqualTo("succeeded");
    assertThat(err)
        .isEqualTo(
            "warning: The ledger %s cannot be opened: it is damaged; 'sluice ledger rebuild' rebuilds it from the runs. The run is whole without it; 'sluice runs' brings the ledger up to date later.%n"
                .formatted(database));
  }

  @Test
  void isNotTouchedByCommandsThatDoNotNeedIt() throws IOException {
    Files.createDirectories(workspace);
    sluice(0, "validate", file.toString());
    sluice(0, "plan", file.toString());
    assertThat(sluice(0, "runs", "--json").strip()).isEqualTo("{\"runs\":[]}");
    sluice(2, "ledger", "rebuild");
    assertThat(err)
        .isEqualTo(
            "The workspace %s has no runs. Start one with 'sluice run FILE', or name another with --workspace.%n"
                .formatted(workspace));
    assertThat(workspace).isEmptyDirectory();

    sluice(0, "run", file.toString(), "--runner", "direct");
    Files.delete(database);
    sluice(0, "plan", file.toString());
    sluice(0, "status");
    assertThat(database).doesNotExist();
  }
}
