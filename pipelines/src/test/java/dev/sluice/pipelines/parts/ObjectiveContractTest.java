package dev.sluice.pipelines.parts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.methods.objective.LabelledSolution;
import dev.sluice.methods.objective.Objective;
import dev.sluice.methods.task.TaskFormat;
import dev.sluice.models.training.Loss;
import dev.sluice.models.training.TrainerOptions;
import dev.sluice.models.training.TrainingSequence;
import dev.sluice.parts.Need;
import dev.sluice.parts.Registry;
import dev.sluice.records.Example;
import dev.sluice.records.Problem;
import dev.sluice.records.Solution;
import dev.sluice.records.StepLabel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every objective promises, on its golden file. */
class ObjectiveContractTest {

  static Stream<String> kinds() {
    return Registry.get().parts(Objective.class).keySet().stream();
  }

  private static Golden golden(String kind) {
    return Golden.of(Objective.class, kind);
  }

  private static Objective objective(String kind) {
    return golden(kind).part(Objective.class);
  }

  private static @Nullable Boolean flag(JsonNode each) {
    return each.isNull() ? null : Boolean.valueOf(each.asBoolean());
  }

  private static LabelledSolution labelled(JsonNode each, int number) {
    Problem problem = Golden.problem(each);
    TaskFormat format = TaskFormat.of(problem);
    String text = each.path("text").asText();
    String id = "s" + number;
    Solution solution =
        new Solution(
            id,
            problem.problemId(),
            number,
            text,
            format.steps(text),
            format.answer(problem, text).orElse(null),
            "stop",
            0,
            0,
            null,
            null,
            "golden",
            null,
            "");
    List<Boolean> verdicts = Golden.verdicts(each.path("labels").asText());
    Optional<String> selected =
        each.path("selected").isNull()
            ? Optional.empty()
            : Optional.of(each.path("selected").asText());
    return new LabelledSolution(
        problem,
        solution,
        label(
            solution,
            each.path("estimator").asText(),
            verdicts,
            Golden.numbers(each.path("scores")),
            flag(each.path("outcome")),
            selected.map(any -> "v").orElse(null)),
        selected);
  }

  private static StepLabel label(
      Solution solution,
      String estimator,
      List<Boolean> verdicts,
      List<Double> scores,
      @Nullable Boolean outcome,
      @Nullable String selected) {
    return new StepLabel(
        solution.solutionId(),
        solution.problemId(),
        "labelled",
        solution.steps(),
        scores,
        verdicts,
        verdicts.indexOf(false),
        outcome,
        1,
        List.of(),
        estimator,
        selected);
  }

  private static List<LabelledSolution> all(String kind) {
    List<LabelledSolution> all = new ArrayList<>();
    golden(kind).json().path("labels").forEach(each -> all.add(labelled(each, all.size())));
    return all;
  }

  private static List<Example> examples(String kind) {
    return all(kind).stream().flatMap(each -> objective(kind).example(each).stream()).toList();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void golden_isMet(String kind) {
    assertThat(objective(kind).name()).isEqualTo(kind);
    assertThat(golden(kind).source()).isNotBlank();
    List<LabelledSolution> labels = all(kind);
    assertThat(labels).hasSizeGreaterThan(1);
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < labels.size(); i++) {
      JsonNode expected = golden(kind).json().path("labels").get(i).path("expected");
      Optional<Example> found = objective(kind).example(labels.get(i));
      assertThat(found.isPresent()).as("label %d", i).isEqualTo(!expected.isNull());
      if (found.isPresent()) {
        Example example = found.get();
        assertThat(ids.add(example.exampleId())).isTrue();
        assertThat(example.prompt()).isEqualTo(expected.path("prompt").asText());
        assertThat(example.completion()).isEqualTo(expected.path("completion").asText());
        assertThat(example.stepLabels()).isEqualTo(Golden.numbers(expected.path("step_labels")));
        assertThat(example.weight()).isEqualTo(1);
        assertThat(example.sourceIds()).startsWith(labels.get(i).solution().solutionId());
      }
    }
    assertThat(ids).isNotEmpty();
  }

