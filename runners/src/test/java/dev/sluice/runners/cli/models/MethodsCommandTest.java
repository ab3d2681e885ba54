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
  void anUnknownOneIsAMistake() {
    Said said = sluice("methods", "ppo2");
    assertThat(said.code()).isEqualTo(ExitCode.MISTAKE);
    assertThat(said.err()).isEqualTo("There is no method 'ppo2'. 'sluice methods' lists all.\n");
  }
}
