package dev.sluice.methods.objective;

import dev.sluice.methods.reward.StepTokens;
import dev.sluice.methods.text.StepPlace;
import dev.sluice.models.training.Loss;
import dev.sluice.models.training.Trainer;
import dev.sluice.models.training.TrainerOptions;
import dev.sluice.models.training.TrainingSequence;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.parts.Method;
import dev.sluice.parts.Need;
import dev.sluice.records.Example;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A classifier of steps; the only objective that takes soft labels. */
@Kind(
    value = "prm",
    doc =
        "Discriminative process reward model: a two-class head on one token of each step, by default its last. Only this objective accepts soft labels.")
@Method(
    name = "Discriminative process reward model",
    paper = "Let's Verify Step by Step, arXiv 2305.20050",
    formula = "-sum_i (p_i log q_i + (1 - p_i) log(1 - q_i)); a step is correct from q = 0.5 on",
    papers = "2305.20050",
    departs =
        "The labels are the consensus or the shares of model votes; the paper uses human labels.")
public record StepClassifierObjective(
    @Key(
            value =
                "Token of each step that carries its label. The reward `classifier` and Evaluate read the head at the same token.",
            bare = "token")
        @Nullable StepPlace labelAt)
    implements Objective {
  private static final String LINE_END = "\n";

  /** Between the steps of a row where one has several lines. */
  private static final String MARK = "\n\u001e\n";

  /** The token that carries the label of a step. */
  public StepPlace place() {
    return StepPlace.orLastToken(labelAt);
  }

  @Override
  public List<ConfigMistake> check(String key) {
    return ConfigMistake.unlessEmpty(key + ".label_at", place().objection());
  }

  @Override
  public Set<Need> needs() {
    return Set.of(Need.STEP_SCORES);
  }

  @Override
  public TrainerOptions.Head head() {
    return TrainerOptions.Head.STEP_CLASSIFICATION;
  }

  @Override
  public Loss loss() {
    return new Loss.StepClassification();
  }

  /** Soft labels where the estimator is soft, else the consensus as 0 and 1. */
  @Override
  public Optional<Example> example(LabelledSolution labelled) {
    List<Double> targets =
        labelled.soft()
            ? labelled.label().stepScores()
            : labelled.label().stepLabels().stream().map(correct -> correct ? 1.0 : 0.0).toList();
    List<String> steps = labelled.label().steps();
    if (targets.isEmpty() || targets.size() != steps.size()) {
      return Optional.empty();
    }
    for (double target : targets) {
      if (!(target >= 0 && target <= 1)) {
        throw new IllegalArgumentException(
            "The label of solution %s has the step score %s, which is no share from 0 to 1; make step_labels again."
                .formatted(labelled.label().solutionId(), target));
      }
    }
    return Optional.of(
        row(
            labelled.label(),
            labelled.format().solvePrompt(labelled.problem()),
            joined(steps),
            targets));
  }

  @Override
  public TrainingSequence sequence(Trainer trainer, Example example) {
    StepTokens tokens = StepTokens.of(trainer, example.prompt(), steps(example), place());
    float[][] targets = tokens.weightsAndLabels(example.stepLabels());
    return TrainingSequence.labelled(tokens.tokens(), targets[0], targets[1]);
  }

  /** The steps in one text: a line end between them, or a mark where a step has several lines. */
  private static String joined(List<String> steps) {
    boolean lines = steps.stream().noneMatch(step -> step.contains(LINE_END));
    if (steps.stream().anyMatch(step -> step.contains(MARK))) {
      throw new IllegalArgumentException(
          "A step holds a line that is the control character U+001E alone, which separates steps of several lines in training rows; take it out.");
    }
    return String.join(lines ? LINE_END : MARK, steps);
  }

  /** The steps of a row. */
  private static List<String> steps(Example example) {
    String joined = example.completion();
    boolean one = example.stepLabels().size() == 1;
    return one
        ? List.of(joined)
        : List.of(joined.split(joined.contains(MARK) ? MARK : LINE_END, -1));
  }
}
