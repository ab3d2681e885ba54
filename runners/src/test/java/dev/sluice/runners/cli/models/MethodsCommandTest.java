package dev.sluice.runners.cli.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.runners.cli.Said;
import dev.sluice.runners.cli.Toys;
import dev.sluice.runners.cli.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MethodsCommandTest {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  private Said sluice(String... words) {
    return Said.of(Toys.services(), folder, words);
  }

  @Test
  void listsAllAndSaysMoreOfOne() throws IOException {
    Said all = sluice("methods");
    assertThat(all.code()).isZero();
    assertThat(all.out()).contains("step_majority", "grpo", "first_error_suite", "trl/sft");
    Said one = sluice("methods", "GRPO");
    assertThat(one.out())
        .startsWith(
            "grpo (UpdatePolicy)\n  Reward minus the group's mean, divided by the group's standard deviation. The paper")
        .contains("\n  source   DeepSeekMath, arXiv 2402.03300, section 4.1.2\n");
    assertThat(sluice("methods", "soft").out())
        .startsWith("soft (AggregateStepLabels)\n  Share of the votes that call a step correct.")
        .contains("\n  formula  p_i = |{j : v_i^j = 1}| / N\n")
        .contains("\n  options  estimator=soft, rubric_weight\n");
    assertThat(sluice("methods", "trl/sft").out()).startsWith("trl/sft (Export)\n  ");
    JsonNode json = sluice("methods", "TrainReward", "--json").json();
    assertThat(json.path("methods")).hasSize(5);
    assertThat(json.path("methods").path(0).path("options").path(0).asText())
        .isEqualTo("objective=prm_cot");
  }

  @Test
  void needsAndGives_chooseByWhatPartsSay() {
    Said needs = sluice("methods", "--needs", "step-scores");
    assertThat(needs.code()).isZero();
    assertThat(needs.out()).contains("clip_shape", "suffix_sum_credit").doesNotContain("dr_grpo");
    Said gives = sluice("methods", "UpdatePolicy", "--gives", "step_scores");
    assertThat(gives.out()).contains("process_reward").doesNotContain("majority_reward");
    assertThat(sluice("methods", "clip_shape").out())
        .contains("\n  needs    a score for each step\n");
    Said unknown = sluice("methods", "--needs", "step_score");
    assertThat(unknown.code()).isEqualTo(ExitCode.MISTAKE);
    assertThat(unknown.err())
        .startsWith("--needs is 'step_score', but must be one of ")
        .contains("Do you mean 'step_scores'?");
    assertThat(sluice("methods", "random_reward", "--gives", "step_scores").err())
        .isEqualTo(
            "No method 'random_reward' with --gives step_scores is listed. 'sluice methods' lists all.\n");
  }

  @Test
  void paper_saysWhatOfItIsThere() throws IOException {
    Said byId = sluice("methods", "--paper", "2410.15115");
    assertThat(byId.out())
        .startsWith("On Designing Effective RL Reward at Training Time for LLM Reasoning\n")
        .contains("\n  link     https://arxiv.org/abs/2410.15115\n", "delta_shape (UpdatePolicy)");
    // A paper that methods name, outside of the list.
    assertThat(sluice("methods", "--paper", "2503.20783").out()).startsWith("dr_grpo (");
    JsonNode json = sluice("methods", "--paper", "redistribution", "--json").json();
    assertThat(json.path("papers").path(0).path("url").asText())
        .isEqualTo("https://arxiv.org/abs/2411.08302");
    Said none = sluice("methods", "--paper", "9999.99999");
    assertThat(none.code()).isEqualTo(ExitCode.MISTAKE);
    assertThat(none.err()).startsWith("No method is of a paper '9999.99999'");
  }

  @Test
  void anUnknownOneIsAMistake() {
    Said said = sluice("methods", "ppo2");
    assertThat(said.code()).isEqualTo(ExitCode.MISTAKE);
    assertThat(said.err()).isEqualTo("There is no method 'ppo2'. 'sluice methods' lists all.\n");
  }
}
