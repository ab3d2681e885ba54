package dev.sluice.stages.training;

import dev.sluice.methods.arithmetic.reference.PretrainingExamples;
import dev.sluice.methods.objective.Sequences;
import dev.sluice.models.training.Trainer;
import dev.sluice.models.training.TrainingSequence;
import dev.sluice.records.Example;
import dev.sluice.records.Hashes;
import dev.sluice.records.RandomStream;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.UnitContext;
import java.util.ArrayList;
import java.util.List;

/**
 * The batches of examples that a model is trained on.
 *
 * @param examples to draw from; none if they are made as they are needed
 */
record ExampleBatches(FineTune.Config config, List<Example> examples) {

  /**
   * Reads the examples of a file or of the unit.
   *
   * @throws IllegalStateException if there are none
   */
  static ExampleBatches of(FineTune.Config config, UnitContext context) {
    return new ExampleBatches(config, read(config, context));
  }

  private static List<Example> read(FineTune.Config config, UnitContext context) {
    if (config.source() instanceof FileExamples stored) {
      FileExamples.Read read = stored.read();
      read.letters().forEach(context::dead);
      if (read.examples().isEmpty()) {
        throw new IllegalStateException(
            "Training on examples: '%s' has none: %d rows cannot be read%s, and %d solutions are called wrong."
                .formatted(
                    stored.path(),
                    read.letters().size(),
                    read.letters().isEmpty()
                        ? ""
                        : " (%s)".formatted(read.letters().get(0).errorMessage()),
                    read.leftOut()));
      }
      context.value(FineTune.EXAMPLES, read.examples().size());
      context.value(FineTune.LEFT_OUT, (double) read.leftOut());
      context.value(FineTune.UNREADABLE, read.letters().size());
      return read.examples();
    }
    List<Example> examples = context.read("examples", Tables.EXAMPLES);
    if (config.source() == null && examples.isEmpty()) {
      throw new IllegalStateException(
          "Training on examples: the table of examples is empty. Look at the stage that makes it.");
    }
    return examples;
  }

  /** Number of examples that were read. */
  int size() {
    return examples.size();
  }

  /** The rows of a step: examples drawn with replacement, or the next ones that are made. */
  List<TrainingSequence> batch(Trainer trainer, long runSeed, int step) {
    List<TrainingSequence> batch = new ArrayList<>(config.batchSize());
    RandomStream random =
        new RandomStream(Hashes.seed(runSeed, FineTune.NAME, "batch", 0, "", step));
    long seed = Hashes.seed(runSeed, FineTune.NAME, "examples", 0, "", 0);
    for (int i = 0; i < config.batchSize(); i++) {
      int index = step * config.batchSize() + i;
      Example example =
          config.source() instanceof ExampleSource.Arithmetic arithmetic
              ? made(arithmetic, seed, index)
              : examples.get(random.nextInt(examples.size()));
      batch.add(Sequences.completion(trainer, example, true));
    }
    return batch;
  }

  private static Example made(ExampleSource.Arithmetic source, long seed, int index) {
    return source.task() == ExampleSource.Task.SOLVE
        ? PretrainingExamples.solver(seed, index)
        : PretrainingExamples.judge(seed, index);
  }
}
