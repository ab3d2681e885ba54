package dev.sluice.pipelines.run;

import java.util.List;

/**
 * What will be done.
 *
 * @param stages those chosen, in the order of the file
 * @param referenceFree whether no label or reward rests on a reference or a grading program
 */
public record Plan(List<PlannedStage> stages, boolean referenceFree) {
  public Plan {
    stages = List.copyOf(stages);
  }
}
