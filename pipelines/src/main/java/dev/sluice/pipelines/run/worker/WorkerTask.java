package dev.sluice.pipelines.run.worker;

import dev.sluice.pipelines.store.ArtifactStore;
import dev.sluice.pipelines.store.Attempt;
import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a worker needs to know for one wave of a stage; the units travel separately.
 *
 * @param ready the stage
 * @param run id of the run
 * @param store the workspace
 * @param attempt the attempt that the stage's files belong to
 * @param again which rows of units that were finished before are asked again; null if the stage
 *     runs as usual
 * @param retried keys of units of which some rows are asked again, and under which key each was
 *     finished before
 * @param host opens models
 * @param calls what calls to servers may use
 * @param wave number of the wave, for progress
 * @param rethrows whether the engine may start the job again after a failure that may pass
 * @param hidden what of the stage and its models is shown nowhere
 */
public record WorkerTask(
    ReadyStage ready,
    String run,
    ArtifactStore store,
    Attempt attempt,
    @Nullable RetryRule again,
    Map<String, String> retried,
    ModelHost host,
    Calls calls,
    int wave,
    boolean rethrows,
    MaskedValues hidden)
    implements Serializable {

  public WorkerTask {
    ready = ready.withoutInputs();
    retried = new TreeMap<>(retried);
  }
}
