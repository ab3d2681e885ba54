package dev.sluice.pipelines.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.stages.Methods;
import dev.sluice.stages.Methods.Method;
import dev.sluice.stages.StageType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The list of methods says what the stages can do: no more, and nothing less. */
class MethodsTest {
  /** Keys whose values are methods; each value must stand in the list. */
  private static final Set<String> SELECTING =
      Set.of(
          "FilterProblems near_duplicates",
          "FilterProblems benchmarks",
          "SampleSolutions prompt.family",
          "GenerateRubrics strategy",
          "VerifySolutions prompt.family",
          "VerifySolutions checks",
          "AggregateStepLabels estimator",
          "AggregateStepLabels tie",
          "AggregateStepLabels select",
          "TrainReward objective",
          "TrainReward balance.by",
          "UpdatePolicy reward.kind",
          "UpdatePolicy reward.merge",
          "UpdatePolicy reward.y_rule",
          "UpdatePolicy reward.score",
          "UpdatePolicy advantage",
          "UpdatePolicy design",
          "UpdatePolicy on_mismatch",
          "UpdatePolicy loss",
          "UpdatePolicy zero_variance",
          "Evaluate suites",
          "Evaluate judge.as");

  private static Map<String, Set<String>> options() {
    Map<String, Set<String>> options = new HashMap<>();
    for (StageType<?> type : RealStagesTest.ALL) {
      Set<String> own = new TreeSet<>();
      collect("", type.configType(), own);
      options.put(type.name(), own);
    }
    return options;
  }

  private static void collect(String prefix, Class<? extends Record> type, Set<String> options) {
    for (Shape.Field field : Shape.fields(type)) {
      collect(prefix + field.name(), field.shape(), options);
    }
  }

  private static void collect(String key, Shape shape, Set<String> options) {
    options.add(key);
    if (shape instanceof Shape.Choice choice) {
      choice.words().forEach(word -> options.add(key + "=" + word));
    } else if (shape instanceof Shape.Text text) {
      text.choices().forEach(word -> options.add(key + "=" + word));
    } else if (shape instanceof Shape.Items items) {
      collect(key, items.item(), options);
    } else if (shape instanceof Shape.Block block) {
      collect(key + ".", block.type(), options);
    } else if (shape instanceof Shape.Kinds kinds) {
      kinds
          .kinds()
          .forEach(
              (word, type) -> {
                options.add(key + "." + kinds.selector() + "=" + word);
                collect(key + ".", type, options);
              });
    }
  }

  private static String key(String option) {
    int end = option.indexOf('=');
    return end < 0 ? option : option.substring(0, end);
  }

  @Test
  void everyOptionIsAKeyOfItsStage() {
    Map<String, Set<String>> options = options();
    for (Method method : Methods.all()) {
      assertThat(options).as(method.name()).containsKey(method.stage());
      assertThat(options.get(method.stage())).as(method.name()).containsAll(method.options());
      assertThat(method.computes()).as(method.name()).endsWith(".");
    }
    assertThat(Methods.all()).extracting(Method::name).doesNotHaveDuplicates();
  }

  @Test
  void everyChoiceOfAMethodIsListed() {
    Set<String> listed = new TreeSet<>();
    Methods.all()
        .forEach(
            method ->
                method.options().forEach(option -> listed.add(method.stage() + " " + option)));
    options()
        .forEach(
            (stage, all) -> {
              List<String> choices =
                  all.stream()
                      .filter(option -> SELECTING.contains(stage + " " + key(option)))
                      .filter(
                          option ->
                              option.contains("=")
                                  || all.stream()
                                      .noneMatch(other -> other.startsWith(option + "=")))
                      .map(option -> stage + " " + option)
                      .toList();
              assertThat(listed).containsAll(choices);
            });
  }
}
