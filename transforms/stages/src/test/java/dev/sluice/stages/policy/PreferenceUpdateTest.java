package dev.sluice.stages.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.methods.preference.DpoLoss;
import dev.sluice.methods.preference.PairedLoss;
import dev.sluice.models.training.Loss;
import dev.sluice.models.training.TrainingSequence;
import dev.sluice.records.Metric;
import dev.sluice.records.Problem;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.testing.Configs;
import dev.sluice.stages.testing.FakeModels;
import dev.sluice.stages.testing.Rows;
import dev.sluice.stages.testing.StageRun;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreferenceUpdateTest extends PolicyFixture {
  private static final Problem OTHER = Rows.arithmetic("6+3-2");
  private static final String START =
      "{model: policy, rounds: 1, problems_per_round: 2, samples: 3, reward: [{kind: reference}], ";

  private StageRun update(String keys) {
    // Of the first problem the second rollout is wrong, of the other one all are.
    policy = (updates, prompt, index) -> prompt.startsWith("4") && index != 1 ? RIGHT : WRONG;
    return run(host(), START + keys + "}", List.of(PROBLEM, OTHER));
  }

  private static String text(TrainingSequence row) {
    return new String(row.tokens(), 0, row.tokens().length);
  }

  private static double metric(StageRun run, String name) {
    return run.rows(Tables.METRICS).stream()
        .filter(metric -> metric.round() == 1 && metric.name().equals(name))
        .mapToDouble(Metric::value)
        .findFirst()
        .orElse(Double.NaN);
  }

  @Test
  void dpo_trainsOnTheBestAndTheWorstOfAGroup() {
    StageRun run = update("preference: {kind: dpo, beta: 0.2}");
    FakeModels.Step step = models.steps().get(0);
    assertThat(step.loss())
        .isEqualTo(new Loss.Pairs(new DpoLoss(0.2, 0, PairedLoss.Pairing.BEST_WORST), 1));
    assertThat(step.batch()).hasSize(2);
    assertThat(text(step.batch().get(0))).contains(RIGHT);
    assertThat(text(step.batch().get(1))).contains(WRONG);
    TrainingSequence row = step.batch().get(1);
    // The scripted model's log-probabilities are -0.5.
    assertThat(row.referenceLogprobs()[row.tokens().length - 1]).isEqualTo(-0.5f);
    assertThat(metric(run, "preference/rows")).isEqualTo(2);
    assertThat(metric(run, "preference/reference_point")).isNaN();
  }

  @Test
  void dpo_ofAllPairs_comparesAnyTwoThatDiffer() {
    update("preference: {kind: dpo, pairs: all}, groups: []");
    assertThat(models.steps().get(0).batch())
        .extracting(row -> text(row).contains(RIGHT))
        .containsExactly(true, false, true, false);
  }

  @Test
  void kto_trainsOnEveryRollout() {
    StageRun run = update("preference: kto, groups: []");
    FakeModels.Step step = models.steps().get(0);
    assertThat(step.loss()).isInstanceOf(Loss.Policy.class);
    assertThat(((Loss.Policy) step.loss()).aggregation())
        .isEqualTo(Loss.Aggregation.SEQUENCE_MEAN_TOKEN_MEAN);
    assertThat(step.batch())
        .extracting(row -> row.advantages()[row.tokens().length - 1])
        .containsExactly(1f, -1f, 1f, -1f, -1f, -1f);
    assertThat(metric(run, "preference/rows")).isEqualTo(6);
    assertThat(metric(run, "preference/reference_point")).isZero();
  }

  @Test
  void groupsWithoutADifference_giveNoStep() {
    policy = (updates, prompt, index) -> RIGHT;
    StageRun run = run(host(), START + "groups: [], preference: dpo}", List.of(PROBLEM, PROBLEM));
    assertThat(models.steps()).isEmpty();
    assertThat(metric(run, "preference/rows")).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kl: 0.1              | kl     | the preference loss 'dpo' holds the policy to the reference by its 'beta'; leave 'kl' out",
        "fusion: gdpo         | fusion | the preference loss 'dpo' compares rewards, and the fusion 'gdpo' joins advantages; use 'sum' or another fusion of rewards",
        "credit: selective    | credit | the preference loss 'dpo' compares whole responses and reads no advantages of tokens; leave 'credit' out",
      })
  void keysThatTheLossReplaces_areRefused(String key, String at, String message) {
    assertThat(
            PolicyParts.check(
                Configs.of(
                    UpdatePolicyConfig.class,
                    "{model: m, rounds: 1, reward: [{kind: process, model: j}], preference: dpo, %s}"
                        .formatted(key))))
        .anySatisfy(
            mistake -> {
              assertThat(mistake.key()).isEqualTo(at);
              assertThat(Objects.toString(mistake.message())).isEqualTo(message);
            });
  }
}
