package dev.sluice.pipelines.beam;

import dev.sluice.stages.selection.SelectSolutions;
import dev.sluice.stages.selection.SelectSolutionsConfig;

/** {@link SelectSolutions} for Beam. */
public final class SelectSolutionsProvider extends StageTransformProvider<SelectSolutionsConfig> {
  public SelectSolutionsProvider() {
    super(new SelectSolutions());
  }
}
