package dev.sluice.runners.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.runners.KilledRun;
import dev.sluice.runners.cli.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line from end to end, on embedded Flink, with stages that need no model. */
@Tag("flink")
final class SluiceCommandTest {
  private static final String FILE =
      """
      name: toy
      pipeline:
        type: chain
        transforms:
          - {type: Make, name: made}
          - {type: Count, name: counted}
      """;

  private Path folder;
  private Path file;
  private Path workspace;

  @BeforeEach
  void writeFile(@TempDir Path temporary) throws IOException {
    folder = temporary;
    file = Files.writeString(folder.resolve("toy.yaml"), FILE);
    workspace = folder.resolve("workspace");
    Toys.poison = "";
    Toys.TRAINING_BESIDE.set(0);
  }

  private Said sluice(String... words) {
    return Said.of(Toys.services(), workspace, words);
  }

  private String digest(String stage) throws IOException {
    JsonNode runs = sluice("runs", "--json").json().path("runs");
    String run = runs.get(runs.size() - 1).path("run_id").asText();
    return sluice("digest", run + "/" + stage, "--json").json().path("digest").asText();
  }

  @Test
  void givesTheSameDigestsAtEveryParallelismAndOnBothRunners() throws IOException {
    Set<String> made = new HashSet<>();
    Set<String> counted = new HashSet<>();
    for (String engine : List.of("flink 1", "flink 2", "flink 4", "direct 2")) {
      workspace = folder.resolve(engine.replace(' ', '-'));
      String[] words = engine.split(" ", -1);
      Said said = sluice("run", file.toString(), "--runner", words[0], "--parallelism", words[1]);
      assertThat(said.code()).as(said.err()).isZero();
      made.add(digest("made"));
      counted.add(digest("counted"));
    }
    assertThat(made).hasSize(1);
    assertThat(counted).hasSize(1);
    assertThat(Toys.TRAINING_BESIDE).hasValue(0);
  }

  @Test
  void printsExactlyTheShapeThatScriptsReadAndReusesTheSecondTime() throws IOException {
    Said first = sluice("run", file.toString(), "--json", "--quiet");
    assertThat(first.err()).isEmpty();
    JsonNode report = first.json();
    assertThat(report.fieldNames())
        .toIterable()
        .containsExactly("run_id", "state", "reference_free", "seconds", "stages", "metrics");
    JsonNode made = report.path("stages").get(0);
    assertThat(made.fieldNames())
        .toIterable()
        .containsExactly(
            "name",
            "type",
            "fingerprint",
            "state",
            "artifact",
            "rows_in",
            "rows_expected",
            "rows_out",
            "rows_dead",
            "rows_unparsed",
            "shards",
            "shards_reused",
            "calls",
            "calls_from_cache",
            "prompt_tokens",
            "completion_tokens",
            "cost_usd",
            "seconds",
            "error");
    assertThat(made.path("state").asText()).isEqualTo("ran");
    assertThat(made.path("rows_out").asInt()).isEqualTo(24);
    assertThat(made.path("shards").asInt()).isEqualTo(8);
    assertThat(report.path("metrics").get(0).toString())
        .isEqualTo(
            "{\"stage\":\"counted\",\"name\":\"shards\",\"value\":8.0,\"low\":null,\"high\":null,\"n\":null}");

    JsonNode again = sluice("run", file.toString(), "--json", "--quiet").json();
    assertThat(again.path("stages"))
        .extracting(stage -> stage.path("state").asText())
        .containsOnly("reused");
    JsonNode plan = sluice("plan", file.toString(), "--json").json();
    assertThat(plan.path("stages"))
        .extracting(stage -> stage.path("action").asText())
        .containsExactly("reuse", "reuse");
  }

