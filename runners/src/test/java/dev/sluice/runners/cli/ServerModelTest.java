package dev.sluice.runners.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.models.scripted.ScriptedLanguageModel;
import dev.sluice.models.scripted.ScriptedServer;
import dev.sluice.models.scripted.ScriptedServer.Asked;
import dev.sluice.models.scripted.ScriptedServer.Fault;
import dev.sluice.pipelines.models.LocalModels;
import dev.sluice.runners.cli.terminal.ExitCode;
import dev.sluice.stages.reward.TrainReward;
import dev.sluice.stages.synthesis.SampleSolutions;
import dev.sluice.stages.verification.VerifySolutions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs whose model is behind a server, from the command line. */
@Tag("flink")
final class ServerModelTest {
  private static final String FILE =
      """
      name: served
      models:
        solver:
          provider: openai
          base_url: %s
          model: scripted
          revision: "1"
          max_in_flight: 8
          price: {prompt: 1, completion: 2}
          %s
      pipeline:
        type: composite
        transforms:
          - {type: Make, name: made, config: {shards: 8}}
          - type: SampleSolutions
            name: solved
            input: made
            config: {model: solver, samples: 2, max_tokens: 30, error_handling: {threshold: 1}}
      %s
      """;

  private final List<ScriptedServer> servers = new ArrayList<>();
  private Path folder;
  private Path workspace;

  @BeforeEach
  void begin(@TempDir Path temporary) {
    folder = temporary;
    workspace = temporary.resolve("workspace");
    Toys.poison = "";
  }

  @AfterEach
  void stop() {
    servers.forEach(ScriptedServer::close);
  }

  private ScriptedServer server(Function<Asked, Fault> faults) {
    ScriptedServer server =
        ScriptedServer.of(
            new ScriptedLanguageModel("scripted", "1", (p, s, i, seed) -> "Answer: " + seed % 10),
            faults);
    servers.add(server);
    return server;
  }

  private Path file(String url, String keys, String blocks) throws IOException {
    return Files.writeString(folder.resolve("served.yaml"), FILE.formatted(url, keys, blocks));
  }

  private Said sluice(String... words) {
    return Said.of(
        Toys.services(
            LocalModels.class,
            new Toys.MakeType(),
            new SampleSolutions(),
            new VerifySolutions(),
            new TrainReward()),
        workspace,
        words);
  }

  private Said run(Path file, String... more) {
    List<String> words = new ArrayList<>(List.of("run", file.toString(), "--json", "--quiet"));
    words.addAll(List.of(more));
    return sluice(words.toArray(String[]::new));
  }

  private static JsonNode solved(Said said) throws IOException {
    return said.json().path("stages").path(1);
  }

  @Test
  void accountsWhatTheServerSays() throws IOException {
    ScriptedServer server = server(asked -> Fault.NONE);
    Path file = file(server.url(), "", "");
    Said said = run(file);
    assertThat(said.code()).as(said.err()).isZero();
    JsonNode stage = solved(said);
    long prompt = stage.path("prompt_tokens").asLong();
    assertThat(stage.path("rows_out").asLong()).isEqualTo(48);
    assertThat(stage.path("calls").asLong()).isEqualTo(48);
    assertThat(stage.path("completion_tokens").asLong()).isEqualTo(48 * 10);
    assertThat(prompt + 48 * 10).isEqualTo(server.charged());
    assertThat(stage.path("cost_usd").asDouble()).isEqualTo((prompt + 2 * 480) / 1e6, within());
    assertThat(server.asked()).hasSize(24);
    assertThat(server.mostInFlight()).isLessThanOrEqualTo(8);
    JsonNode plan =
        sluice("plan", file.toString(), "--json", "--set", "seed=3").json().path("stages").path(1);
    assertThat(plan.path("calls").asLong()).isEqualTo(48);
    assertThat(plan.path("cost_usd").asDouble()).isEqualTo((prompt + 960) / 1e6, within());
  }

