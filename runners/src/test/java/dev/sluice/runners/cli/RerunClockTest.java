package dev.sluice.runners.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.runners.KilledRun;
import dev.sluice.runners.cli.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes later counts as later although the machine's clock is behind. */
@Tag("flink")
final class RerunClockTest {
  private static final String FILE =
      """
      name: toy
      pipeline:
        type: chain
        transforms:
          - {type: Make, name: made, config: {shards: 2}}
          - {type: Count, name: counted}
      """;

  private Path file;
  private Path workspace;

  @BeforeEach
  void writeFile(@TempDir Path folder) throws IOException {
    file = Files.writeString(folder.resolve("toy.yaml"), FILE);
    workspace = folder.resolve("workspace");
    Toys.poison = "";
  }

  /** A command on a machine whose clock is so far behind. */
  private Said sluice(int secondsBehind, String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    if (!words[0].equals("status") && !words[0].equals("runs") && !words[0].equals("plan")) {
      all.addAll(List.of("--runner", "direct", "--json"));
    } else {
      all.add("--json");
    }
    Clock clock = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(-secondsBehind));
    return Said.of(Toys.services(clock), workspace, all.toArray(String[]::new));
  }

  private static List<String> states(JsonNode run) {
    List<String> states = new ArrayList<>();
    run.path("stages").forEach(stage -> states.add(stage.path("state").asText()));
    return states;
  }

  private static String artifact(JsonNode run, int stage) {
    return run.path("stages").get(stage).path("artifact").asText();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 60, 3600, 40_000_000})
  void rerunRunsAgainAndItsArtifactIsTheNewest(int behind) throws IOException {
    JsonNode first = sluice(0, "run", file.toString()).json();
    String id = first.path("run_id").asText();
    Said said = sluice(behind, "rerun", id, "--stage", "made");
    assertThat(said.code()).as(said.err()).isZero();
    JsonNode again = said.json();
    assertThat(states(again)).containsExactly("ran", "reused");
    assertThat(artifact(again, 0)).isNotEqualTo(artifact(first, 0));
    assertThat(said.err().contains("clock is")).isEqualTo(behind > 5);

    // Whoever looks next takes the new attempt and the new run for the newest.
    JsonNode next = sluice(behind, "run", file.toString()).json();
    assertThat(states(next)).containsExactly("reused", "reused");
    assertThat(artifact(next, 0)).isEqualTo(artifact(again, 0));
    assertThat(sluice(0, "status").json().path("run_id")).isEqualTo(next.path("run_id"));
    assertThat(sluice(0, "runs").json().path("runs"))
        .extracting(run -> run.path("run_id").asText())
        .containsExactly(id, again.path("run_id").asText(), next.path("run_id").asText());
  }

  @Test
  void rerunOfARerunWithASlowerClockRunsAgainToo() throws IOException {
    String id = sluice(0, "run", file.toString()).json().path("run_id").asText();
    List<String> artifacts = new ArrayList<>();
    for (int behind : new int[] {60, 90, 30, 120}) {
      JsonNode run = sluice(behind, "rerun", id, "--stage", "counted").json();
      assertThat(states(run)).containsExactly("reused", "ran");
      artifacts.add(artifact(run, 1));
    }
    assertThat(artifacts).doesNotHaveDuplicates().isSorted();
  }

  @Test
  void interruptedRerunGoesOnWithASlowerClock() throws IOException {
    String id = sluice(0, "run", file.toString()).json().path("run_id").asText();
    Toys.poison = "00001";
    Said failed = sluice(60, "rerun", id, "--stage", "made");
    assertThat(failed.code()).isEqualTo(ExitCode.FAILED);
    Toys.poison = "";
    KilledRun.leave(workspace, id);
    KilledRun.leave(workspace, failed.json().path("run_id").asText());
    // Without an id it is the newest that is resumed: the rerun.
    JsonNode resumed = sluice(3600, "resume").json();
    assertThat(states(resumed)).containsExactly("resumed", "reused");
    assertThat(resumed.path("stages").get(0).path("shards_reused").asInt()).isEqualTo(1);
  }

  @Test
  void planComparesWithTheLatestThatRan() throws IOException {
    JsonNode unused = sluice(0, "run", file.toString()).json();
    String shards = "pipeline.transforms.made.config.shards=";
    assertThat(sluice(60, "run", file.toString(), "--set", shards + 3).code()).isZero();
    assertThat(
            sluice(0, "plan", file.toString(), "--set", shards + 4)
                .json()
                .path("stages")
                .get(0)
                .path("reason")
                .asText())
        .isEqualTo("`shards` changed from 3 to 4");
  }
}
