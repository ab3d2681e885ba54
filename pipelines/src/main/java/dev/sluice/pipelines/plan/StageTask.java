package dev.sluice.pipelines.plan;

import dev.sluice.pipelines.run.worker.ModelReference;
import dev.sluice.records.manifest.Manifest;
import dev.sluice.records.manifest.ShardFile;
import dev.sluice.stages.Stage;
import dev.sluice.stages.Wiring;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A stage that is ready to run: its inputs are committed and its fingerprint is known. Stays on the
 * driver.
 *
 * @param name the stage's name in the file
 * @param type the stage's type
 * @param stage the stage bound to its config
 * @param wiring what it reads and writes
 * @param seed the run's seed
 * @param fingerprint of the whole stage, digests of its inputs included
 * @param ownPart the fingerprint without the inputs
 * @param unitPart the same without keys that decide only how many units there are: what a unit's
 *     key is made of
 * @param inputs the committed shards of each port that is wired
 * @param models the models of the config, by the name that the config gives them
 * @param deadThreshold largest share of dead rows that a stage survives, from 0 to 1
 * @param origin what the manifest says about where the rows came from
 * @param repliesSince kept replies of servers that are older are not used, as an ISO instant
 */
public record StageTask(
    String name,
    String type,
    Stage stage,
    Wiring wiring,
    long seed,
    String fingerprint,
    String ownPart,
    String unitPart,
    Map<String, List<ShardFile>> inputs,
    Map<String, ModelReference> models,
    double deadThreshold,
    Origin origin,
    String repliesSince) {

  public StageTask {
    inputs = Map.copyOf(inputs);
    models = Map.copyOf(models);
  }

  /** A task that may use every reply that was kept. */
  public StageTask(
      String name,
      String type,
      Stage stage,
      Wiring wiring,
      long seed,
      String fingerprint,
      String ownPart,
      String unitPart,
      Map<String, List<ShardFile>> inputs,
      Map<String, ModelReference> models,
      double deadThreshold,
      Origin origin) {
    this(
        name,
        type,
        stage,
        wiring,
        seed,
        fingerprint,
        ownPart,
        unitPart,
        inputs,
        models,
        deadThreshold,
        origin,
        Instant.EPOCH.toString());
  }

  /**
   * The same with units of other keys.
   *
   * @param since kept replies of servers that are older are not used
   */
  StageTask again(String part, String since) {
    return new StageTask(
        name,
        type,
        stage,
        wiring,
        seed,
        fingerprint,
        ownPart,
        part,
        inputs,
        models,
        deadThreshold,
        origin,
        since);
  }

  /**
   * What a manifest says beside what the stage did.
   *
   * @param behaviourVersion version of the stage type's behaviour
   * @param table name of the primary table; null for a stage whose primary output is a model
   * @param config the config, without keys that decide only speed or place
   * @param inputs what each port reads
   * @param models content hash or revision of each model, by the key that names it
   * @param versions versions of what runs it
   */
  public record Origin(
      int behaviourVersion,
      @Nullable String table,
      Map<String, Object> config,
      Map<String, Manifest.Input> inputs,
      Map<String, String> models,
      Map<String, String> versions) {}
}
