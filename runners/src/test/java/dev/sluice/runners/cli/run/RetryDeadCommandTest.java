package dev.sluice.runners.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.models.Embedder;
import dev.sluice.models.LanguageModel;
import dev.sluice.models.ModelException;
import dev.sluice.models.ModelRuntime;
import dev.sluice.models.StepClassifier;
import dev.sluice.models.scripted.ScriptedLanguageModel;
import dev.sluice.pipelines.run.worker.ModelHost;
import dev.sluice.pipelines.run.worker.ModelReference;
import dev.sluice.runners.cli.Said;
import dev.sluice.runners.cli.Toys;
import dev.sluice.runners.cli.terminal.ExitCode;
import dev.sluice.runners.cli.terminal.Services;
import dev.sluice.stages.synthesis.SampleSolutions;
import dev.sluice.stages.verification.VerifySolutions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code retry-dead} and {@code gc} from the command line, on Beam's direct runner. */
@Tag("flink")
final class RetryDeadCommandTest {
  private static final String FILE =
      """
      name: toy
      models:
        solver: {provider: djl, from: builtin:tiny-solver}
      pipeline:
        type: composite
        transforms:
          - {type: Make, name: made, config: {shards: 3}}
          - type: SampleSolutions
            name: solved
            input: made
            config: {model: solver, samples: 2, error_handling: {threshold: 0.5}}
          - type: VerifySolutions
            name: voted
            input: {solutions: solved, problems: made}
            config: {model: solver, votes: 1, granularity: outcome}
      """;

  /** A prompt that holds it gets no reply; empty for none. Static, as the engine runs here. */
  private static volatile String away = "";

  private static final AtomicInteger ASKED = new AtomicInteger();

  private Path file;
  private Path workspace;

  @BeforeEach
  void writeFile(@TempDir Path folder) throws IOException {
    file = Files.writeString(folder.resolve("toy.yaml"), FILE);
    workspace = folder.resolve("workspace");
    away = "";
    ASKED.set(0);
    Toys.poison = "";
  }

  private static final class Scripted implements ModelHost {
    private static final long serialVersionUID = 1;

    @Override
    public LanguageModel open(ModelReference reference) {
      return new ScriptedLanguageModel(
          "scripted",
          "1",
          (prompt, sampling, index, seed) -> {
            ASKED.incrementAndGet();
            if (!away.isEmpty() && prompt.contains(away)) {
              throw new UncheckedIOException(new IOException("the server is away"));
            }
            return "Yes " + seed;
          });
    }

    @Override
    public StepClassifier openClassifier(ModelReference reference) {
      throw new ModelException("There is none.");
    }

    @Override
    public Embedder openEmbedder(ModelReference reference) {
      throw new ModelException("There is none.");
    }

    @Override
    public Path folder(ModelReference reference) {
      throw new ModelException("There is none.");
    }

    @Override
    public ModelRuntime runtime() {
      throw new ModelException("There is none.");
    }
  }

  private static Services services() {
    return Toys.services(
        Scripted.class, new Toys.MakeType(), new SampleSolutions(), new VerifySolutions());
  }

  private Said sluice(String... words) {
    return Said.of(services(), workspace, words);
  }

  private JsonNode run() throws IOException {
    Said said = sluice("run", file.toString(), "--runner", "direct", "--json", "--quiet");
    assertThat(said.code()).as(said.err()).isZero();
    return said.json();
  }

  private String digest(String target) throws IOException {
    return sluice("digest", target, "--json").json().path("digest").asText();
  }

