package dev.sluice.stages.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.methods.preference.DpoLoss;
import dev.sluice.methods.preference.PairedLoss;
import dev.sluice.models.training.Loss;
import dev.sluice.models.training.TrainingSequence;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.records.Preference;
import dev.sluice.records.Problem;
import dev.sluice.records.manifest.ShardFile;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.testing.Configs;
import dev.sluice.stages.testing.FakeModels;
import dev.sluice.stages.testing.Rows;
import dev.sluice.stages.testing.StageHost;
import dev.sluice.stages.testing.StageRun;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PairBatchesTest {
  private static final Problem PROBLEM = Rows.arithmetic("4+5-2");
  private static final String YAML = "{model: base, steps: 3, batch_size: 2, preference: dpo}";

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  private final FakeModels models =
      new FakeModels(weights -> (prompt, sampling, index, seed) -> "#7");

  private static Preference pair(String problemId) {
    return new Preference(
        "pair", problemId, PROBLEM.question(), "4+5=9\n9-2=7\n#7", "#8", 1, 1, "a", "b");
  }

  private StageRun run(List<Problem> problems, List<Preference> pairs) {
    StageHost host = new StageHost(folder, models);
    FakeModels.write(folder.resolve("start"), "start");
    Map<String, List<ShardFile>> inputs =
        Map.of(
            "problems", List.of(host.shard(Tables.PROBLEMS, problems)),
            "preferences", List.of(host.shard(Tables.PREFERENCES, pairs)));
    return host.with("base", folder.resolve("start")).run(new FineTune(), YAML, inputs);
  }

  @Test
  void pairs_areTrainedWithTheFirstModelAsReference() {
    StageRun run = run(List.of(PROBLEM), List.of(pair(PROBLEM.problemId())));
    assertThat(run.metric("pairs/read")).isEqualTo(1);
    assertThat(models.steps()).hasSize(3);
    FakeModels.Step step = models.steps().get(0);
    assertThat(step.loss())
        .isEqualTo(new Loss.Pairs(new DpoLoss(0.1, 0, PairedLoss.Pairing.BEST_WORST), 1));
    assertThat(step.batch()).hasSize(4);
    TrainingSequence rejected = step.batch().get(1);
    int length = rejected.tokens().length;
    // '#8' and the end of text, each with the scripted model's log-probability.
    assertThat(rejected.weights()[length - 4]).isZero();
    assertThat(rejected.referenceLogprobs()).hasSize(length).endsWith(-0.5f, -0.5f, -0.5f);
    assertThat(rejected.referenceLogprobs()[length - 4]).isZero();
    assertThat(step.batch().get(0).tokens().length).isGreaterThan(length);
  }

  @Test
  void pairsOfUnknownProblems_andNoPairs_areNamed() {
    assertThatThrownBy(() -> run(List.of(PROBLEM), List.of(pair("other"))))
        .hasMessage(
            "Training on preferences: the pair pair is of problem other, which is not among the problems. Give the problems that the pairs were made from: 'input: {problems: NAME}'.");
    assertThatThrownBy(() -> run(List.of(PROBLEM), List.of()))
        .hasMessage(
            "Training on preferences: the table of pairs is empty. Look at the stage that makes it.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{architecture: {}, steps: 1, preference: dpo} | pairs are compared with the 'model' that training starts from, and come from the table 'preferences'; give 'model', and leave 'architecture' and 'source' out",
        "{model: m, steps: 1, preference: kto} | the loss 'kto' is of single rollouts, not of pairs; use 'dpo' here, or 'kto' in UpdatePolicy",
        "{model: m, source: {kind: arithmetic, task: solve}, steps: 1, preference: dpo} | pairs are compared with the 'model' that training starts from, and come from the table 'preferences'; give 'model', and leave 'architecture' and 'source' out",
      })
  void keysThatDoNotGoTogether_areRefused(String yaml, String message) {
    assertThat(new FineTune().check(Configs.of(FineTune.Config.class, yaml)))
        .containsExactly(new ConfigMistake("preference", message));
  }
}
