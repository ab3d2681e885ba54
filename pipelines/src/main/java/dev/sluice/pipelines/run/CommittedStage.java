package dev.sluice.pipelines.run;

import dev.sluice.records.ModelFolder;
import dev.sluice.records.ShardFile;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A stage whose artifact is there.
 *
 * @param name the stage's name in the file
 * @param type the stage's type
 * @param fingerprint the stage's fingerprint
 * @param artifact absolute path of the artifact
 * @param tables the shards of each table that it wrote, in order
 * @param model the model that it left; null if none
 * @param inputs the shards that it read, by port: what a port that follows gets
 */
public record CommittedStage(
    String name,
    String type,
    String fingerprint,
    String artifact,
    Map<String, List<ShardFile>> tables,
    @Nullable ModelFolder model,
    Map<String, List<ShardFile>> inputs) {
  public CommittedStage {
    tables = Map.copyOf(tables);
    inputs = Map.copyOf(inputs);
  }
}
