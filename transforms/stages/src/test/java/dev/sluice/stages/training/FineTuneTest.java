package dev.sluice.stages.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.models.scripted.ScriptedLanguageModel.Script;
import dev.sluice.models.training.Lora;
import dev.sluice.models.training.TrainerOptions;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.records.Example;
import dev.sluice.records.Metric;
import dev.sluice.records.Problem;
import dev.sluice.records.manifest.ShardFile;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.testing.ArithmeticScripts;
import dev.sluice.stages.testing.Configs;
import dev.sluice.stages.testing.FakeModels;
import dev.sluice.stages.testing.Rows;
import dev.sluice.stages.testing.StageHost;
import dev.sluice.stages.testing.StageRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FineTuneTest {
  private static final List<Problem> DEV =
      List.of(Rows.arithmetic("4+5-2"), Rows.arithmetic("9-3+2"), Rows.words("How?", "A: $1.00"));

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  private int hosts;

  private final List<Example> examples =
      List.of(
          new Example("a", "1+1:", "#2", 1.0, List.of(), List.of()),
          new Example("b", "2+2:", "#4", 0.5, List.of(), List.of()));

  /** A model solves the dev problems once its trainer was at step 4 or later. */
  private final FakeModels models = new FakeModels(this::script);

  private Script script(String weights) {
    return (prompt, sampling, index, seed) -> {
      assertThat(sampling.greedy()).isTrue();
      long after =
          models.steps().stream().takeWhile(step -> !step.before().equals(weights)).count();
      if (prompt.startsWith("9")) {
        throw new IllegalArgumentException("the prompt is too long");
      }
      if (prompt.contains("How?")) {
        return after >= 4 ? "A: 1" : "A: 2";
      }
      return ArithmeticScripts.solve(prompt, 0);
    };
  }

  private StageHost host() {
    StageHost host = new StageHost(folder.resolve("workspace-" + hosts++), models);
    FakeModels.write(folder.resolve("start"), "start");
    return host.with("base", folder.resolve("start"));
  }

  private StageRun run(StageHost host, String yaml) {
    return host.run(new FineTune(), yaml, inputs(host));
  }

  private Map<String, List<ShardFile>> inputs(StageHost host) {
    return Map.of(
        "examples", List.of(host.shard(Tables.EXAMPLES, examples)),
        "dev", List.of(host.shard(Tables.PROBLEMS, DEV)));
  }

  @Test
  void endsOnceTheModelSolvesEnough() {
    StageRun run =
        run(
            host(),
            "{model: base, steps: 20, batch_size: 2, stop_at: {accuracy: 0.6, every: 2, from: 3}}");
    // One of three can never be served; the third is solved from the sixth step's model on.
    assertThat(run.metric("steps")).isEqualTo(4);
    assertThat(run.metric("accuracy/dev_greedy")).isEqualTo(2 / 3.0);
    assertThat(run.rows(Tables.METRICS))
        .extracting(Metric::step, Metric::name, Metric::value)
        .containsExactly(tuple(4, "accuracy/dev_greedy", 2 / 3.0));
    assertThat(models.steps()).hasSize(4);
  }

  @Test
  void looksAreKeptOverAResumption() {
    String yaml =
        "{model: base, steps: 11, batch_size: 2, checkpoint_steps: 3, stop_at: {accuracy: 0.9,"
            + " every: 8}}";
    StageRun whole = run(host(), yaml);
    assertThat(whole.rows(Tables.METRICS))
        .extracting(Metric::step, Metric::name)
        .containsExactly(
            tuple(8, "accuracy/dev_greedy"),
            tuple(10, "loss"),
            tuple(10, "gradient_norm"),
            tuple(11, "loss"),
            tuple(11, "gradient_norm"));
    StageHost host = host().interruptAfter(10);
    assertThatThrownBy(() -> run(host, yaml)).isInstanceOf(CancellationException.class);
    int before = models.steps().size();
    host.interruptAfter(Integer.MAX_VALUE);
    StageRun resumed = run(host, yaml);
    // From the checkpoint after 9 steps, two more.
    assertThat(models.steps().size() - before).isEqualTo(2);
    assertThat(resumed.metrics()).isEqualTo(whole.metrics());
    assertThat(resumed.digests()).isEqualTo(whole.digests());
    assertThat(FakeModels.weights(resumed.modelFolder()))
        .isEqualTo(FakeModels.weights(whole.modelFolder()));
  }

  @Test
  void damagedCheckpointIsPassedOver() throws IOException {
    String yaml = "{model: base, steps: 11, batch_size: 2, checkpoint_steps: 3}";
    StageRun whole = run(host(), yaml);
    StageHost host = host().interruptAfter(10);
    assertThatThrownBy(() -> run(host, yaml)).isInstanceOf(CancellationException.class);
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(f -> f.toString().contains("step-00000009/")).toList()) {
        if (!file.endsWith("metrics.tsv") && !file.endsWith("sha256.txt")) {
          Files.writeString(file, Files.readString(file).replaceFirst("[0-9a-f]", "x"));
        }
      }
    }
    int before = models.steps().size();
    host.interruptAfter(Integer.MAX_VALUE);
    StageRun resumed = run(host, yaml);
    // From the checkpoint after 6 steps, five more.
    assertThat(models.steps().size() - before).isEqualTo(5);
    assertThat(FakeModels.weights(resumed.modelFolder()))
        .isEqualTo(FakeModels.weights(whole.modelFolder()));
  }

  @Test
  void adaptersAreTheTrainers() {
    String yaml = "{model: base, steps: 1, lora: {rank: 4, alpha: 2, target_modules: [v_proj]}}";
    run(host(), yaml);
    run(host(), "{model: base, steps: 1}");
    TrainerOptions options = models.steps().get(0).options();
    assertThat(options.lora()).isEqualTo(new Lora(4, 2, List.of(Lora.Matrix.V_PROJ)));
    assertThat(options.loraSeed()).isNotZero();
    assertThat(models.steps().get(1).options().lora()).isNull();
    assertThat(
            new FineTune()
                .check(Configs.of(FineTune.Config.class, "{architecture: {}, steps: 1, lora: {}}")))
        .extracting(ConfigMistake::key)
        .containsExactly("lora");
  }

  @Test
  void twoCheckpointsAreKept() throws IOException {
    run(host(), "{model: base, steps: 10, batch_size: 1, checkpoint_steps: 2}");
    try (Stream<Path> folders = Files.walk(folder)) {
      assertThat(
              folders.map(path -> path.getFileName().toString()).filter(f -> f.startsWith("step-")))
          .containsExactlyInAnyOrder("step-00000006", "step-00000008");
    }
  }

  @Test
  void weightOfAnExampleLiesOnItsTokens() {
    run(host(), "{model: base, steps: 30, batch_size: 1}");
    assertThat(models.steps())
        .anyMatch(step -> step.batch().get(0).weights()[4] == 1f)
        .anyMatch(step -> step.batch().get(0).weights()[4] == 0.5f)
        .allMatch(step -> step.batch().get(0).weights()[3] == 0f)
        .allMatch(step -> step.batch().get(0).tokens().length == 7);
  }

  @Test
  void madeExamplesComeInOrder() {
    StageHost host = host();
    StageRun run =
        host.run(
            new FineTune(),
            "{architecture: {}, source: {kind: arithmetic, task: solve}, steps: 2, batch_size: 3}",
            Map.of());
    assertThat(run.counts().out()).isEqualTo(1);
    assertThat(models.steps().stream().flatMap(step -> step.batch().stream()))
        .hasSize(6)
        .doesNotHaveDuplicates();
  }

  @Test
  void whatIsMissingIsNamed() {
    StageHost host = host();
    Map<String, List<ShardFile>> none =
        Map.of("examples", List.of(host.shard(Tables.EXAMPLES, List.of())));
    assertThatThrownBy(() -> host.run(new FineTune(), "{model: base, steps: 1}", none))
        .hasMessage(
            "Training on examples: the table of examples is empty. Look at the stage that makes"
                + " it.");
    assertThatThrownBy(
            () -> host.run(new FineTune(), "{model: base, steps: 1, stop_at: {accuracy: 1}}", none))
        .hasMessage(
            "Training with 'stop_at' looks at dev problems, but the port 'dev' has none. Give"
                + " 'input: {dev: NAME}', or leave 'stop_at' out.");
  }

  @Test
  void stoppingByReferenceIsDeclared() {
    FineTune type = new FineTune();
    FineTune.Config plain = Configs.of(FineTune.Config.class, "{model: m, steps: 1}");
    assertThat(type.wiring(plain).loadsReference()).isFalse();
    FineTune.Config stopped =
        Configs.of(FineTune.Config.class, "{model: m, steps: 1, stop_at: {accuracy: 0.5}}");
    assertThat(type.wiring(stopped).loadsReference()).isTrue();
    assertThat(type.wiring(stopped).referenceFree()).isFalse();
    assertThat(type.check(Configs.of(FineTune.Config.class, "{steps: 1}"))).hasSize(1);
  }
}
