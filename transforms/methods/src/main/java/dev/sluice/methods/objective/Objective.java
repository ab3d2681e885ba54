package dev.sluice.methods.objective;

import dev.sluice.models.training.Loss;
import dev.sluice.models.training.Trainer;
import dev.sluice.models.training.TrainerOptions;
import dev.sluice.models.training.TrainingSequence;
import dev.sluice.parts.Part;
import dev.sluice.parts.Port;
import dev.sluice.records.Example;
import dev.sluice.records.Hashes;
import dev.sluice.records.StepLabel;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a reward model learns from step labels: an example for each label, the head of the model and
 * the loss. An example depends on its own label alone.
 */
@Port(value = "objective", stage = "TrainReward", key = "objective")
public interface Objective extends Part {

  /** The example that a label gives; empty where it gives none. */
  Optional<Example> example(LabelledSolution labelled);

  /** What the model ends in. */
  TrainerOptions.Head head();

  /** What a step of training minimises. */
  Loss loss();

  /** An example as tokens with the weights or labels that {@link #loss} reads. */
  TrainingSequence sequence(Trainer trainer, Example example);

  /**
   * The row of an example of weight 1.
   *
   * @param stepLabels probability that each step is correct; empty for generative objectives
   */
  default Example row(StepLabel label, String prompt, String completion, List<Double> stepLabels) {
    return new Example(
        Hashes.childId(label.solutionId(), "TrainReward/" + name().toUpperCase(Locale.ROOT), 0),
        prompt,
        completion,
        1.0,
        stepLabels,
        label.selectedVerification() == null
            ? List.of(label.solutionId())
            : List.of(label.solutionId(), label.selectedVerification()));
  }
}
