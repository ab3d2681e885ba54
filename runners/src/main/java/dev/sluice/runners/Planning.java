package dev.sluice.runners;

import dev.sluice.pipelines.file.PipelineSpec;
import dev.sluice.pipelines.plan.Plan;
import dev.sluice.pipelines.store.Workspace;
import java.util.List;

/** Makes a plan of a checked file. */
@FunctionalInterface
public interface Planning {

  /**
   * What will be done, and why. Reads manifests; runs nothing, opens no model.
   *
   * @param workspace where artifacts lie
   * @param chosen names of the stages to do, in the order of the file
   */
  Plan plan(PipelineSpec spec, Workspace workspace, List<String> chosen);
}
