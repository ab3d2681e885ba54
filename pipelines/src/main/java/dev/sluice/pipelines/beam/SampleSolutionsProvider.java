package dev.sluice.pipelines.beam;

import dev.sluice.stages.synthesis.SampleSolutions;

/** {@link SampleSolutions} for Beam. */
public final class SampleSolutionsProvider extends StageTransformProvider<SampleSolutions.Config> {
  public SampleSolutionsProvider() {
    super(new SampleSolutions());
  }
}