  @Test
  void retryDead_triesTheDeadAndLeavesTheRestToTheNextRun() throws IOException {
    Path here = workspace;
    workspace = here.resolveSibling("undisturbed");
    String whole = run().path("run_id").asText();
    String solved = digest(whole + "/solved");
    String voted = digest(whole + "/voted");
    workspace = here;
    away = "Problem: 1/2\n";
    JsonNode broken = run();
    String id = broken.path("run_id").asText();
    assertThat(broken.path("stages").get(1).path("rows_dead").asInt()).isEqualTo(2);
    assertThat(sluice("retry-dead", id, "--stage", "solvd").code()).isEqualTo(ExitCode.MISTAKE);
    assertThat(sluice("retry-dead", id, "--stage", "solvd").err())
        .contains("has no stage 'solvd'; did you mean 'solved'? It has made, solved, voted.");

    away = "";
    ASKED.set(0);
    Said said = sluice("retry-dead", id, "--runner", "direct", "--json");
    assertThat(said.code()).as(said.err()).isZero();
    assertThat(ASKED).hasValue(2);
    assertThat(said.json().path("stages"))
        .extracting(stage -> stage.path("name").asText() + " " + stage.path("state").asText())
        .containsExactly("made reused", "solved resumed");
    assertThat(said.err()).contains("What reads the new rows is run by: sluice run " + file);
    assertThat(digest(said.json().path("run_id").asText() + "/solved")).isEqualTo(solved);

    assertThat(sluice("plan", file.toString(), "--json").json().path("stages"))
        .extracting(stage -> stage.path("action").asText())
        .containsExactly("reuse", "reuse", "run");
    JsonNode resumed =
        sluice("run", file.toString(), "--runner", "direct", "--json", "--quiet").json();
    assertThat(resumed.path("stages").get(2).path("rows_out").asInt()).isEqualTo(18);
    assertThat(digest(resumed.path("run_id").asText() + "/voted")).isEqualTo(voted);

    Said nothing = sluice("retry-dead", id);
    assertThat(nothing.code()).isZero();
    assertThat(nothing.out())
        .isEqualTo(
            "Nothing to retry: the run %s has no dead letters that a retry may fix.%n"
                .formatted(id));
  }

  @Test
  void gcTellsWhatItRemovesAndKeepsWhatARunReaches() throws IOException {
    String first = run().path("run_id").asText();
    sluice("rerun", first, "--stage", "solved", "--runner", "direct", "--quiet", "--json");
    // The rows came out equal, so the votes are still those that read the first attempt.
    assertThat(sluice("gc", "--keep-runs", "1", "--json").json().path("removed").get(1).toString())
        .isEqualTo("{\"kind\":\"artifacts\",\"count\":0,\"bytes\":0}");
    sluice(
        "run",
        file.toString(),
        "--set",
        "pipeline.transforms.solved.config.samples=1",
        "--runner",
        "direct",
        "--quiet");
    Said nothing = sluice("gc", "--json");
    assertThat(nothing.code()).isZero();
    assertThat(nothing.json().path("bytes").asLong()).isZero();
    assertThat(nothing.json().path("runs_kept").asInt()).isEqualTo(2);

    JsonNode dry = sluice("gc", "--keep-runs", "1", "--dry-run", "--json").json();
    assertThat(dry.path("removed"))
        .extracting(kind -> kind.path("kind").asText() + " " + kind.path("count").asInt())
        .containsExactly(
            "runs 1",
            "artifacts 3",
            "units 9",
            "unfinished 0",
            "damaged 0",
            "checkpoints 0",
            "leases 0",
            "replies 0");
    assertThat(dry.path("runs_removed")).hasSize(1);
    assertThat(sluice("verify", "--json").json().path("artifacts").asInt()).isEqualTo(6);

    Said done = sluice("gc", "--keep-runs", "1");
    assertThat(done.out())
        .contains("what         count")
        .contains("freed ")
        .contains("bytes; 1 run kept");
    JsonNode verified = sluice("verify", "--json").json();
    assertThat(verified.path("artifacts").asInt()).isEqualTo(3);
    assertThat(verified.path("damaged")).isEmpty();
  }

  @Test
  void gcSaysWhatAnAgeIs() {
    Said said = sluice("gc", "--older-than", "30");
    assertThat(said.code()).isEqualTo(ExitCode.MISTAKE);
    assertThat(said.err())
        .isEqualTo(
            "--older-than is '30'; it is a number of days, hours or minutes, such as 30d, 12h or 90m.%n"
                .formatted());
    assertThat(sluice("gc", "--keep-runs", "-1").code()).isEqualTo(ExitCode.MISTAKE);
    assertThat(sluice("gc", "--help").out()).contains("--keep-runs", "--older-than", "--dry-run");
    assertThat(sluice("retry-dead", "--help").out()).contains("--stage");
  }
}
