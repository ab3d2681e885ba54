package dev.sluice.models.openai;

import dev.sluice.models.ServerAccess;
import dev.sluice.models.provider.ModelFinding;
import dev.sluice.models.provider.ModelResources;
import dev.sluice.models.provider.OpenAiSpec;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The servers of a model that speak OpenAI's interface. */
public final class OpenAiServer implements ServerAccess {
  private final OpenAiSpec spec;

  public OpenAiServer(OpenAiSpec spec) {
    this.spec = spec;
  }

  @Override
  public List<ModelFinding> missing() {
    return OpenAiModels.keyMissing(spec, System::getenv).stream().toList();
  }

  @Override
  public CompletableFuture<List<ModelFinding>> look(
      String name, Duration bound, ModelResources resources) {
    return resources.servers().look(name, spec, bound);
  }

  @Override
  public void check(String name, ModelResources resources) {
    resources.servers().check(name, spec);
  }

  @Override
  public boolean priced() {
    return spec.price() != null;
  }

  /** A window more may wait in the queue, so that requests are at hand while a unit begins. */
  @Override
  public boolean hasRoom(int workers, ModelResources resources) {
    return resources.servers().room(spec, workers) > -spec.maxInFlight();
  }
}
