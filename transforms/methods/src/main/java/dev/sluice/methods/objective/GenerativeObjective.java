package dev.sluice.methods.objective;

import dev.sluice.models.training.Loss;
import dev.sluice.models.training.Trainer;
import dev.sluice.models.training.TrainerOptions;
import dev.sluice.models.training.TrainingSequence;
import dev.sluice.records.Example;

/** An objective of a model that writes its verdicts: next-token loss on the completion. */
public interface GenerativeObjective extends Objective {

  /** Whether the loss includes the end of text after the completion. */
  default boolean ends() {
    return true;
  }

  @Override
  default TrainerOptions.Head head() {
    return TrainerOptions.Head.LANGUAGE_MODEL;
  }

  @Override
  default Loss loss() {
    return new Loss.CrossEntropy();
  }

  @Override
  default TrainingSequence sequence(Trainer trainer, Example example) {
    return Sequences.completion(trainer, example, ends());
  }
}
