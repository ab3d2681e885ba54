package dev.sluice.pipelines.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.pipelines.file.yaml.Mistake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Older files are read as today's. */
class KeyMigratorTest {
  private static final Path BEFORE = Path.of("src/test/resources/before/quickstart.yaml");
  private static final Path TODAY = Path.of("../configs/quickstart.yaml");

  private static LoadResult load(String text) {
    return PipelineFile.load(
        "q.yaml", text, Map.of(), List.of(), Map.of(), RealStagesTest.REGISTRY);
  }

  private static LoadResult policy(String keys) {
    return load(
        """
        name: q
        models: {m: {provider: djl, from: builtin:tiny-solver}}
        pipeline:
          type: chain
          transforms:
            - {type: SynthesizeProblems, name: problems, config: {source: {kind: arithmetic, count: 3}}}
            - type: UpdatePolicy
              name: grpo
              config: {model: m, rounds: 1, reward: [{kind: process, model: m}, majority], %s}
        """
            .formatted(keys));
  }

  private static String canonical(LoadResult loaded, String stage) {
    assertThat(loaded.mistakes()).isEmpty();
    return Objects.requireNonNull(loaded.spec().orElseThrow().stage(stage)).texts().full();
  }

  @Test
  void quickstartOfBefore_isTheOneOfToday_withOneWarningAKey() throws IOException {
    LoadResult before = load(Files.readString(BEFORE));
    LoadResult today = load(Files.readString(TODAY));

    assertThat(canonical(before, "grpo")).isEqualTo(canonical(today, "grpo"));
    assertThat(before.warnings())
        .extracting(Mistake::message)
        .containsExactly(
            "'clip' is written 'loss' now",
            "'loss: token_mean' is written 'aggregation' now",
            "'zero_variance: drop' is written 'groups: [drop_constant]' now");
    assertThat(before.warnings()).allMatch(warning -> warning.line() > 30);
    assertThat(today.warnings()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "design: process_aware | credit: outcome | 'design: process_aware' is written 'credit: outcome' now",
        "design: selective_advantage | credit: selective | 'design: selective_advantage' is written 'credit: selective' now",
        "design: selective_advantage_half | credit: {kind: selective, others: 0.5} | 'design: selective_advantage_half' is written 'credit: {kind: selective, others: 0.5}' now",
        "design: global_step_reward | credit: global_step | 'design: global_step_reward' is written 'credit: global_step' now",
        "zero_variance: keep | groups: [] | 'zero_variance: keep' is written 'groups: []' now",
        "loss: token_sum_constant | aggregation: token_sum_constant | 'loss: token_sum_constant' is written 'aggregation' now",
        "loss: {aggregation: token_sum_constant} | aggregation: token_sum_constant | 'loss.aggregation' is written 'aggregation' now",
        "loss: {dual_clip: 3, aggregation: token_mean} | loss: {kind: clip, dual_clip: 3} | 'loss.aggregation' is written 'aggregation' now",
        "clip: {low: 0.1} | loss: {kind: clip, low: 0.1} | 'clip' is written 'loss' now",
        "'clip: {low: 0, high: 1}, loss: {high: 0.5}' | loss: {low: 0, high: 0.5} | 'clip' is written 'loss' now",
        "advantage_epsilon: 0.5 | advantage: {epsilon: 0.5} | 'advantage_epsilon' is written 'advantage.epsilon' now",
        "'advantage: grpo, advantage_epsilon: 0.5' | advantage: {kind: grpo, epsilon: 0.5} | 'advantage_epsilon' is written 'advantage.epsilon' now",
        "'credit: global_step, advantage_epsilon: 0.5' | 'advantage: {epsilon: 0.5}, credit: {kind: global_step, epsilon: 0.5}' | 'advantage_epsilon' is written 'advantage.epsilon' and 'credit.epsilon' now",
        "'design: global_step_reward, advantage_epsilon: 0.5' | 'advantage: {epsilon: 0.5}, credit: {kind: global_step, epsilon: 0.5}' | 'advantage_epsilon' is written 'advantage.epsilon' and 'credit.epsilon' now",
        "'loss: clip, clip: {low: 0.1}' | loss: {kind: clip, low: 0.1} | 'clip' is written 'loss' now",
        "'advantage: rloo, advantage_epsilon: 0.5' | advantage: rloo | 'advantage_epsilon' has no effect together with the other keys; remove it",
        "'design: process_aware, credit: selective' | credit: selective | 'design: process_aware' has no effect together with the other keys; remove it",
      })
  void olderSpelling_isTodaysWithAWarning(String before, String today, String warning) {
    LoadResult loaded = policy(before);
    assertThat(canonical(loaded, "grpo")).isEqualTo(canonical(policy(today), "grpo"));
    assertThat(loaded.warnings()).extracting(Mistake::message).contains(warning);
  }

  /** Design 2 was the reward of every judge whose score was not asked for. */
  @Test
  void design2_isTheScoreOfTheJudges() {
    String before =
        "reward: [{kind: process, model: m}, {kind: process, model: m, score: sum}, majority]";
    LoadResult loaded = policies(before + ", design: step_augmented");
    assertThat(canonical(loaded, "grpo"))
        .isEqualTo(
            canonical(
                policies(before.replaceFirst("model: m}", "model: m, score: step_augmented}")),
                "grpo"));
  }

  /** It overruled a 'score: y' that was written out. */
  @Test
  void design2_isTheScoreOfJudgesWhoseScoreIsY() {
    assertThat(
            canonical(
                policies("reward: [{kind: process, model: m, score: y}], design: step_augmented"),
                "grpo"))
        .isEqualTo(
            canonical(
                policies("reward: [{kind: process, model: m, score: step_augmented}]"), "grpo"));
    assertThat(policies("design: step_augmented").mistakes())
        .extracting(Mistake::message)
        .allMatch(message -> message.contains("required key 'reward' is missing"))
        .hasSize(1);
  }

  private static LoadResult policies(String keys) {
    return load(
        """
        name: q
        models: {m: {provider: djl, from: builtin:tiny-solver}}
        pipeline:
          type: chain
          transforms:
            - {type: SynthesizeProblems, name: problems, config: {source: {kind: arithmetic, count: 3}}}
            - {type: UpdatePolicy, name: grpo, config: {model: m, rounds: 1, %s}}
        """
            .formatted(keys));
  }

  /** A wrong value is told once, where the file has it. */
  @Test
  void wrongValueOfAnOlderKey_isToldAtItsPlace() {
    assertThat(policy("clip: {low: 2}").mistakes())
        .singleElement()
        .satisfies(
            mistake -> {
              assertThat(mistake.message()).isEqualTo("must be a number from 0 to 1, but is 2");
              assertThat(mistake.line()).isEqualTo(9);
            });
    assertThat(policy("design: design_3").mistakes())
        .extracting(Mistake::message)
        .singleElement()
        .asString()
        .startsWith("unknown key 'design'");
  }
}
