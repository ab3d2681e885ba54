package dev.sluice.pipelines.models;

import dev.sluice.models.Embedder;
import dev.sluice.models.LanguageModel;
import dev.sluice.models.ModelRuntime;
import dev.sluice.models.StepClassifier;
import dev.sluice.models.djl.DjlModels;
import dev.sluice.models.numerics.NumericsMode;
import dev.sluice.models.openai.Session;
import dev.sluice.models.provider.ModelIdentity;
import dev.sluice.models.provider.OpenRequest;
import dev.sluice.pipelines.process.WorkerProcess;
import dev.sluice.pipelines.run.worker.ModelHost;
import dev.sluice.pipelines.run.worker.ModelReference;
import dev.sluice.records.manifest.Numerics;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Has each model opened by its provider, in this process. */
public final class LocalModels implements ModelHost {
  private static final long serialVersionUID = 2;

  private final int decodeBatch;
  private final @Nullable NumericsMode numerics;

  /** With the usual number of rows decoded at once. */
  public LocalModels() {
    this(DjlModels.DECODE_BATCH, null);
  }

  private LocalModels(int decodeBatch, @Nullable NumericsMode numerics) {
    this.decodeBatch = decodeBatch;
    this.numerics = numerics;
  }

  @Override
  public ModelHost decoding(int rows) {
    return new LocalModels(rows, numerics);
  }

  @Override
  public ModelHost with(@Nullable NumericsMode mode) {
    return new LocalModels(decodeBatch, mode);
  }

  @Override
  public void check(String name, ModelReference reference) {
    reference
        .provider()
        .server()
        .ifPresent(server -> server.check(name, WorkerProcess.current().models()));
  }

  @Override
  public LanguageModel open(ModelReference reference) {
    return open(reference, Session.alone());
  }

  @Override
  public LanguageModel open(ModelReference reference, Session session) {
    return reference.provider().open(request(reference.identity(), session));
  }

  @Override
  public StepClassifier openClassifier(ModelReference reference) {
    return reference.provider().openClassifier(request(reference));
  }

  @Override
  public Embedder openEmbedder(ModelReference reference) {
    return reference.provider().openEmbedder(request(reference));
  }

  @Override
  public Path folder(ModelReference reference) {
    return reference.provider().folder(request(reference));
  }

  @Override
  public Optional<Numerics> numerics(ModelReference reference) {
    return reference.provider().numerics(request(reference));
  }

  @Override
  public ModelRuntime runtime() {
    return request(new ModelIdentity("", ""), Session.alone()).runtime();
  }

  private OpenRequest request(ModelReference reference) {
    return request(reference.identity(), Session.alone());
  }

  private OpenRequest request(ModelIdentity model, Session session) {
    return new OpenRequest(model, session, decodeBatch, numerics, WorkerProcess.current().models());
  }
}
