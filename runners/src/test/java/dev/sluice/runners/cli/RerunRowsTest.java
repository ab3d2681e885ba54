package dev.sluice.runners.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.models.scripted.ScriptedLanguageModel;
import dev.sluice.models.scripted.ScriptedServer;
import dev.sluice.models.scripted.ScriptedServer.Asked;
import dev.sluice.models.scripted.ScriptedServer.Fault;
import dev.sluice.pipelines.models.LocalModels;
import dev.sluice.runners.cli.terminal.ExitCode;
import dev.sluice.stages.aggregation.AggregateStepLabels;
import dev.sluice.stages.synthesis.SampleSolutions;
import dev.sluice.stages.verification.VerifySolutions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code rerun --where} and {@code retry-dead} ask the rows that they are for, and no other. */
@Tag("flink")
final class RerunRowsTest {
  private static final String FILE =
      """
      name: served
      models:
        solver: {provider: openai, base_url: "%s", model: scripted, revision: "1", max_attempts: 1}
      pipeline:
        type: composite
        transforms:
          - {type: Make, name: made, config: {shards: 3}}
          - type: SampleSolutions
            name: solved
            input: made
            config: {model: solver, samples: 2, max_tokens: 30, error_handling: {threshold: 1}}
          - type: VerifySolutions
            name: voted
            input: {solutions: solved, problems: made}
            config: {model: solver, votes: 1, granularity: outcome, checks: [rule]}
          - {type: AggregateStepLabels, name: labels, input: voted, config: {estimator: outcome_majority}}
      """;

  private static final Pattern PROBLEM = Pattern.compile("\\b(\\d)/(\\d)\\b");

  /** Which of the rounds of asking it is: every round answers otherwise. */
  private volatile int round = 1;

  private volatile Function<Asked, Fault> faults = asked -> Fault.NONE;
  private ScriptedServer server;
  private Path folder;
  private Path workspace;
  private Path file;

