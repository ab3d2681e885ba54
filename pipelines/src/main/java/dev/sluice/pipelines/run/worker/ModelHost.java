package dev.sluice.pipelines.run.worker;

import dev.sluice.models.Embedder;
import dev.sluice.models.LanguageModel;
import dev.sluice.models.ModelRuntime;
import dev.sluice.models.StepClassifier;
import dev.sluice.models.numerics.NumericsMode;
import dev.sluice.models.openai.Session;
import dev.sluice.records.manifest.Numerics;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Opens models on a worker. Travels serialised and holds nothing but names; what it opens is shared
 * by the workers of the JVM.
 */
public interface ModelHost extends Serializable {

  /** Opens a model; the caller closes it. */
  LanguageModel open(ModelReference reference);

  /**
   * The same for calls that a run pays for.
   *
   * @param session what the run lends to calls of a server
   */
  default LanguageModel open(ModelReference reference, Session session) {
    return open(reference);
  }

  /**
   * Looks whether a model can be asked, before the first stage that does.
   *
   * @param name what the file calls it
   * @throws dev.sluice.models.ModelException if not
   */
  default void check(String name, ModelReference reference) {}

  /** Opens a model with a step-classification head; the caller closes it. */
  StepClassifier openClassifier(ModelReference reference);

  /** Opens a sentence encoder; the caller closes it. */
  Embedder openEmbedder(ModelReference reference);

  /** The model's directory on this machine. */
  Path folder(ModelReference reference);

  /** What computes a model in this process; empty for one behind a server. */
  default Optional<Numerics> numerics(ModelReference reference) {
    return Optional.empty();
  }

  /** Opens and trains directories. */
  ModelRuntime runtime();

  /** The same with kernels that a pipeline asks for; null: as the environment says. */
  default ModelHost with(@Nullable NumericsMode numerics) {
    return this;
  }

  /**
   * The same with so many rows decoded at once: speed and memory, not results.
   *
   * @param rows at least 1
   */
  default ModelHost decoding(int rows) {
    return this;
  }
}
