package dev.sluice.pipelines.run.worker;

import dev.sluice.records.Hashes;
import dev.sluice.records.manifest.ModelFolder;
import dev.sluice.records.manifest.ShardFile;
import dev.sluice.stages.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Keys under which finished units are found again. */
public final class UnitKeys {
  private UnitKeys() {}

  /**
   * The key of a unit: hash(the stage's own part of the fingerprint but for keys of extent, kind,
   * params, digests of the input shards by port, digests of the unit's models by name). Its name is
   * for people alone.
   */
  public static String key(String unitPart, Unit unit) {
    List<Object> parts = new ArrayList<>();
    parts.add(unitPart);
    parts.add(unit.kind());
    parts.add(unit.params().size());
    new TreeMap<>(unit.params())
        .forEach(
            (name, value) -> {
              parts.add(name);
              parts.add(value);
            });
    parts.add(unit.inputs().size());
    for (Map.Entry<String, List<ShardFile>> port : new TreeMap<>(unit.inputs()).entrySet()) {
      parts.add(port.getKey());
      parts.add(port.getValue().size());
      port.getValue().forEach(shard -> parts.add(shard.digest()));
    }
    parts.add(unit.models().size());
    for (Map.Entry<String, ModelFolder> model : new TreeMap<>(unit.models()).entrySet()) {
      parts.add(model.getKey());
      parts.add(model.getValue().digest());
    }
    return Hashes.hex(parts.toArray());
  }
}
