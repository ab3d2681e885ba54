package dev.sluice.models.provider;

import dev.sluice.models.djl.DjlModels;
import dev.sluice.models.djl.DjlRuntime;
import dev.sluice.models.numerics.MathLibrary;
import dev.sluice.models.numerics.NumericsMode;
import dev.sluice.models.openai.Session;
import org.jspecify.annotations.Nullable;

/**
 * What a provider is given to open a model on a worker.
 *
 * @param model which one
 * @param session what the run lends to calls that it pays for
 * @param decodeBatch rows that a model in this process decodes at once: speed and memory, not
 *     results
 * @param numerics kernels of models in this process; null: as the environment says
 * @param resources what the models of the process share
 */
public record OpenRequest(
    ModelIdentity model,
    Session session,
    int decodeBatch,
    @Nullable NumericsMode numerics,
    ModelResources resources) {

  /** Opened for nobody's run, as a test or a command does. */
  public static OpenRequest alone(ModelIdentity model) {
    return new OpenRequest(
        model, Session.alone(), DjlModels.DECODE_BATCH, null, new ModelResources());
  }

  /** The program's engine for model directories. */
  public DjlRuntime runtime() {
    MathLibrary.choose(numerics);
    return new DjlRuntime(decodeBatch, resources::directories);
  }
}