  @Test
  void failedRun_saysWhyAndGoesOnWhenItsFileIsRunAgain() throws IOException {
    Toys.poison = "00005";
    Said failed = sluice("run", file.toString(), "--parallelism", "1");
    assertThat(failed.code()).isEqualTo(ExitCode.FAILED);
    assertThat(failed.err())
        .contains("Stage 'made' failed at its unit '00005': The toy unit is poisoned.")
        .contains(
            "To continue after correcting the file or its data: sluice run %s --workspace %s"
                .formatted(file, workspace))
        .doesNotContain("\tat ");
    Path log = workspace.resolve("runs");
    try (var runs = Files.list(log)) {
      assertThat(runs.findFirst().orElseThrow().resolve("log.txt"))
          .content()
          .contains("The toy unit is poisoned.", "\tat dev.sluice");
    }

    Toys.poison = "";
    String id = newest();
    assertThat(sluice("resume", id).err())
        .isEqualTo(
            "The run %s is failed; 'resume' continues runs that were interrupted, stopped, or exceeded their budget. After you correct the cause, 'sluice run %s --workspace %s' continues from the finished work.%n"
                .formatted(id, file, workspace));
    Said none = sluice("resume");
    assertThat(none.code()).isEqualTo(ExitCode.MISTAKE);
    assertThat(none.err()).contains("has no run that was interrupted", "its newest run, " + id);
    JsonNode again = sluice("run", file.toString(), "--json", "--quiet").json();
    assertThat(again.path("state").asText()).isEqualTo("succeeded");
    JsonNode made = again.path("stages").get(0);
    assertThat(made.path("state").asText()).isEqualTo("resumed");
    assertThat(made.path("shards_reused").asInt()).isBetween(1, 7);
    assertThat(sluice("resume", again.path("run_id").asText()).err())
        .contains(" is succeeded; 'resume' continues runs that were interrupted");
  }

  private String newest() throws IOException {
    try (var runs = Files.list(workspace.resolve("runs"))) {
      return runs.map(run -> run.getFileName().toString()).max(String::compareTo).orElseThrow();
    }
  }

  @Test
  void interruptedRun_goesOnUnderItsOwnIdWithWhatWasSubmitted() throws IOException {
    Toys.poison = "00005";
    Said failed = sluice("run", file.toString(), "--parallelism", "1", "--json", "--quiet");
    String id = failed.json().path("run_id").asText();
    double seconds = failed.json().path("seconds").asDouble();
    KilledRun.leave(workspace, id);
    Toys.poison = "";
    Said stage = sluice("inspect", id + "/made", "--rows", "30", "--json");
    assertThat(stage.json().path("rows").size()).isBetween(3, 21);
    // The file has changed since; what was submitted counts.
    Files.writeString(file, "name: other\n");
    JsonNode resumed = sluice("resume", "--json").json();
    assertThat(resumed.path("run_id").asText()).isEqualTo(id);
    assertThat(resumed.path("state").asText()).isEqualTo("succeeded");
    assertThat(resumed.path("seconds").asDouble()).isGreaterThan(seconds);
    JsonNode made = resumed.path("stages").get(0);
    assertThat(made.path("state").asText()).isEqualTo("resumed");
    assertThat(made.path("shards_reused").asInt()).isBetween(1, 7);
    assertThat(sluice("runs", "--json").json().path("runs")).hasSize(1);
  }

  @Test
  void resumeWithOtherValues_isRefused() throws IOException {
    String id = sluice("run", file.toString(), "--json", "--quiet").json().path("run_id").asText();
    KilledRun.leave(workspace, id);
    assertThat(sluice("resume", id, "--set", "seed=8").err())
        .startsWith("'resume' sets a budget alone, such as budget.tokens=200000, not 'seed=8'");
  }

  @Test
  void callsAMistakeInTheFileAMistake() throws IOException {
    Files.writeString(file, FILE.replace("name: made}", "name: made, config: {shard: 3}}"));
    Said said = sluice("run", file.toString());
    assertThat(said.code()).isEqualTo(ExitCode.MISTAKE);
    assertThat(said.err())
        .startsWith(file + ":5:")
        .contains("pipeline.transforms[0].config.shard: unknown key 'shard'")
        .contains("did you mean 'shards'?");
    assertThat(workspace).doesNotExist();

    Said validated = sluice("validate", file.toString(), "--json");
    assertThat(validated.code()).isEqualTo(ExitCode.MISTAKE);
    assertThat(validated.json().path("valid").asBoolean()).isFalse();
    assertThat(validated.json().path("problems")).hasSize(1);
  }

  @Test
  void callsAMissingModelAMistakeToo() {
    Said said =
        sluice("run", file.toString(), "--set", "pipeline.transforms.made.config.broken=true");
    assertThat(said.code()).isEqualTo(ExitCode.MISTAKE);
    assertThat(said.err()).contains("There is no model 'nobody'.").doesNotContain("\tat ");
  }

