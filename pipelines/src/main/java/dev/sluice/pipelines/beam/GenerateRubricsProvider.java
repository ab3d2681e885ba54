package dev.sluice.pipelines.beam;

import dev.sluice.stages.rubric.GenerateRubrics;

/** {@link GenerateRubrics} for Beam. */
public final class GenerateRubricsProvider extends StageTransformProvider<GenerateRubrics.Config> {
  public GenerateRubricsProvider() {
    super(new GenerateRubrics());
  }
}
