package dev.sluice.pipelines.run.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.methods.prompt.JudgePrompt;
import dev.sluice.methods.prompt.SolvePrompt;
import dev.sluice.methods.verification.Judge;
import dev.sluice.models.LanguageModel;
import dev.sluice.models.provider.ModelIdentity;
import dev.sluice.models.provider.ScriptedSpec;
import dev.sluice.models.scripted.ScriptedLanguageModel;
import dev.sluice.pipelines.plan.CommittedStage;
import dev.sluice.pipelines.plan.Plan;
import dev.sluice.pipelines.plan.PlannedStage;
import dev.sluice.pipelines.plan.Rerun;
import dev.sluice.pipelines.run.driver.ToyChain.Make;
import dev.sluice.pipelines.run.folder.RunReport;
import dev.sluice.pipelines.run.folder.RunState;
import dev.sluice.pipelines.run.folder.StageReport;
import dev.sluice.pipelines.run.worker.DeadLetters;
import dev.sluice.pipelines.run.worker.ModelReference;
import dev.sluice.pipelines.run.worker.ReadyStage;
import dev.sluice.pipelines.store.Artifact;
import dev.sluice.pipelines.store.ArtifactStore;
import dev.sluice.records.DeadLetter;
import dev.sluice.records.Hashes;
import dev.sluice.records.manifest.Counts;
import dev.sluice.records.manifest.ShardFile;
import dev.sluice.stages.Stage;
import dev.sluice.stages.Wiring;
import dev.sluice.stages.synthesis.SampleSolutions;
import dev.sluice.stages.verification.VerifySolutions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dead letters are tried again, and nothing else is asked a second time. */
@Tag("flink")
final class RetryDeadTest {
  private static final int SAMPLES = 2;
  private static final int VOTES = 3;

  /**
   * Prompts in which one of these stands get no reply. Static, since the engine runs in this
   * process.
   */
  private static volatile Set<String> away = Set.of();

  private static final ConcurrentLinkedQueue<String> ASKED = new ConcurrentLinkedQueue<>();

  private Path workspace;

  @BeforeEach
  void begin(@TempDir Path folder) {
    workspace = folder;
    away = Set.of();
    ASKED.clear();
  }

  private static String reply(String prompt, long seed) {
    ASKED.add(prompt);
    if (away.stream().anyMatch(prompt::contains)) {
      throw new UncheckedIOException(new IOException("the server is away"));
    }
    return (seed % 2 == 0 ? "Yes " : "No ") + seed;
  }

  private static final class Scripted extends NoModels {
    private static final long serialVersionUID = 1;

    @Override
    public LanguageModel open(ModelReference reference) {
      return new ScriptedLanguageModel(
          "scripted", "1", (prompt, sampling, index, seed) -> reply(prompt, seed));
    }
  }

  private RunReport run(Rerun rerun, double threshold) {
    return run(workspace, rerun, threshold);
  }

  private static RunReport run(Path workspace, Rerun rerun, double threshold) {
    ArtifactStore store = ArtifactStore.open(workspace);
    return PipelineRun.run(
            plan(threshold).with(rerun),
            "toy.yaml",
            ToyChain.folder(store),
            store,
            DirectEngine::new,
            new Scripted(),
            RunListener.NONE,
            2)
        .report();
  }

  static Plan plan(double threshold) {
    Stage solve =
        new SampleSolutions()
            .stage(
                new SampleSolutions.Config(
                    "m", null, SolvePrompt.TASK, SAMPLES, 1, 1, 0, 50, List.of()));
    Stage verify =
        new VerifySolutions()
            .stage(
                new VerifySolutions.Config(
                    "m",
                    VOTES,
                    Judge.Granularity.OUTCOME,
                    JudgePrompt.TASK,
                    List.of(),
                    1,
                    1,
                    50,
                    null));
    return new Plan(
        List.of(
            stage("make", "Make", new Make(), "problems", Map.of(), threshold),
            stage(
                "solve",
                "SampleSolutions",
                solve,
                "solutions",
                Map.of("problems", "make"),
                threshold),
            stage(
                "verify",
                "VerifySolutions",
                verify,
                "verifications",
                new TreeMap<>(Map.of("problems", "make", "solutions", "solve")),
                threshold)),
        true);
  }

  private static PlannedStage stage(
      String name,
      String type,
      Stage stage,
      String table,
      Map<String, String> reads,
      double threshold) {
    return ToyChain.planned(
        name,
        type,
        earlier -> {
          Map<String, List<ShardFile>> inputs = new TreeMap<>();
          List<Object> parts = new ArrayList<>(List.of(type));
          reads.forEach(
              (port, source) -> {
                CommittedStage made = earlier.get(source);
                assertThat(made).isNotNull();
                inputs.put(port, made.manifest().shards(port));
                parts.add(made.manifest().digest(port));
              });
          return new ReadyStage(
              name,
              type,
              stage,
              Wiring.tables(reads.keySet().stream().map(Wiring.Port::required).toList(), table),
              7,
              Hashes.hex(parts.toArray()),
              type,
              type,
              inputs,
              Map.of(
                  "m",
                  new ModelReference(
                      new ScriptedSpec(Map.of("*", List.of("no"))), new ModelIdentity("m", "1"))),
              threshold,
              new ReadyStage.Origin(1, table, Map.of(), Map.of(), Map.of(), Map.of()),
              ReadyStage.ALL_REPLIES);
        });
  }

