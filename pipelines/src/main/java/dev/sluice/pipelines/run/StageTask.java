package dev.sluice.pipelines.run;

import dev.sluice.records.ShardFile;
import dev.sluice.stages.Stage;
import dev.sluice.stages.Wiring;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A stage that is ready to run: its inputs are committed and its fingerprint is known.
 *
 * @param name the stage's name in the file
 * @param type the stage's type
 * @param stage the stage bound to its config
 * @param wiring what it reads and writes
 * @param seed the run's seed
 * @param fingerprint of the whole stage, digests of its inputs included
 * @param ownPart the fingerprint without the inputs: what a unit's key is made of
 * @param inputs the committed shards of each port that is wired
 * @param models the models of the config, by the name that the config gives them
 * @param manifest what the planner adds to the manifest: canonical config, inputs, versions; JSON
 *     values by key
 * @param deadThreshold largest share of dead rows that a stage survives, from 0 to 1
 */
public record StageTask(
    String name,
    String type,
    Stage stage,
    Wiring wiring,
    long seed,
    String fingerprint,
    String ownPart,
    Map<String, List<ShardFile>> inputs,
    Map<String, ModelReference> models,
    Map<String, String> manifest,
    double deadThreshold)
    implements Serializable {

  public StageTask {
    inputs = new TreeMap<>(inputs);
    models = new TreeMap<>(models);
    manifest = new TreeMap<>(manifest);
  }
}
