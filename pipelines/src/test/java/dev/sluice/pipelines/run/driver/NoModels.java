package dev.sluice.pipelines.run.driver;

import dev.sluice.models.Embedder;
import dev.sluice.models.LanguageModel;
import dev.sluice.models.ModelException;
import dev.sluice.models.ModelRuntime;
import dev.sluice.models.StepClassifier;
import dev.sluice.pipelines.run.worker.ModelHost;
import dev.sluice.pipelines.run.worker.ModelReference;
import java.nio.file.Path;

/** For stages without models. */
public class NoModels implements ModelHost {
  private static final long serialVersionUID = 1;

  @Override
  public LanguageModel open(ModelReference reference) {
    throw new ModelException("There are no models here.");
  }

  @Override
  public StepClassifier openClassifier(ModelReference reference) {
    throw new ModelException("There are no models here.");
  }

  @Override
  public Embedder openEmbedder(ModelReference reference) {
    throw new ModelException("There are no models here.");
  }

  @Override
  public Path folder(ModelReference reference) {
    throw new ModelException("There are no models here.");
  }

  @Override
  public ModelRuntime runtime() {
    throw new ModelException("There are no models here.");
  }
}