  @Test
  void planPromisesToKeepOnlyWhatIsThere() throws IOException {
    Path file = file(server(asked -> Fault.NONE).url(), "", "");
    run(file, "--runner", "direct");
    String[] grown = {
      "plan", file.toString(), "--json", "--set", "pipeline.transforms.solved.config.samples=4"
    };
    JsonNode kept = sluice(grown).json().path("stages").path(1);
    assertThat(kept.path("reason").asText())
        .isEqualTo("`samples` changed from 2 to 4; the first 2 are kept");
    assertThat(kept.path("calls").asLong()).isEqualTo(48);
    deleteAll(workspace.resolve("units"));
    JsonNode gone = sluice(grown).json().path("stages").path(1);
    assertThat(gone.path("reason").asText()).isEqualTo("`samples` changed from 2 to 4");
  }

  private static org.assertj.core.data.Offset<Double> within() {
    return org.assertj.core.api.Assertions.within(1e-9);
  }

  @Test
  void aRerunAsksAnewAndEverythingElseReadsWhatWasSaid() throws IOException {
    ScriptedServer server = server(asked -> Fault.NONE);
    Path file = file(server.url(), "", "");
    String id = run(file).json().path("run_id").asText();
    assertThat(server.asked()).hasSize(24);
    // The rows are lost, the replies are not.
    deleteAll(workspace.resolve("artifacts"));
    deleteAll(workspace.resolve("units"));
    JsonNode again = solved(run(file, "--runner", "direct"));
    assertThat(again.path("calls").asLong()).isEqualTo(48);
    assertThat(again.path("calls_from_cache").asLong()).isEqualTo(48);
    assertThat(again.path("cost_usd").asDouble()).isZero();
    assertThat(server.asked()).hasSize(24);
    Said rerun =
        sluice("rerun", id, "--stage", "solved", "--json", "--quiet", "--runner", "direct");
    assertThat(solved(rerun).path("calls_from_cache").asLong()).isZero();
    assertThat(server.asked()).hasSize(48);
    deleteAll(workspace.resolve("artifacts"));
    deleteAll(workspace.resolve("units"));
    assertThat(solved(run(file, "--runner", "direct", "--no-cache")).path("calls").asLong())
        .isEqualTo(48);
    assertThat(server.asked()).hasSize(72);
  }

