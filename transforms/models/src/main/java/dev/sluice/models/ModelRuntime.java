package dev.sluice.models;

import dev.sluice.models.training.Architecture;
import dev.sluice.models.training.Trainer;
import dev.sluice.models.training.TrainerOptions;
import dev.sluice.records.manifest.Numerics;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What can be done with model directories in this process: open, train. Safe for many threads. */
public interface ModelRuntime {

  /** Opens a directory as a language model; shared by content until the last user closes it. */
  LanguageModel open(Path folder);

  /** Opens a directory with a step-classification head. */
  StepClassifier openClassifier(Path folder);

  /** A trainer that starts from a model directory. */
  Trainer train(Path start, TrainerOptions options);

  /**
   * A trainer that starts from random weights.
   *
   * @param seed derives every weight
   */
  Trainer train(Architecture architecture, long seed, TrainerOptions options);

  /** What a person should know of how this process computes; empty if nothing. */
  default List<String> warnings() {
    return List.of();
  }

  /** What computes models in this process; empty if nothing does. */
  default Optional<Numerics> numerics() {
    return Optional.empty();
  }
}
