package dev.sluice.pipelines.run;

import dev.sluice.models.LanguageModel;
import dev.sluice.models.ModelException;
import dev.sluice.models.ModelRuntime;
import dev.sluice.models.StepClassifier;
import dev.sluice.models.builtin.BuiltinModels;
import dev.sluice.models.djl.DjlRuntime;
import java.nio.file.Path;

/** The models of the product itself: directories on this machine, and those inside the product. */
public final class LocalModels implements ModelHost {
  private static final long serialVersionUID = 1;
  private static final String BUILTIN = "builtin:";

  @Override
  public LanguageModel open(ModelReference reference) {
    return runtime().open(folder(reference));
  }

  @Override
  public StepClassifier openClassifier(ModelReference reference) {
    return runtime().openClassifier(folder(reference));
  }

  @Override
  public Path folder(ModelReference reference) {
    if (!reference.provider().equals("djl")) {
      throw new ModelException(
          "The provider '%s' has no directory of weights, which this stage needs; use a model of the provider 'djl'."
              .formatted(reference.provider()));
    }
    return reference.location().startsWith(BUILTIN)
        ? BuiltinModels.folder(reference.location().substring(BUILTIN.length()))
        : Path.of(reference.location());
  }

  @Override
  public ModelRuntime runtime() {
    return Holder.SHARED;
  }

  /** One for the JVM; made when first asked for, since it loads the native engine. */
  private static final class Holder {
    private static final ModelRuntime SHARED = new DjlRuntime();
  }
}