  private static void deleteAll(Path top) throws IOException {
    try (Stream<Path> files = Files.walk(top)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void stopsBeforeItsBudgetIsPassedAndGoesOnWithoutPayingTwice() throws IOException {
    ScriptedServer server = server(asked -> Fault.NONE);
    Path file = file(server.url(), "", "budget: {tokens: 2000}");
    Said said = run(file);
    assertThat(said.code()).as(said.err()).isEqualTo(ExitCode.OVER_BUDGET);
    assertThat(said.json().path("state").asText()).isEqualTo("over_budget");
    assertThat(said.err()).contains("Stage 'solved' stopped at the budget: ");
    assertThat(server.charged()).isBetween(1L, 2000L);
    String id = said.json().path("run_id").asText();
    assertThat(said.err()).contains("sluice resume " + id + " --set budget.tokens=4000");
    long charged = server.charged();
    for (String[] low :
        new String[][] {
          {"resume", id}, {"resume"}, {"resume", id, "--set", "budget.tokens=1000"}
        }) {
      Said refused = sluice(low);
      assertThat(refused.code()).isEqualTo(ExitCode.MISTAKE);
      assertThat(refused.err())
          .startsWith("The run %s was stopped by its budget (2,000 tokens); ".formatted(id))
          .contains("continues only with a higher one: sluice resume " + id + " --set budget.");
    }
    assertThat(server.charged()).isEqualTo(charged);
    Said last = said;
    for (int runs = 2; last.code() == ExitCode.OVER_BUDGET; runs++) {
      last = sluice("resume", id, "--set", "budget.tokens=" + 2000 * runs, "--json", "--quiet");
      assertThat(last.json().path("run_id").asText()).isEqualTo(id);
      // What it spent before counts.
      assertThat(server.charged()).isLessThanOrEqualTo(2000L * runs);
    }
    assertThat(last.code()).as(last.err()).isZero();
    assertThat(
            solved(last).path("prompt_tokens").asLong()
                + solved(last).path("completion_tokens").asLong())
        .isEqualTo(server.charged());
    assertThat(solved(last).path("rows_out").asLong()).isEqualTo(48);
    assertThat(server.asked()).hasSize(24);
  }

  /** Prices are 1 and 2 dollars a million tokens; a request asks for two samples of ten tokens. */
  @Test
  void moneyIsABudgetToo() throws IOException {
    ScriptedServer server = server(asked -> Fault.NONE);
    Said said = run(file(server.url(), "", "budget: {usd: 0.003}"));
    assertThat(said.code()).as(said.err()).isEqualTo(ExitCode.OVER_BUDGET);
    assertThat(said.err()).contains(" of 0.003000 US dollars ");
    String id = said.json().path("run_id").asText();
    int runs = 1;
    while (said.code() == ExitCode.OVER_BUDGET) {
      assertThat(microDollars(server)).isBetween(1L, 3000L * runs);
      runs++;
      said = sluice("resume", id, "--set", "budget.usd=" + 0.003 * runs, "--json", "--quiet");
    }
    assertThat(said.code()).as(said.err()).isZero();
    assertThat(solved(said).path("rows_out").asLong()).isEqualTo(48);
    assertThat(server.asked()).hasSize(24);
    assertThat(microDollars(server)).isBetween(3000L, 3000L * runs);
  }

  private static long microDollars(ScriptedServer server) {
    return server.charged() + 20L * server.asked().size();
  }

  @Test
  void rowsThatGetNoReplyAreDeadOfWhatTheyDiedOfAndTriedAgain() throws IOException {
    boolean[] broken = {true};
    ScriptedServer server =
        server(one -> broken[0] && one.prompt().contains("2/") ? Fault.BROKEN : Fault.NONE);
    Path file = file(server.url(), "max_attempts: 2", "");
    Said said = run(file, "--runner", "direct");
    assertThat(said.code()).as(said.err()).isZero();
    assertThat(solved(said).path("rows_dead").asLong()).isEqualTo(6);
    assertThat(solved(said).path("rows_out").asLong()).isEqualTo(42);
    assertThat(server.asked()).hasSize(21 + 2 * 3);
    String id = said.json().path("run_id").asText();
    broken[0] = false;
    Said retried = sluice("retry-dead", id, "--json", "--quiet", "--runner", "direct");
    assertThat(retried.code()).as(retried.err()).isZero();
    assertThat(solved(retried).path("rows_out").asLong()).isEqualTo(48);
    assertThat(server.asked()).hasSize(27 + 3);
  }

  @Test
  void aRefusedKeyEndsTheRunAndStandsNowhere() throws IOException {
    // The key is a variable that every process has.
    String key = System.getenv("PATH");
    ScriptedServer server = server(asked -> Fault.UNAUTHORIZED);
    Said said = run(file(server.url(), "api_key_env: PATH", ""));
    assertThat(said.code()).isEqualTo(ExitCode.MISTAKE);
    assertThat(said.err())
        .contains("The server refuses the key in the environment variable PATH")
        .doesNotContain(key);
    assertThat(server.asked()).extracting(Asked::authorization).containsOnly("Bearer " + key);
    assertThat(server.asked().size()).isLessThanOrEqualTo(8);
    try (Stream<Path> files = Files.walk(workspace)) {
      for (Path each : files.filter(Files::isRegularFile).toList()) {
        assertThat(new String(Files.readAllBytes(each), StandardCharsets.ISO_8859_1))
            .as("%s", each)
            .doesNotContain(key);
      }
    }
  }

  @Test
  void mistakesAreToldBeforeAnythingIsAsked() throws IOException {
    ScriptedServer server = server(asked -> Fault.NONE);
    Said unknown =
        run(file(server.url(), "", "").toAbsolutePath(), "--set", "models.solver.model=gpt");
    assertThat(unknown.code()).isEqualTo(ExitCode.MISTAKE);
    assertThat(unknown.err()).contains("has no model 'gpt'; it has scripted.");
    assertThat(server.asked()).isEmpty();
    Path file =
        file(
            server.url(),
            "",
            "    - {type: TrainReward, name: reward, config: {model: solver, steps: 1}}");
    assertThat(sluice("validate", file.toString()).out())
        .contains("model 'solver' is behind a server, which generates and does no more");
    Path dear = file(server.url(), "", "budget: {usd: 1}");
    Files.writeString(dear, Files.readString(dear).replaceAll("price: .*", ""));
    assertThat(sluice("validate", dear.toString()).out())
        .contains("budget.usd bounds what model 'solver' costs, but it has no price");
  }

  @Test
  void keysOfTheFileReachTheServerAndDecideRows() throws IOException {
    ScriptedServer server = server(asked -> Fault.NONE);
    String keys =
        "request: {reasoning_effort: %s, max_completion_tokens: $max_tokens, top_k: 20, seed: null, options: {think: false, stops: [1, null]}}";
    Said low = run(file(server.url(), keys.formatted("low"), ""));
    assertThat(low.code()).as(low.err()).isZero();
    int asked = server.asked().size();
    JsonNode body = server.asked().get(0).body();
    assertThat(body.path("reasoning_effort").asText()).isEqualTo("low");
    assertThat(body.path("max_completion_tokens").asInt()).isEqualTo(30);
    assertThat(body.path("top_k").asInt()).isEqualTo(20);
    assertThat(body.has("max_tokens")).isFalse();
    assertThat(body.has("seed")).isFalse();
    assertThat(body.path("options").toString()).isEqualTo("{\"stops\":[1,null],\"think\":false}");
    assertThat(run(file(server.url(), keys.formatted("low"), "")).code()).isZero();
    assertThat(server.asked()).hasSize(asked);
    assertThat(run(file(server.url(), keys.formatted("high"), "")).code()).isZero();
    assertThat(server.asked()).hasSize(2 * asked);
    Said wrong = run(file(server.url(), "request: {n: 4}", ""));
    assertThat(wrong.code()).isEqualTo(ExitCode.MISTAKE);
    assertThat(wrong.err())
        .contains("request may not hold 'n': Sluice decides it for each request; leave it out");
    assertThat(server.asked()).hasSize(2 * asked);
  }

  @Test
  void validate_serverWithoutTheModel_isAMistakeAtItsPlaceUnlessOffline() throws IOException {
    ScriptedServer server = server(asked -> Fault.NONE);
    Path file = file(server.url(), "", "");
    assertThat(sluice("validate", file.toString()).out())
        .isEqualTo(file + ": no mistakes, 2 stages\n");
    Files.writeString(file, Files.readString(file).replace("model: scripted", "model: gpt"));
    String mistake =
        "%s:6:12: models.solver.model: the server at %s has no model 'gpt'; it has scripted.\n"
            .formatted(file, server.url());
    Said said = sluice("validate", file.toString());
    assertThat(said.code()).isEqualTo(ExitCode.MISTAKE);
    assertThat(said.out()).isEqualTo(mistake);
    Said run = sluice("run", file.toString());
    assertThat(run.code()).isEqualTo(ExitCode.MISTAKE);
    assertThat(run.err()).isEqualTo(mistake);
    assertThat(workspace.resolve("runs")).doesNotExist();
    Said offline = sluice("validate", file.toString(), "--offline");
    assertThat(offline.code()).isZero();
    assertThat(offline.out()).isEqualTo(file + ": no mistakes, 2 stages\n");
    // A stage that is left out asks nobody.
    assertThat(sluice("validate", file.toString(), "--until", "made").code()).isZero();
  }

  @Test
  void validate_serverThatDoesNotAnswer_isAWarning() throws IOException {
    ScriptedServer server = server(asked -> Fault.NONE);
    Path file = file(server.url(), "", "");
    assertThat(run(file).code()).isZero();
    server.close();
    String warning =
        "warning: %s:5:15: models.solver.base_url: no server answers at %s (ConnectException). Start it before a stage asks it, or correct base_url.\n"
            .formatted(file, server.url());
    Said said = sluice("validate", file.toString());
    assertThat(said.code()).isZero();
    assertThat(said.out()).isEqualTo(warning + file + ": no mistakes, 2 stages\n");
    assertThat(sluice("validate", file.toString(), "--json").json().path("warnings")).hasSize(1);
    assertThat(sluice("validate", file.toString(), "--offline").out()).doesNotContain("warning");
    // Everything is there, so no server is needed.
    Said again = sluice("run", file.toString(), "--runner", "direct");
    assertThat(again.code()).isZero();
    assertThat(again.err()).doesNotContain("warning");
    Said more = sluice("run", file.toString(), "--runner", "direct", "--set", "seed=9");
    assertThat(more.err()).startsWith(warning);
    assertThat(more.code()).isEqualTo(ExitCode.MISTAKE);
  }

  @Test
  void validate_keyThatIsNotThere_isAMistakeEvenOffline() throws IOException {
    ScriptedServer server = server(asked -> Fault.NONE);
    Path file = file(server.url(), "api_key_env: SLUICE_TEST_NO_SUCH_KEY", "");
    Said said = sluice("validate", file.toString(), "--offline");
    assertThat(said.code()).isEqualTo(ExitCode.MISTAKE);
    assertThat(said.out())
        .isEqualTo(
            "%s:10:18: models.solver.api_key_env: The environment variable SLUICE_TEST_NO_SUCH_KEY, which api_key_env names, is not set or empty. Set it where the workers run, or leave api_key_env out if the server wants no key.\n"
                .formatted(file));
    assertThat(sluice("plan", file.toString()).code()).isZero();
    assertThat(sluice("run", file.toString()).err()).isEqualTo(said.out());
    assertThat(server.asked()).isEmpty();
  }

  @Test
  void unknownEnding_isToldOnceAndRecorded() throws IOException {
    ScriptedServer server = server(asked -> Fault.ODD_ENDING);
    Path file = file(server.url(), "", "");
    Said said = sluice("run", file.toString(), "--runner", "direct");
    assertThat(said.code()).as(said.err()).isZero();
    String sentence =
        "The server at %s ends a reply with finish_reason 'paused', which does not say whether the reply is whole."
            .formatted(server.url());
    assertThat(said.err().lines().filter(line -> line.contains("finish_reason")))
        .singleElement()
        .asString()
        .startsWith("warning: solved: " + sentence);
    try (Stream<Path> runs = Files.list(workspace.resolve("runs"))) {
      Path run = runs.filter(Files::isDirectory).findFirst().orElseThrow();
      assertThat(Files.readAllLines(run.resolve("events.jsonl")))
          .filteredOn(line -> line.contains("\"event\":\"warning\""))
          .singleElement()
          .asString()
          .contains("\"stage\":\"solved\"")
          .contains("finish_reason");
      JsonNode manifest =
          sluice("inspect", run.getFileName() + "/solved", "--json").json().path("manifest");
      assertThat(manifest.path("warnings")).hasSize(1);
      assertThat(manifest.path("warnings").path(0).asText()).startsWith(sentence);
    }
  }
}
