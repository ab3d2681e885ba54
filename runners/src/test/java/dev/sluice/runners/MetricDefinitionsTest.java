package dev.sluice.runners;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Guice;
import dev.sluice.parts.Registry;
import dev.sluice.pipelines.file.StageTypes;
import dev.sluice.stages.MetricDefinition;
import dev.sluice.stages.StageType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every name that scripts rely on has one definition. */
final class MetricDefinitionsTest {
  private static final List<String> NAMES =
      List.of(
          "accuracy/base",
          "accuracy/policy",
          "accuracy/base_greedy",
          "accuracy/policy_greedy",
          "accuracy/base_t07",
          "accuracy/policy_t07",
          "process_accuracy/base",
          "process_accuracy/policy",
          "maj_at_8/base",
          "maj_at_8/policy",
          "pass_at_1/base",
          "pass_at_16/policy",
          "first_error_f1/one_vote",
          "first_error_f1/greedy",
          "first_error_f1/majority",
          "first_error_f1/prm_one_vote",
          "first_error_f1/prm_greedy",
          "first_error_f1/prm_majority",
          "judge/accept",
          "judge/gap",
          "judge/false_accept",
          "alarm/lines",
          "alarm/appended",
          "alarm/repetition",
          "alarm/acceptance",
          "alarm/divergence",
          "consensus/coverage",
          "consensus/answer_accuracy",
          "consensus/label_accuracy",
          "labels/coverage",
          "labels/tie",
          "filter/kept",
          "problems/duplicates",
          "reward/mean",
          "dev/accuracy",
          "steps",
          "examples");

  @Test
  void everyNameOfTheContract_isDefinedOnce() {
    Registry registry = Guice.createInjector(new SluiceModule()).getInstance(Registry.class);
    for (String name : NAMES) {
      List<String> found = new ArrayList<>();
      for (StageType<?> type : StageTypes.of(registry).all()) {
        for (MetricDefinition metric : type.metrics()) {
          // accuracy/base_greedy is its own metric, not that of a model called base_greedy.
          if (metric.name().equals(name)
              || (metric.defines(name) && specific(type, name).equals(metric.name()))) {
            found.add(type.name() + " " + metric.name());
          }
        }
      }
      assertThat(found).as(name).hasSize(1);
    }
    assertThat(new MetricDefinition("a/{k}", MetricDefinition.Extent.STAGE, "").defines("a/"))
        .isFalse();
    assertThat(new MetricDefinition("a.b", MetricDefinition.Extent.STAGE, "").defines("axb"))
        .isFalse();
  }

  /** The definition with the longest fixed text among those that fit. */
  private static String specific(StageType<?> type, String name) {
    return type.metrics().stream()
        .filter(metric -> metric.defines(name))
        .map(MetricDefinition::name)
        .max((one, other) -> fixed(one) - fixed(other))
        .orElse("");
  }

  private static int fixed(String name) {
    return name.replaceAll("\\{[a-z_]+\\}", "").length();
  }
}
