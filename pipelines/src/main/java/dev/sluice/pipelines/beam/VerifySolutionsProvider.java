package dev.sluice.pipelines.beam;

import dev.sluice.stages.verification.VerifySolutions;

/** {@link VerifySolutions} for Beam. */
public final class VerifySolutionsProvider extends StageTransformProvider<VerifySolutions.Config> {
  public VerifySolutionsProvider() {
    super(new VerifySolutions());
  }
}