  private static Rerun retry(String... stages) {
    return new Rerun(Set.of(stages), Instant.now().toString(), Rerun.Extent.DEAD);
  }

  private static Map<String, String> digests(RunReport report) {
    Map<String, String> digests = new LinkedHashMap<>();
    for (StageReport stage : report.stages()) {
      assertThat(stage.error()).isNull();
      assertThat(stage.counts().expected()).isEqualTo(stage.counts().out() + stage.counts().dead());
      digests.put(stage.name(), artifact(stage).digest());
    }
    return digests;
  }

  private static Artifact artifact(StageReport stage) {
    return ArtifactStore.artifactAt(Path.of(String.valueOf(stage.artifact())));
  }

  private List<DeadLetter> letters(StageReport stage) {
    return DeadLetters.read(ArtifactStore.open(workspace), artifact(stage).manifest().shards());
  }

  @Test
  void asksOnlyForTheDeadAndEndsAsIfNothingHadDied(@TempDir Path undisturbed) {
    Map<String, String> expected = digests(run(undisturbed, Rerun.NONE, 1));
    away =
        Set.of(
            "\n\nProblem: problem 3\n\nSolution:\n",
            "\n\nProblem: problem 17\n\nSolution:\n",
            "\n\nProblem: problem 18\n\nSolution:\n");
    RunReport broken = run(Rerun.NONE, 1);
    StageReport solve = broken.stages().get(1);
    assertThat(solve.counts()).isEqualTo(new Counts(30, 60, 54, 6, 0));
    assertThat(digests(broken).get("solve")).isNotEqualTo(expected.get("solve"));

    away = Set.of();
    ASKED.clear();
    RunReport retried = run(retry("solve"), 1);

    assertThat(ASKED.stream().filter(prompt -> prompt.startsWith("Solve")).toList())
        .hasSize(3 * SAMPLES);
    assertThat(digests(retried)).isEqualTo(expected);
    StageReport again = retried.stages().get(1);
    assertThat(again.counts()).isEqualTo(new Counts(30, 60, 60, 0, 0));
    assertThat(again.shards()).isEqualTo(ToyChain.SHARDS);
    assertThat(again.shardsReused()).isEqualTo(ToyChain.SHARDS - 2);
    // The old attempt stays, and the new one is the one that is found.
    assertThat(artifact(solve).manifest().rows()).isEqualTo(54);
    ASKED.clear();
    assertThat(digests(run(Rerun.NONE, 1))).isEqualTo(expected);
    assertThat(ASKED).isEmpty();
  }

  @Test
  void whatStaysDeadWasTriedOnceMore(@TempDir Path undisturbed) {
    Map<String, String> expected = digests(run(undisturbed, Rerun.NONE, 1));
    away = Set.of("\n\nProblem: problem 3\n\nSolution:\n", "\n\nProblem: problem 4\n\nSolution:\n");
    assertThat(letters(run(Rerun.NONE, 1).stages().get(1)))
        .extracting(DeadLetter::attempts)
        .containsExactly(1, 1, 1, 1);

    away = Set.of("\n\nProblem: problem 3\n\nSolution:\n");
    StageReport once = run(retry("solve"), 1).stages().get(1);
    assertThat(once.counts()).isEqualTo(new Counts(30, 60, 58, 2, 0));
    assertThat(letters(once)).extracting(DeadLetter::attempts).containsExactly(2, 2);

    StageReport twice = run(retry("solve"), 1).stages().get(1);
    assertThat(letters(twice)).extracting(DeadLetter::attempts).containsExactly(3, 3);

    away = Set.of();
    ASKED.clear();
    assertThat(digests(run(retry("solve"), 1))).isEqualTo(expected);
    assertThat(ASKED.stream().filter(prompt -> prompt.startsWith("Solve"))).hasSize(SAMPLES);
  }

  @Test
  void votesAreTriedAgainAfterARerun(@TempDir Path undisturbed) {
    Map<String, String> expected = digests(run(undisturbed, Rerun.NONE, 1));
    Set<String> judged = new TreeSet<>(ASKED);
    judged.removeIf(prompt -> prompt.startsWith("Solve"));
    String one = judged.iterator().next();
    run(Rerun.NONE, 1);
    away = Set.of(one);
    Rerun all = new Rerun(Set.of("verify"), Instant.now().toString());
    assertThat(run(all, 1).stages().get(2).counts().dead()).isEqualTo(VOTES);

    away = Set.of();
    ASKED.clear();
    assertThat(digests(run(retry("solve", "verify"), 1))).isEqualTo(expected);
    assertThat(ASKED).hasSize(VOTES).containsOnly(one);
  }

  @Test
  void mendsAStageThatFailedOfItsDeadLetters(@TempDir Path undisturbed) {
    Map<String, String> expected = digests(run(undisturbed, Rerun.NONE, 1));
    away = Set.of("\n\nProblem: problem 3\n\nSolution:\n");
    assertThat(run(Rerun.NONE, 0).state()).isEqualTo(RunState.FAILED);
    away = Set.of();
    ASKED.clear();

    RunReport retried = run(retry("solve"), 0);

    assertThat(digests(retried)).isEqualTo(expected);
    assertThat(ASKED.stream().filter(prompt -> prompt.startsWith("Solve"))).hasSize(SAMPLES);
  }
}
