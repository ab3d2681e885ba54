package dev.sluice.runners;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.sluice.parts.Registry;
import dev.sluice.pipelines.models.LocalModels;
import dev.sluice.pipelines.run.worker.ModelHost;

/** The whole program as a list: stage types and model providers. */
public final class SluiceModule extends AbstractModule {
  @Override
  protected void configure() {
    bind(ModelHost.class).to(LocalModels.class);
  }

  @Provides
  @Singleton
  Registry registry() {
    return Registry.get();
  }
}