  /** An example depends on its own label alone, so a table may be cut in any way. */
  @ParameterizedTest
  @MethodSource("kinds")
  void labelsInAnotherOrder_giveTheSameExamples(String kind) {
    Objective one = objective(kind);
    List<Example> before = examples(kind);
    List<LabelledSolution> turned = new ArrayList<>(all(kind));
    Collections.reverse(turned);
    List<Example> after =
        new ArrayList<>(turned.stream().flatMap(each -> one.example(each).stream()).toList());
    Collections.reverse(after);
    assertThat(after).isEqualTo(before);
  }

  /** Where the label lacks what the objective says it needs, there is no example. */
  @ParameterizedTest
  @MethodSource("kinds")
  void labelWithoutWhatIsNeeded_givesNoExample(String kind) {
    Objective objective = objective(kind);
    assertThat(objective.needs()).isNotEmpty();
    for (Need need : objective.needs()) {
      for (LabelledSolution each : all(kind)) {
        assertThat(objective.example(without(need, each))).as("without %s", need).isEmpty();
      }
    }
  }

  private static LabelledSolution without(Need need, LabelledSolution each) {
    StepLabel label = each.label();
    boolean steps = need == Need.STEP_SIGNS || need == Need.STEP_SCORES;
    boolean text = need == Need.VERIFICATION;
    return new LabelledSolution(
        each.problem(),
        each.solution(),
        label(
            each.solution(),
            label.estimator(),
            steps ? List.of() : label.stepLabels(),
            steps ? List.of() : label.stepScores(),
            need == Need.OUTCOME ? null : label.outcome(),
            text ? null : label.selectedVerification()),
        text ? Optional.empty() : each.selected());
  }

  /** What does not depend on what is not needed is the same without it. */
  @ParameterizedTest
  @MethodSource("kinds")
  void needs_suffice(String kind) {
    Objective objective = objective(kind);
    for (Need need : List.of(Need.STEP_SIGNS, Need.OUTCOME)) {
      boolean steps = objective.needs().contains(Need.STEP_SCORES);
      if (!objective.needs().contains(need) && !(steps && need == Need.STEP_SIGNS)) {
        for (LabelledSolution each : all(kind)) {
          assertThat(objective.example(without(need, each))).isEqualTo(objective.example(each));
        }
      }
    }
  }

  /** No example holds NaN; a part may refuse the label or skip it. */
  @ParameterizedTest
  @MethodSource("kinds")
  void scoreThatIsNoShare_isInNoExample(String kind) {
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, -0.5, 1.5}) {
      for (LabelledSolution each : all(kind)) {
        List<Double> scores = Collections.nCopies(each.solution().steps().size(), bad);
        LabelledSolution wrong =
            new LabelledSolution(
                each.problem(),
                each.solution(),
                label(
                    each.solution(),
                    "soft",
                    each.label().stepLabels(),
                    scores,
                    each.label().outcome(),
                    each.label().selectedVerification()),
                each.selected());
        try {
          assertThat(objective(kind).example(wrong)).isEmpty();
        } catch (IllegalArgumentException e) {
          assertThat(e).hasMessageContaining("s").hasMessageContaining(String.valueOf(bad));
        }
      }
    }
  }

  /** The loss has weight somewhere, none on the prompt, and finite numbers alone. */
  @ParameterizedTest
  @MethodSource("kinds")
  void sequence_isATrainingRowOfItsLoss(String kind) {
    Objective objective = objective(kind);
    CharacterTrainer trainer = new CharacterTrainer();
    boolean steps = objective.loss() instanceof Loss.StepClassification;
    assertThat(objective.head())
        .isEqualTo(
            steps ? TrainerOptions.Head.STEP_CLASSIFICATION : TrainerOptions.Head.LANGUAGE_MODEL);
    for (Example example : examples(kind)) {
      TrainingSequence row = objective.sequence(trainer, example);
      int prompt = trainer.encodePrompt(example.prompt()).length;
      assertThat(row.weights()).hasSameSizeAs(row.tokens());
      double sum = 0;
      for (int i = 0; i < row.weights().length; i++) {
        assertThat(row.weights()[i]).isFinite().isGreaterThanOrEqualTo(0);
        assertThat(i < prompt && row.weights()[i] > 0).isFalse();
        sum += row.weights()[i];
      }
      assertThat(sum).isPositive();
      if (steps) {
        assertThat(row.labels()).hasSameSizeAs(row.tokens());
        for (float label : row.labels()) {
          assertThat(label).isBetween(0f, 1f);
        }
      }
    }
  }
}
