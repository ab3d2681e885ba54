package dev.sluice.pipelines.run.folder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How far a run is: the stage at work, its table, and what remains.
 *
 * @param stage the stage's name
 * @param label of the wave at work, such as {@code round 3 of 40}; empty if the stage has one wave
 * @param number number of the stage, from 1
 * @param stages how many there are
 * @param shards shards of the wave
 * @param shardsDone those done
 * @param rows rows of the stage's table that are done, dead ones and those of earlier runs
 *     included; of a training, its steps
 * @param rowsExpected rows that the table will have; null if unknown
 * @param training whether rows are steps of a training
 * @param replies replies of models in this run
 * @param repliesExpected replies that there will be; null if unknown
 * @param rowsPerSecond pace of the wave
 * @param tokensPerSecond pace of prompts and completions together
 * @param share what is done of the stage, from 0 to 1
 * @param elapsed since the stage began in this run
 * @param left what remains of the stage; null if unknown
 * @param runLeft what remains of the run, this stage included; null if unknown
 * @param silent since anything last changed
 */
public record RunProgress(
    String stage,
    String label,
    int number,
    int stages,
    int shards,
    long shardsDone,
    long rows,
    @Nullable Long rowsExpected,
    boolean training,
    long replies,
    @Nullable Long repliesExpected,
    double rowsPerSecond,
    double tokensPerSecond,
    double share,
    Duration elapsed,
    @Nullable Duration left,
    @Nullable Duration runLeft,
    Duration silent) {

  ObjectNode toJson() {
    return RunFiles.object()
        .put("stage", stage)
        .put("label", label)
        .put("number", number)
        .put("stages", stages)
        .put("shards", shards)
        .put("shards_done", shardsDone)
        .put("rows", rows)
        .put("rows_expected", rowsExpected)
        .put("training", training)
        .put("replies", replies)
        .put("replies_expected", repliesExpected)
        .put("rows_per_second", rowsPerSecond)
        .put("tokens_per_second", tokensPerSecond)
        .put("share", share)
        .put("elapsed", elapsed.toMillis())
        .put("left", left == null ? null : left.toMillis())
        .put("run_left", runLeft == null ? null : runLeft.toMillis())
        .put("silent", silent.toMillis());
  }

  static RunProgress fromJson(JsonNode json) {
    return new RunProgress(
        json.path("stage").asText(),
        json.path("label").asText(),
        json.path("number").asInt(),
        json.path("stages").asInt(),
        json.path("shards").asInt(),
        json.path("shards_done").asLong(),
        json.path("rows").asLong(),
        json.hasNonNull("rows_expected") ? json.get("rows_expected").asLong() : null,
        json.path("training").asBoolean(),
        json.path("replies").asLong(),
        json.hasNonNull("replies_expected") ? json.get("replies_expected").asLong() : null,
        json.path("rows_per_second").asDouble(),
        json.path("tokens_per_second").asDouble(),
        json.path("share").asDouble(),
        Duration.ofMillis(json.path("elapsed").asLong()),
        duration(json, "left"),
        duration(json, "run_left"),
        Duration.ofMillis(json.path("silent").asLong()));
  }

  private static @Nullable Duration duration(JsonNode json, String key) {
    return json.hasNonNull(key) ? Duration.ofMillis(json.get(key).asLong()) : null;
  }
}