  @BeforeEach
  void begin(@TempDir Path temporary) throws IOException {
    folder = temporary;
    workspace = temporary.resolve("workspace");
    Toys.poison = "";
    server =
        ScriptedServer.of(
            new ScriptedLanguageModel(
                "scripted", "1", (prompt, sampling, index, seed) -> reply(prompt)),
            asked -> faults.apply(asked));
    file = Files.writeString(folder.resolve("served.yaml"), FILE.formatted(server.url()));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** Of the problem {@code shard/row}: its row, and the round. */
  private String reply(String prompt) {
    if (!PROBLEM.matcher(prompt).find()) {
      return "Answer: 7 in round " + round;
    }
    return prompt.startsWith("Solve")
        ? "Answer: " + problem(prompt).charAt(2) + round
        : "The answer is right. Verdict: Yes " + round;
  }

  private static String problem(String prompt) {
    Matcher found = PROBLEM.matcher(prompt);
    return found.find() ? found.group() : "none";
  }

  private Said sluice(String... words) {
    return Said.of(
        Toys.services(
            LocalModels.class,
            new Toys.MakeType(),
            new SampleSolutions(),
            new VerifySolutions(),
            new AggregateStepLabels()),
        workspace,
        words);
  }

  private String run(String... more) throws IOException {
    List<String> words =
        new ArrayList<>(List.of("run", file.toString(), "--json", "--quiet", "--runner", "direct"));
    words.addAll(List.of(more));
    Said said = sluice(words.toArray(String[]::new));
    assertThat(said.code()).as(said.err()).isZero();
    return said.json().path("run_id").asText();
  }

  /** The rows of a table, as JSON, by id. */
  private Map<String, String> rows(String target, String... more) throws IOException {
    List<String> words = new ArrayList<>(List.of("inspect", target, "--rows", "99", "--json"));
    words.addAll(List.of(more));
    Map<String, String> rows = new TreeMap<>();
    for (JsonNode row : sluice(words.toArray(String[]::new)).json().path("rows")) {
      rows.put(
          row.has("record_id") ? row.path("record_id").asText() : row.path(0).asText(),
          row.toString());
      if (row.has("solution_id") && !row.has("vote_index")) {
        rows.remove("");
        rows.put(row.path("solution_id").asText(), row.toString());
      }
    }
    return rows;
  }

  /** What the server was asked since, as {@code problem x samples}, sorted. */
  private List<String> asked(int since, String begin) {
    return server.asked().subList(since, server.asked().size()).stream()
        .filter(one -> one.prompt().startsWith(begin))
        .map(one -> problem(one.prompt()) + " x " + one.samples())
        .sorted()
        .toList();
  }

  @Test
  void rerunWhere_asksTheChosenRowsAndTakesOverTheOthers() throws IOException {
    String first = run("--until", "voted");
    Map<String, String> before = rows(first + "/solved");
    assertThat(before).hasSize(18);
    int since = server.count();
    round = 2;

    Said said =
        sluice(
            "rerun",
            first,
            "--stage",
            "solved",
            "--where",
            "text ~ 'Answer: 1' and sample_index = 1",
            "--json",
            "--runner",
            "direct");

    assertThat(said.code()).as(said.err()).isZero();
    assertThat(said.err())
        .startsWith("3 of 18 rows of 'solved' are requested again; the others are copied.\n");
    assertThat(asked(since, "Solve")).containsExactly("0/1 x 1", "1/1 x 1", "2/1 x 1");
    String again = said.json().path("run_id").asText();
    Map<String, String> after = rows(again + "/solved");
    Set<String> changed = new HashSet<>(before.keySet());
    changed.removeIf(id -> Objects.equals(before.get(id), after.get(id)));
    assertThat(after.keySet()).isEqualTo(before.keySet());
    assertThat(changed)
        .hasSize(3)
        .allSatisfy(
            id -> {
              assertThat(before.get(id)).contains("\"sample_index\":1", "Answer: 11");
              assertThat(after.get(id)).contains("\"sample_index\":1", "Answer: 12");
            });
    // What reads the stage follows.
    JsonNode voted = said.json().path("stages").get(2);
    assertThat(voted.path("state").asText()).isEqualTo("ran");
    assertThat(voted.path("rows_out").asInt()).isEqualTo(36);

    JsonNode manifest = sluice("inspect", again + "/solved", "--json").json().path("manifest");
    String attempt =
        sluice("inspect", first + "/solved", "--json")
            .json()
            .path("manifest")
            .path("attempt")
            .asText();
    assertThat(manifest.path("asked_again").toString())
        .isEqualTo(
            "{\"attempt\":\"%s\",\"where\":\"text ~ 'Answer: 1' and sample_index = 1\",\"asked\":3,\"taken\":15}"
                .formatted(attempt));
    String text =
        "3 of 18 rows (where text ~ 'Answer: 1' and sample_index = 1); 15 copied from the attempt "
            + attempt;
    assertThat(sluice("inspect", again + "/solved").out()).contains("asked again  " + text + "\n");
    assertThat(sluice("diff", first, again).out())
        .contains("solved: differs\n", "  asked again: - -> " + text + "\n");
    String asked = changed.iterator().next();
    assertThat(sluice("lineage", again + "/solved", asked).out())
        .contains(
            "  asked again: in the attempt %s it satisfied text ~ 'Answer: 1' and sample_index = 1\n"
                .formatted(attempt));
    Set<String> kept = new HashSet<>(before.keySet());
    kept.removeAll(changed);
    assertThat(sluice("lineage", again + "/solved", kept.iterator().next()).out())
        .contains("  copied from the attempt " + attempt + "\n");
    assertThat(
            sluice("lineage", again + "/solved", asked, "--json")
                .json()
                .path("lineage")
                .get(0)
                .path("asked_again")
                .asBoolean())
        .isTrue();
    // The next run finds the new attempt and asks nothing.
    int all = server.count();
    assertThat(run("--until", "voted")).isNotEqualTo(again);
    assertThat(server.count()).isEqualTo(all);
    assertThat(sluice("verify", "--json").json().path("damaged")).isEmpty();
  }

  @Test
  void rerunWhere_ofVotesLeavesThoseOfProgramsAlone() throws IOException {
    String first = run("--until", "voted");
    int since = server.count();
    round = 2;
    Said said = sluice("rerun", first, "--stage", "voted", "--where", "pass = rule", "--quiet");
    assertThat(said.code()).isZero();
    assertThat(said.out()).startsWith("Nothing to ask again: no row of 'voted' that a model wrote");
    assertThat(server.count()).isEqualTo(since);
    Said votes =
        sluice(
            "rerun",
            first,
            "--stage",
            "voted",
            "--where",
            "vote_index >= 0",
            "--json",
            "--quiet",
            "--runner",
            "direct");
    assertThat(votes.code()).as(votes.err()).isZero();
    // 18 votes of the model; the 18 of the program are no requests.
    assertThat(server.count()).isEqualTo(since + 18);
    assertThat(
            sluice("inspect", votes.json().path("run_id").asText() + "/voted", "--json")
                .json()
                .path("manifest")
                .path("asked_again")
                .path("asked")
                .asInt())
        .isEqualTo(18);
  }

  @Test
  void rerunWhere_thatChoosesNothing_runsNothing() throws IOException {
    String first = run("--until", "voted");
    int since = server.count();
    Said none = sluice("rerun", first, "--stage", "solved", "--where", "sample_index > 7");
    assertThat(none.code()).isZero();
    assertThat(none.out())
        .isEqualTo(
            "Nothing to ask again: no row of 'solved' that a model wrote satisfies \"sample_index > 7\".\n");
    assertThat(none.err()).isEmpty();
    assertThat(server.count()).isEqualTo(since);
    assertThat(sluice("runs", "--json").json().path("runs")).hasSize(1);
  }

  @Test
  void rerunWhere_refusesWhatCannotBeAskedByRow() throws IOException {
    String first = run();
    for (String[] each :
        new String[][] {
          {
            "made",
            "source = toy",
            "The stage 'made' (Make) asks no model for one row at a time, so none of its rows can be asked again alone; 'sluice rerun %s --stage made' runs all of it again.\n"
          },
          {
            "labels",
            "status = tie",
            "The stage 'labels' (AggregateStepLabels) asks no model for one row at a time, so none of its rows can be asked again alone; 'sluice rerun %s --stage labels' runs all of it again.\n"
          },
          {
            "solved",
            " ",
            "--where is empty; it takes a condition such as \"parsed = false\". Without --where the whole stage runs again.\n"
          },
          {"solved", "txt = 1", "There is no column 'txt'; there are "},
          {"solved", "text", "--where takes comparisons such as "},
          {"solvd", "text = 1", "The run %s has no stage 'solvd'; did you mean 'solved'?"},
        }) {
      Said said = sluice("rerun", first, "--stage", each[0], "--where", each[1]);
      assertThat(said.code()).as(each[1]).isEqualTo(ExitCode.MISTAKE);
      assertThat(said.err()).startsWith(each[2].formatted(first));
    }
    assertThat(sluice("runs", "--json").json().path("runs")).hasSize(1);
    // A stage that never finished has no rows to choose from.
    Said never =
        sluice(
            "rerun", first, "--stage", "solved", "--where", "sample_index = 0", "--set", "seed=8");
    assertThat(never.code()).isEqualTo(ExitCode.MISTAKE);
  }

  @Test
  void rerunWhere_thatWasKilledInTheMiddle_goesOnWithWhatItHas() throws Exception {
    Path real =
        Files.writeString(
            folder.resolve("real.yaml"),
            """
            name: real
            models:
              solver: {provider: openai, base_url: "%s", model: scripted, revision: "1"}
            pipeline:
              type: chain
              transforms:
                - type: SynthesizeProblems
                  name: made
                  config: {source: {kind: arithmetic, count: 6, ops: {min: 3, max: 3}}, shard_problems: 2}
                - {type: SampleSolutions, name: solved, config: {model: solver, samples: 2}}
            """
                .formatted(server.url()));
    Said done = child("run", real.toString()).end();
    assertThat(done.code()).as(done.err()).isZero();
    String first = done.json().path("run_id").asText();
    Map<String, String> before = rows(first + "/solved");
    assertThat(before).hasSize(12);
    int since = server.count();
    round = 2;
    // The third request of the rerun never gets its answer; the first two belong to other shards.
    faults = one -> server.count() - since == 3 ? Fault.STALL : Fault.NONE;
    Child rerun =
        child(
            "rerun",
            first,
            "--stage",
            "solved",
            "--where",
            "sample_index = 1",
            "--parallelism",
            "1");
    rerun.until(() -> server.count() - since >= 3);
    rerun.kill();
    // Nothing of the half attempt counts.
    assertThat(rows(first + "/solved")).isEqualTo(before);
    faults = one -> Fault.NONE;
    Said resumed = child("resume").end();
    assertThat(resumed.code()).as(resumed.err()).isZero();
    String id = resumed.json().path("run_id").asText();
    assertThat(id).isNotEqualTo(first);
    assertThat(
            sluice("inspect", id + "/solved", "--json")
                .json()
                .path("manifest")
                .path("asked_again")
                .toString())
        .endsWith("\"where\":\"sample_index = 1\",\"asked\":6,\"taken\":6}");
    Map<String, String> after = rows(id + "/solved");
    assertThat(after.keySet()).isEqualTo(before.keySet());
    after.forEach(
        (row, text) -> {
          if (text.contains("\"sample_index\":1")) {
            assertThat(text).contains("round 2");
          } else {
            assertThat(text).isEqualTo(before.get(row));
          }
        });
    assertThat(sluice("verify", "--json").json().path("damaged")).isEmpty();
  }

  private Child child(String... words) throws IOException {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--workspace", workspace.toString(), "--json", "--quiet"));
    return Child.start(folder, all.toArray(String[]::new));
  }

  @Test
  void retryDead_asksOnlyWhatAnotherTryMayMend() throws IOException {
    faults =
        one ->
            switch (problem(one.prompt())) {
              case "0/0", "0/2" -> Fault.FILTERED;
              case "1/1" -> Fault.TOO_LONG;
              case "0/1", "2/2" -> Fault.BROKEN;
              default -> Fault.NONE;
            };
    String first = run("--until", "solved");
    Map<String, String> letters = rows(first + "/solved", "--table", "dead_letters");
    assertThat(letters).hasSize(10);
    int since = server.count();
    // What was refused once would be answered now, and is not asked.
    faults = one -> problem(one.prompt()).equals("2/2") ? Fault.BROKEN : Fault.NONE;

    Said said = sluice("retry-dead", first, "--json", "--runner", "direct");

    assertThat(said.code()).as(said.err()).isZero();
    assertThat(asked(since, "Solve")).containsExactly("0/1 x 2", "2/2 x 2");
    assertThat(said.err())
        .startsWith(
            "'solved': 4 of 10 dead letters asked again; 6 stay: 4 content_filter, 2 context_length.\n");
    String again = said.json().path("run_id").asText();
    Map<String, String> left = rows(again + "/solved", "--table", "dead_letters");
    assertThat(left).hasSize(8);
    left.forEach(
        (id, row) -> {
          if (row.contains("server_error")) {
            assertThat(row).contains("\"attempts\":2");
          } else {
            assertThat(row).isEqualTo(letters.get(id));
          }
        });
    assertThat(
            sluice("inspect", again + "/solved", "--json")
                .json()
                .path("manifest")
                .path("asked_again")
                .toString())
        .contains("\"asked\":4,\"taken\":14}");
    faults = one -> Fault.NONE;
    assertThat(sluice("retry-dead", again, "--json", "--quiet", "--runner", "direct").code())
        .isZero();
    int all = server.count();
    Said nothing = sluice("retry-dead", again);
    assertThat(nothing.out())
        .isEqualTo(
            "Nothing to retry: the run %s has no dead letters that a retry may fix. 'solved': 6 stay: 4 content_filter, 2 context_length.\n"
                .formatted(again));
    assertThat(server.count()).isEqualTo(all);
  }

  @Test
  void retryDead_ofAStageThatFailedOfThem_countsThoseOfItsFinishedUnits() throws IOException {
    faults =
        one ->
            switch (problem(one.prompt())) {
              case "0/0" -> Fault.FILTERED;
              case "2/1" -> Fault.BROKEN;
              default -> Fault.NONE;
            };
    String threshold = "pipeline.transforms.solved.config.error_handling.threshold=0.2";
    Said failed =
        sluice(
            "run",
            file.toString(),
            "--json",
            "--quiet",
            "--runner",
            "direct",
            "--until",
            "solved",
            "--set",
            threshold);
    assertThat(failed.code()).isEqualTo(ExitCode.FAILED);
    int since = server.count();
    faults = one -> Fault.NONE;
    Said said =
        sluice("retry-dead", failed.json().path("run_id").asText(), "--json", "--runner", "direct");
    assertThat(said.code()).as(said.err()).isZero();
    assertThat(said.err())
        .startsWith("'solved': 2 of 4 dead letters asked again; 2 stay: 2 content_filter.\n");
    assertThat(asked(since, "Solve")).containsExactly("2/1 x 2");
    assertThat(said.json().path("stages").path(1).path("rows_dead").asInt()).isEqualTo(2);
  }
}
