package dev.sluice.pipelines.store;

import dev.sluice.records.PathSegment;
import dev.sluice.records.json.SealedJson;
import dev.sluice.records.manifest.Counts;
import dev.sluice.records.manifest.ModelFolder;
import dev.sluice.records.manifest.Numerics;
import dev.sluice.records.manifest.ShardFile;
import dev.sluice.records.manifest.Usage;
import dev.sluice.stages.UnitResult;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A finished unit as it stands on disk, under its key. */
public record UnitRecord(
    int formatVersion,
    String key,
    String name,
    String stageType,
    String fingerprint,
    String attempt,
    List<ShardFile> tables,
    @Nullable ModelFolder model,
    Counts counts,
    Usage usage,
    Map<String, Double> values,
    List<Numerics> computedOn,
    double seconds) {

  public UnitRecord {
    PathSegment.require("unit key", key);
    // Records of before did not say.
    computedOn = computedOn == null ? List.of() : List.copyOf(computedOn);
  }

  static UnitRecord of(Attempt attempt, UnitResult result) {
    return new UnitRecord(
        SealedJson.FORMAT_VERSION,
        result.key(),
        result.name(),
        attempt.stageType(),
        attempt.fingerprint(),
        attempt.name(),
        result.tables(),
        result.model(),
        result.counts(),
        result.usage(),
        result.values(),
        result.computedOn(),
        result.seconds());
  }

  /**
   * The result for a run that finds the unit finished.
   *
   * @param found the model as it was found
   * @param own names of the run's own attempts
   */
  UnitResult result(@Nullable ModelFolder found, Set<String> own) {
    boolean reused = !own.contains(attempt);
    return new UnitResult(
        key, name, tables, found, counts, usage, values, computedOn, seconds, reused);
  }

  public static String path(String key) {
    PathSegment.require("unit key", key);
    return "units/" + key.substring(0, Math.min(2, key.length())) + "/" + key + ".json";
  }
}
