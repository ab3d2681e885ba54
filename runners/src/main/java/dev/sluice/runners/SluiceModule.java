package dev.sluice.runners;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.sluice.pipelines.file.ModelTypes;
import dev.sluice.pipelines.file.Registry;
import dev.sluice.pipelines.file.StageTypes;
import dev.sluice.pipelines.models.LocalModels;
import dev.sluice.pipelines.plan.Planner;
import dev.sluice.pipelines.run.ModelHost;
import dev.sluice.pipelines.store.ArtifactStore;
import dev.sluice.stages.StageType;
import dev.sluice.stages.aggregation.AggregateStepLabels;
import dev.sluice.stages.evaluation.Evaluate;
import dev.sluice.stages.filtering.FilterProblems;
import dev.sluice.stages.policy.UpdatePolicy;
import dev.sluice.stages.reward.TrainReward;
import dev.sluice.stages.rubric.GenerateRubrics;
import dev.sluice.stages.synthesis.SampleSolutions;
import dev.sluice.stages.synthesis.SynthesizeProblems;
import dev.sluice.stages.training.FineTune;
import dev.sluice.stages.verification.VerifySolutions;
import java.util.List;

/** The whole program as a list: stage types, model providers, planning. */
public final class SluiceModule extends AbstractModule {
  /** The stage types of the product itself, in the order of a chain. */
  private static final List<StageType<?>> STAGES =
      List.of(
          new SynthesizeProblems(),
          new FilterProblems(),
          new SampleSolutions(),
          new GenerateRubrics(),
          new VerifySolutions(),
          new AggregateStepLabels(),
          new FineTune(),
          new TrainReward(),
          new UpdatePolicy(),
          new Evaluate());

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
    return new Registry(StageTypes.withPlugins(STAGES), ModelTypes.withPlugins());
  }
}
