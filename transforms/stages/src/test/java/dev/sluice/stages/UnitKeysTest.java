package dev.sluice.stages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.stages.policy.UpdatePolicy;
import dev.sluice.stages.testing.ArithmeticScripts;
import dev.sluice.stages.testing.StageRun;
import dev.sluice.stages.testing.TinyChain;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Finished units of older workspaces are found by keys that never change. */
class UnitKeysTest {
  private static final String GOLDEN = "golden-unit-keys.tsv";

  @Test
  void key_unitsOfAllStages_areThoseOfOlderWorkspaces(@TempDir Path folder) throws IOException {
    TinyChain chain = new TinyChain(folder, ArithmeticScripts.poisoned(), 5);
    List<String> keys = new ArrayList<>();
    List<String> stages = new ArrayList<>(TinyChain.STAGES);
    stages.add("FilterProblems");
    for (String stage : stages) {
      add(keys, stage, chain.run(stage));
    }
    add(
        keys,
        "UpdatePolicy",
        chain
            .host()
            .run(
                new UpdatePolicy(),
                """
                {model: policy, reward: [{kind: reference}], rounds: 4, problems_per_round: 2,
                 samples: 2, max_tokens: 64, kl: 0.1, optimizer: {decay_to: 0.1},
                 round_rules: [{kind: plateau_reset, patience: 1}], groups: [drop_constant, refill]}
                """,
                Map.of("problems", chain.files("problems", "problems"))));
    try (InputStream golden =
        Objects.requireNonNull(UnitKeysTest.class.getResourceAsStream(GOLDEN))) {
      assertThat(keys)
          .containsExactlyElementsOf(
              new String(golden.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
    }
  }

  private static void add(List<String> keys, String stage, StageRun run) {
    for (List<Unit> wave : run.waves()) {
      for (Unit unit : wave) {
        keys.add(String.join("\t", stage, unit.kind(), unit.name(), unit.key("own")));
      }
    }
  }
}
