package dev.sluice.stages;

import dev.sluice.records.Metric;
import dev.sluice.records.manifest.ModelFolder;
import dev.sluice.records.manifest.ShardFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a stage finds on the driver while it lays out its work. */
public interface StageDriver {

  /** The committed shards of a port, in order; empty if the port is not wired. */
  List<ShardFile> input(String port);

  /**
   * Has a wave of units done, in one job; units that were finished before are not done again. The
   * results are in the order of the units, and their tables become part of the artifact in the
   * order of the calls.
   *
   * @param label what a person sees while waiting, such as {@code round 7 of 40}
   * @throws RuntimeException if a unit failed; finished ones stay finished
   */
  List<UnitResult> run(String label, List<Unit> units);

  /** As {@link #run}, but the tables stay out of the artifact: work that only feeds later units. */
  List<UnitResult> runAside(String label, List<Unit> units);

  /** The model, or the folder of files, that the stage leaves. */
  void model(ModelFolder folder);

  /**
   * Lets the files of a model go that no unit is to read any more, such as the policy of a round
   * long past. The unit that made it stays finished; should a unit need the model after all, it is
   * made again.
   */
  void release(ModelFolder folder);

  /** A metric of the run: each name once, with its final value. */
  void metric(Metric metric);

  /** A warning that the person who runs this should see. */
  void warn(String message);

  /**
   * One unit for each shard of the first port, with the shards beside it of the other ports. Every
   * table of a chain is cut alike, so shard k meets shard k.
   */
  default List<Unit> unitPerShard(String kind, String port, String... beside) {
    List<ShardFile> first = input(port);
    Map<String, List<ShardFile>> others = inputs(beside);
    List<Unit> units = new ArrayList<>();
    for (int k = 0; k < first.size(); k++) {
      Map<String, List<ShardFile>> inputs = new TreeMap<>();
      inputs.put(port, List.of(first.get(k)));
      for (Map.Entry<String, List<ShardFile>> other : others.entrySet()) {
        List<ShardFile> shards = other.getValue();
        if (shards.size() != first.size()) {
          throw new IllegalStateException(
              "The tables of ports '%s' and '%s' are cut into %d and %d shards; a stage needs tables that come from the same problems."
                  .formatted(port, other.getKey(), first.size(), shards.size()));
        }
        inputs.put(other.getKey(), List.of(shards.get(k)));
      }
      units.add(Unit.of(Unit.numbered(k), kind, inputs));
    }
    return units;
  }

  /** All shards of the ports that are wired: the inputs of a unit over whole tables. */
  default Map<String, List<ShardFile>> inputs(String... ports) {
    Map<String, List<ShardFile>> inputs = new LinkedHashMap<>();
    for (String port : ports) {
      List<ShardFile> shards = input(port);
      if (!shards.isEmpty()) {
        inputs.put(port, shards);
      }
    }
    return inputs;
  }
}
