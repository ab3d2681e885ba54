package dev.sluice.pipelines.plan;

import java.util.List;

/**
 * What will be done.
 *
 * @param stages those chosen, in the order of the file
 * @param referenceFree whether no label or reward rests on a reference or a grading program
 * @param rerun stages that run although they have artifacts
 */
public record Plan(List<PlannedStage> stages, boolean referenceFree, Rerun rerun) {
  public Plan {
    stages = List.copyOf(stages);
  }

  /** A plan in which every artifact that is there is reused. */
  public Plan(List<PlannedStage> stages, boolean referenceFree) {
    this(stages, referenceFree, Rerun.NONE);
  }

  /** The same with stages that run again. */
  public Plan with(Rerun again) {
    return new Plan(stages, referenceFree, again);
  }
}
