package dev.sluice.stages;

import dev.sluice.records.manifest.ModelFolder;
import dev.sluice.records.manifest.ShardFile;
import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * One unit of work, of retry, of resume and of determinism: most often one shard. A finished unit
 * is found again by a key made of the stage's own part of the fingerprint and of everything here
 * but the name.
 *
 * @param name where it stands, for people and file names, such as {@code 00003} or {@code round-7}
 * @param kind what the stage is to do, such as {@code shard} or {@code update}
 * @param inputs the shards that it reads, by port; in the key by their digests
 * @param models models other than those of the config, by name; in the key by their digests
 * @param params small values that the work depends on; in the key
 * @param training whether it trains: such units run one at a time and apart from generation
 */
public record Unit(
    String name,
    String kind,
    Map<String, List<ShardFile>> inputs,
    Map<String, ModelFolder> models,
    Map<String, String> params,
    boolean training)
    implements Serializable {

  public Unit {
    inputs = Map.copyOf(inputs);
    models = Map.copyOf(models);
    params = Map.copyOf(params);
  }

  /** A unit over shards alone. */
  public static Unit of(String name, String kind, Map<String, List<ShardFile>> inputs) {
    return new Unit(name, kind, inputs, Map.of(), Map.of(), false);
  }

  /** The same with a value that the work depends on. */
  public Unit with(String param, Object value) {
    Map<String, String> all = new java.util.TreeMap<>(params);
    all.put(param, value.toString());
    return new Unit(name, kind, inputs, models, all, training);
  }

  /** The same with a model. */
  public Unit with(String model, ModelFolder folder) {
    Map<String, ModelFolder> all = new java.util.TreeMap<>(models);
    all.put(model, folder);
    return new Unit(name, kind, inputs, all, params, training);
  }

  /** The same as a unit that trains. */
  public Unit thatTrains() {
    return new Unit(name, kind, inputs, models, params, true);
  }
}
