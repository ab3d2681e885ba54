package dev.sluice.stages;

import dev.sluice.records.Hashes;
import dev.sluice.records.manifest.ModelFolder;
import dev.sluice.records.manifest.ShardFile;
import dev.sluice.records.schema.RecordSchema;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * One unit of work, of retry, of resume and of determinism: most often one shard. A finished unit
 * is found again by its key.
 *
 * @param name for people and file names, such as {@code 00003} or {@code round-7}
 * @param kind what the stage is to do, such as {@code shard} or {@code update}
 * @param inputs the shards that it reads, by port; in the key by their digests
 * @param models models other than those of the config, by name; in the key by their digests
 * @param parameters small values that the work depends on; in the key
 * @param training whether it trains: such units run one at a time and apart from generation
 */
public record Unit(
    String name,
    String kind,
    Map<String, List<ShardFile>> inputs,
    Map<String, ModelFolder> models,
    Parameters parameters,
    boolean training)
    implements Serializable {

  /**
   * A record of small values. The key has the name and the text of each component; a component that
   * is null is not in it, so that a new one keeps the keys of units that lack it.
   */
  public interface Parameters extends Serializable {}

  private record NoParameters() implements Parameters {}

  public Unit {
    inputs = Map.copyOf(inputs);
    models = Map.copyOf(models);
    if (!(parameters instanceof Record)) {
      throw new IllegalArgumentException(
          "The parameters of the unit '%s' must be a record, but are of %s."
              .formatted(name, parameters.getClass()));
    }
  }

  /** A unit over shards alone. */
  public static Unit of(String name, String kind, Map<String, List<ShardFile>> inputs) {
    return of(name, kind, inputs, new NoParameters());
  }

  /** A unit over shards with values that the work depends on. */
  public static Unit of(
      String name, String kind, Map<String, List<ShardFile>> inputs, Parameters parameters) {
    return new Unit(name, kind, inputs, Map.of(), parameters, false);
  }

  /** The k-th name of a unit: five digits, so that names sort as numbers do. */
  public static String numbered(int k) {
    return String.format(Locale.ROOT, "%05d", k);
  }

  /** The parameters, as the record that the stage gave the unit. */
  public <P extends Parameters> P parameters(Class<P> type) {
    return type.cast(parameters);
  }

  /** The same with other parameters. */
  public Unit with(Parameters other) {
    return new Unit(name, kind, inputs, models, other, training);
  }

  /** The same with the shards of a further port. */
  public Unit with(String port, List<ShardFile> shards) {
    Map<String, List<ShardFile>> all = new TreeMap<>(inputs);
    all.put(port, shards);
    return new Unit(name, kind, all, models, parameters, training);
  }

  /** The same with a model. */
  public Unit with(String model, ModelFolder folder) {
    Map<String, ModelFolder> all = new TreeMap<>(models);
    all.put(model, folder);
    return new Unit(name, kind, inputs, all, parameters, training);
  }

  /** The same as a unit that trains. */
  public Unit thatTrains() {
    return new Unit(name, kind, inputs, models, parameters, true);
  }

  /**
   * The key under which the unit is found again once it is finished: hash(the stage's own part of
   * the fingerprint but for keys of extent, kind, parameters, digests of the input shards by port,
   * digests of the models by name). The name is for people alone.
   */
  public String key(String unitPart) {
    List<Object> parts = new ArrayList<>();
    parts.add(unitPart);
    parts.add(kind);
    Map<String, Object> values = values();
    parts.add(values.size());
    values.forEach(
        (component, value) -> {
          parts.add(component);
          parts.add(value);
        });
    parts.add(inputs.size());
    for (Map.Entry<String, List<ShardFile>> port : new TreeMap<>(inputs).entrySet()) {
      parts.add(port.getKey());
      parts.add(port.getValue().size());
      port.getValue().forEach(shard -> parts.add(shard.digest()));
    }
    parts.add(models.size());
    for (Map.Entry<String, ModelFolder> model : new TreeMap<>(models).entrySet()) {
      parts.add(model.getKey());
      parts.add(model.getValue().digest());
    }
    return Hashes.hex(parts.toArray());
  }

  /** The parameters that are not null, by the names of their components. */
  private Map<String, Object> values() {
    Record record = (Record) parameters;
    Map<String, Object> values = new TreeMap<>();
    for (RecordSchema.Field field : RecordSchema.of(record.getClass()).fields()) {
      Object value = field.get(record);
      if (value != null) {
        values.put(field.name(), value);
      }
    }
    return values;
  }
}