  @Test
  void namesUnknownStagesAndOptions() {
    assertThat(sluice("run", file.toString(), "--until", "nope"))
        .isEqualTo(
            new Said(
                ExitCode.MISTAKE,
                "",
                "--until names the stage 'nope', which the file does not have; it has made, counted.\n"));
    assertThat(sluice("plan", file.toString(), "--jason").code()).isEqualTo(ExitCode.MISTAKE);
    assertThat(sluice("status").err())
        .isEqualTo(
            "The workspace %s has no runs. Start one with 'sluice run FILE', or name another with --workspace.\n"
                .formatted(workspace));
  }

  @Test
  void helpIsThereEvenWithoutWhatIsRequired() {
    Said help = sluice("rerun", "--help");
    assertThat(help.code()).isZero();
    assertThat(help.err()).isEmpty();
    assertThat(help.out()).startsWith("Usage: sluice rerun ").contains("--downstream", "--help");
  }

  @Test
  void namesAClusterThatDoesNotAnswer() {
    Said said = sluice("run", file.toString(), "--flink-master", "127.0.0.1:1");
    assertThat(said.code()).isEqualTo(ExitCode.FAILED);
    assertThat(said.err()).contains("No Flink cluster answers at 127.0.0.1:1");
  }

  @Test
  void inspectsAnArtifactAndItsRows() throws IOException {
    String artifact =
        sluice("run", file.toString(), "--json", "--quiet")
            .json()
            .path("stages")
            .get(0)
            .path("artifact")
            .asText();
    JsonNode json =
        sluice("inspect", artifact, "--rows", "2", "--where", "source = toy", "--json").json();
    assertThat(json.fieldNames()).toIterable().containsExactly("artifact", "manifest", "rows");
    assertThat(json.path("rows")).hasSize(2);
    assertThat(json.path("manifest").path("stage").asText()).isEqualTo("made");
    assertThat(
            sluice("inspect", artifact, "--rows", "2", "--where", "source = other", "--json")
                .json()
                .path("rows"))
        .isEmpty();
  }

  @Test
  void damageIsFoundSetAsideAndMended() throws IOException {
    sluice("run", file.toString(), "--quiet");
    String before = digest("made");
    Said whole = sluice("verify", "--json");
    assertThat(whole.code()).isZero();
    assertThat(whole.json().path("artifacts").asInt()).isEqualTo(2);
    assertThat(whole.json().path("damaged")).isEmpty();

    Path shard = shard("made");
    byte[] bytes = Files.readAllBytes(shard);
    bytes[bytes.length / 2] ^= 1;
    Files.write(shard, bytes);
    Said damaged = sluice("verify");
    assertThat(damaged.code()).isEqualTo(ExitCode.FAILED);
    assertThat(damaged.out())
        .contains(
            workspace.relativize(shard) + " is damaged: expected sha256 ",
            " (stage made)",
            "1 damaged or missing",
            "Nothing was changed.");
    // A file of another length is found as well.
    Files.write(shard, new byte[3]);
    assertThat(sluice("verify").out()).contains("1 damaged");

    assertThat(sluice("verify", "--repair").code()).isZero();
    assertThat(shard).doesNotExist();
    assertThat(sluice("verify").code()).isEqualTo(ExitCode.FAILED);
    sluice("run", file.toString(), "--quiet");
    assertThat(digest("made")).isEqualTo(before);
    Said mended = sluice("verify");
    assertThat(mended.code()).isZero();
    assertThat(mended.out())
        .contains(
            "all whole",
            "Files that were lost or set aside, and are recomputed in a newer attempt: 1; 'sluice gc' removes the old attempt.");
  }

  private Path shard(String stage) throws IOException {
    JsonNode run = sluice("status", "--json").json();
    for (JsonNode each : run.path("stages")) {
      if (each.path("name").asText().equals(stage)) {
        try (var files = Files.list(Path.of(each.path("artifact").asText()))) {
          return files
              .filter(path -> path.toString().endsWith(".parquet"))
              .sorted()
              .findFirst()
              .orElseThrow();
        }
      }
    }
    throw new IllegalStateException("no stage " + stage);
  }

