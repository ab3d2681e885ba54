package dev.sluice.pipelines.run;

import dev.sluice.models.LanguageModel;
import dev.sluice.models.ModelRuntime;
import dev.sluice.models.StepClassifier;
import java.io.Serializable;
import java.nio.file.Path;

/**
 * Opens models on a worker. Travels serialised and holds nothing but names; what it opens is shared
 * by the workers of the JVM.
 */
public interface ModelHost extends Serializable {

  /** Opens a model; the caller closes it. */
  LanguageModel open(ModelReference reference);

  /** Opens a model with a step-classification head; the caller closes it. */
  StepClassifier openClassifier(ModelReference reference);

  /** The model's directory on this machine. */
  Path folder(ModelReference reference);

  /** Opens and trains directories. */
  ModelRuntime runtime();

  /**
   * The same with so many rows decoded at once: speed and memory, not results.
   *
   * @param rows at least 1
   */
  default ModelHost decoding(int rows) {
    return this;
  }
}
