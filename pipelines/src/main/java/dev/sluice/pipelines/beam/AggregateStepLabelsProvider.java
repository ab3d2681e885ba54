package dev.sluice.pipelines.beam;

import dev.sluice.stages.aggregation.AggregateStepLabels;

/** {@link AggregateStepLabels} for Beam. */
public final class AggregateStepLabelsProvider
    extends StageTransformProvider<AggregateStepLabels.Config> {
  public AggregateStepLabelsProvider() {
    super(new AggregateStepLabels());
  }
}
