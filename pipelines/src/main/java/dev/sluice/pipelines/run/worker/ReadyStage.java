package dev.sluice.pipelines.run.worker;

import dev.sluice.records.manifest.Manifest;
import dev.sluice.records.manifest.ShardFile;
import dev.sluice.stages.Stage;
import dev.sluice.stages.Wiring;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A stage that is ready to run: its inputs are committed and its fingerprint is known. The driver
 * lays out its units and hands it to the workers.
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
public record ReadyStage(
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
    String repliesSince)
    implements Serializable {

  /** {@code repliesSince} of a stage that may use every reply that was kept. */
  public static final String ALL_REPLIES = Instant.EPOCH.toString();

  public ReadyStage {
    inputs = Map.copyOf(inputs);
    models = new TreeMap<>(models);
  }

  /**
   * The same with units of other keys.
   *
   * @param since kept replies of servers that are older are not used
   */
  public ReadyStage again(String part, String since) {
    return with(part, inputs, since);
  }

  /** The same as it goes to workers: a unit brings the shards that it reads. */
  ReadyStage withoutInputs() {
    return with(unitPart, Map.of(), repliesSince);
  }

  private ReadyStage with(String part, Map<String, List<ShardFile>> shards, String since) {
    return new ReadyStage(
        name,
        type,
        stage,
        wiring,
        seed,
        fingerprint,
        ownPart,
        part,
        shards,
        models,
        deadThreshold,
        origin,
        since);
  }

  /** Whether all its models are behind servers, so that a unit does nothing but wait for them. */
  boolean waits() {
    return !models.isEmpty()
        && models.values().stream().allMatch(each -> each.provider().server().isPresent());
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
      Map<String, String> versions)
      implements Serializable {}
}
