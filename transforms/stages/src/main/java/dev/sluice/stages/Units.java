package dev.sluice.stages;

import dev.sluice.records.manifest.ShardFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Lays out units over shards. Every table of a chain is cut alike, so shard k meets shard k. */
public final class Units {
  private Units() {}

  /** The k-th name of a unit: five digits, so that names sort as numbers do. */
  public static String name(int k) {
    return String.format(Locale.ROOT, "%05d", k);
  }

  static List<Unit> perShard(StageDriver driver, String kind, String port, String... beside) {
    List<ShardFile> first = driver.input(port);
    List<Unit> units = new ArrayList<>();
    for (int k = 0; k < first.size(); k++) {
      Map<String, List<ShardFile>> inputs = new TreeMap<>();
      inputs.put(port, List.of(first.get(k)));
      for (String other : beside) {
        List<ShardFile> shards = driver.input(other);
        if (!shards.isEmpty()) {
          if (shards.size() != first.size()) {
            throw new IllegalStateException(
                "The tables of ports '%s' and '%s' are cut into %d and %d shards; a stage needs tables that come from the same problems."
                    .formatted(port, other, first.size(), shards.size()));
          }
          inputs.put(other, List.of(shards.get(k)));
        }
      }
      units.add(Unit.of(name(k), kind, inputs));
    }
    return units;
  }

  static Map<String, List<ShardFile>> all(StageDriver driver, String... ports) {
    Map<String, List<ShardFile>> inputs = new TreeMap<>();
    for (String port : ports) {
      List<ShardFile> shards = driver.input(port);
      if (!shards.isEmpty()) {
        inputs.put(port, shards);
      }
    }
    return inputs;
  }
}
