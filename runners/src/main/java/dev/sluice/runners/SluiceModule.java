package dev.sluice.runners;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.sluice.parts.Registry;
import dev.sluice.pipelines.models.LocalModels;
import dev.sluice.pipelines.plan.Planner;
import dev.sluice.pipelines.run.worker.ModelHost;
import dev.sluice.pipelines.store.ArtifactStore;

/** The whole program as a list: stage types, model providers, planning. */
public final class SluiceModule extends AbstractModule {
  @Override
  protected void configure() {
    bind(ModelHost.class).to(LocalModels.class);
  }

  @Provides
  Planning planning() {
    return (spec, workspace, chosen) ->
        new Planner(spec, ArtifactStore.open(workspace)).plan(chosen);
  }

  @Provides
  @Singleton
  Registry registry() {
    return Registry.get();
  }
}
