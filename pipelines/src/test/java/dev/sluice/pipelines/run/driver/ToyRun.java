package dev.sluice.pipelines.run.driver;

import dev.sluice.pipelines.plan.Plan;
import dev.sluice.pipelines.plan.Rerun;
import dev.sluice.pipelines.run.driver.ToyChain.Measure;
import dev.sluice.pipelines.run.folder.RunReport;
import dev.sluice.pipelines.store.ArtifactStore;
import dev.sluice.pipelines.store.Workspace;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;

/** Runs the two toy stages, {@code make} and {@code measure}, for tests of other packages. */
public final class ToyRun {
  private ToyRun() {}

  /** Runs what has to be run. */
  public static RunReport of(Workspace workspace, RunListener listener) {
    return run(workspace, "", Rerun.NONE, listener);
  }

  /** The same in a folder of this machine. */
  public static RunReport of(Path folder, RunListener listener) {
    return of(Workspace.of(folder), listener);
  }

  /** Runs the second stage although its artifact is there. */
  public static RunReport again(Workspace workspace, RunListener listener) {
    return run(workspace, "", new Rerun(Set.of("measure"), Instant.now().toString()), listener);
  }

  /** Runs with another seed, and fails in the second stage. */
  public static RunReport failing(Workspace workspace, RunListener listener) {
    return run(workspace, "00003", Rerun.NONE, listener);
  }

  private static RunReport run(
      Workspace workspace, String poison, Rerun rerun, RunListener listener) {
    ArtifactStore store = ArtifactStore.open(workspace);
    Measure measure = new Measure(poison, "", 0, "");
    Plan plan = ToyChain.plan(measure, ToyChain.measures(), poison.isEmpty() ? 7 : 8).with(rerun);
    return PipelineRun.run(
            plan,
            "toy.yaml",
            ToyChain.folder(store),
            store,
            DirectEngine::new,
            new NoModels(),
            listener,
            1)
        .report();
  }
}
