package dev.sluice.runners;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.sluice.pipelines.file.ModelTypes;
import dev.sluice.pipelines.file.Registry;
import dev.sluice.pipelines.file.StageTypes;
import dev.sluice.stages.StageType;
import java.util.List;

/** The whole program as a list: stage types, model providers, planning. */
public final class SluiceModule extends AbstractModule {
  /** The stage types of the product itself, in the order of a chain. */
  private static final List<StageType<?>> STAGES = List.of();

  @Provides
  @Singleton
  Registry registry() {
    return new Registry(StageTypes.withPlugins(STAGES), ModelTypes.withPlugins());
  }
}