  @Test
  void twoRunsAreCompared() throws IOException {
    String first =
        sluice("run", file.toString(), "--json", "--quiet").json().path("run_id").asText();
    String second =
        sluice(
                "run",
                file.toString(),
                "--set",
                "pipeline.transforms.made.config.shards=9",
                "--json",
                "--quiet")
            .json()
            .path("run_id")
            .asText();
    assertThat(sluice("diff", first, first, "--json").json().path("stages"))
        .extracting(stage -> stage.path("verdict").asText())
        .containsExactly("same", "same");
    JsonNode made = sluice("diff", first, second, "--json").json().path("stages").get(0);
    assertThat(made.path("verdict").asText()).isEqualTo("differs");
    assertThat(made.path("changes"))
        .extracting(
            c -> c.path("what").asText() + " " + c.path("a").asText() + " " + c.path("b").asText())
        .contains("config.shards 8 9", "rows out 24 27", "problems: rows it has alone 0 3");
  }

  @Test
  void rowIsFollowedToItsSource() throws IOException {
    String run = sluice("run", file.toString(), "--json", "--quiet").json().path("run_id").asText();
    String id =
        sluice("inspect", run + "/made", "--rows", "1", "--json")
            .json()
            .path("rows")
            .get(0)
            .path("problem_id")
            .asText();
    JsonNode lineage = sluice("lineage", run + "/made", id, "--json").json().path("lineage");
    assertThat(lineage).hasSize(1);
    assertThat(lineage.get(0).path("table").asText()).isEqualTo("problems");
    assertThat(lineage.get(0).path("row").path("source").asText()).isEqualTo("toy");
    assertThat(sluice("lineage", run + "/made", "nobody").err())
        .isEqualTo(
            "The stage 'made' has no row with the id 'nobody'; 'sluice inspect %s/made --rows 3' shows some.\n"
                .formatted(run));
  }

  private static List<String> states(JsonNode report) {
    List<String> states = new ArrayList<>();
    report.path("stages").forEach(stage -> states.add(stage.path("state").asText()));
    return states;
  }

  @Test
  void stageRunsAgainAndWhatFollowsOnlyIfItsRowsChanged() throws IOException {
    JsonNode first = sluice("run", file.toString(), "--json", "--quiet").json();
    String run = first.path("run_id").asText();
    JsonNode again = sluice("rerun", run, "--stage", "made", "--json", "--quiet").json();
    assertThat(states(again)).containsExactly("ran", "reused");
    JsonNode made = again.path("stages").get(0);
    assertThat(made.path("shards_reused").asInt()).isZero();
    assertThat(made.path("fingerprint")).isEqualTo(first.path("stages").get(0).path("fingerprint"));
    Path before = Path.of(first.path("stages").get(0).path("artifact").asText());
    assertThat(Path.of(made.path("artifact").asText())).isNotEqualTo(before);
    // The attempt before stays, whole.
    assertThat(sluice("verify", before.toString()).code()).isZero();
    assertThat(states(sluice("run", file.toString(), "--json", "--quiet").json()))
        .containsExactly("reused", "reused");

    JsonNode both =
        sluice("rerun", run, "--stage", "made", "--downstream", "--json", "--quiet").json();
    assertThat(states(both)).containsExactly("ran", "ran");
    assertThat(sluice("rerun", run, "--stage", "mode").err())
        .isEqualTo(
            "The run %s has no stage 'mode'; did you mean 'made'? It has made, counted.\n"
                .formatted(run));
  }

  @Test
  void rerunThatWasInterruptedGoesOnWhereItWas() throws IOException {
    String run = sluice("run", file.toString(), "--json", "--quiet").json().path("run_id").asText();
    Toys.poison = "00005";
    Said failed =
        sluice("rerun", run, "--stage", "made", "--parallelism", "1", "--json", "--quiet");
    assertThat(failed.code()).isEqualTo(ExitCode.FAILED);
    Toys.poison = "";
    JsonNode resumed =
        sluice("resume", failed.json().path("run_id").asText(), "--json", "--quiet").json();
    assertThat(states(resumed)).containsExactly("resumed", "reused");
    assertThat(resumed.path("stages").get(0).path("shards_reused").asInt()).isBetween(1, 7);
  }
}
