package dev.sluice.stages;

import dev.sluice.records.manifest.Counts;
import dev.sluice.records.manifest.ModelFolder;
import dev.sluice.records.manifest.Numerics;
import dev.sluice.records.manifest.ShardFile;
import dev.sluice.records.manifest.Usage;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a finished unit left.
 *
 * @param key the unit's key
 * @param name the unit's name
 * @param tables the files that it wrote, dead letters included
 * @param model the model that it left; null if none, and gone once it was let go
 * @param counts the account of its rows
 * @param usage what its calls to models used
 * @param values small results that the driver reads, by name
 * @param computedOn what computed its models in the worker's process; empty if none did
 * @param seconds how long it worked
 * @param reused whether it had been finished before this run
 */
public record UnitResult(
    String key,
    String name,
    List<ShardFile> tables,
    @Nullable ModelFolder model,
    Counts counts,
    Usage usage,
    Map<String, Double> values,
    List<Numerics> computedOn,
    double seconds,
    boolean reused)
    implements Serializable {

  public UnitResult {
    tables = List.copyOf(tables);
    values = Map.copyOf(values);
    computedOn = List.copyOf(computedOn);
  }

  /** The file of a table, or null if the unit wrote none. */
  public @Nullable ShardFile table(String name) {
    for (ShardFile file : tables) {
      if (file.table().equals(name)) {
        return file;
      }
    }
    return null;
  }

  /** The same with another model. */
  public UnitResult withModel(@Nullable ModelFolder other) {
    return new UnitResult(
        key, name, tables, other, counts, usage, values, computedOn, seconds, reused);
  }
}
