package dev.sluice.pipelines.run.worker;

import dev.sluice.pipelines.store.ArtifactStore;
import dev.sluice.pipelines.store.Attempt;
import dev.sluice.stages.Stage;
import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a worker needs to know about a stage; the units come beside it.
 *
 * @param run id of the run
 * @param store the workspace
 * @param attempt the attempt that the stage's files belong to
 * @param name the stage's name in the file
 * @param type the stage's type
 * @param stage the stage bound to its config
 * @param seed the run's seed
 * @param unitPart the part of the fingerprint that is in the keys of units
 * @param again which rows of units that were finished before are asked again; null if the stage
 *     runs as usual
 * @param retried keys of units of which some rows are asked again, and under which key each was
 *     finished before
 * @param loadsReference whether reference answers and stored correctness may be read
 * @param models the models of the config, by name
 * @param host opens models
 * @param calls what calls to servers may use
 * @param wave number of the wave, for progress
 * @param rethrows whether the engine may start the job again after a failure that may pass
 * @param hidden what of the stage and its models is shown nowhere
 */
public record WorkerTask(
    String run,
    ArtifactStore store,
    Attempt attempt,
    String name,
    String type,
    Stage stage,
    long seed,
    String unitPart,
    @Nullable RetryRule again,
    Map<String, String> retried,
    boolean loadsReference,
    Map<String, ModelReference> models,
    ModelHost host,
    Calls calls,
    int wave,
    boolean rethrows,
    MaskedValues hidden)
    implements Serializable {

  public WorkerTask {
    models = new TreeMap<>(models);
    retried = new TreeMap<>(retried);
  }

  /** Whether all its models are behind servers, so that a unit does nothing but wait for them. */
  boolean waits() {
    return !models.isEmpty()
        && models.values().stream().allMatch(each -> each.provider().server().isPresent());
  }
}
