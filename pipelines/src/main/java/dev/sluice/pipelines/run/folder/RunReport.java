package dev.sluice.pipelines.run.folder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.records.Metric;
import java.util.ArrayList;
import java.util.List;

/**
 * What a run did: the object that {@code run --json} prints and {@code report.json} holds.
 *
 * @param runId the run's id
 * @param state where it stands
 * @param referenceFree whether no label or reward of it rests on a reference or a grading program
 * @param seconds how long it took
 * @param stages one for each stage, in the order of the file
 * @param metrics one for each name, with the name of the stage that measured it
 */
public record RunReport(
    String runId,
    RunState state,
    boolean referenceFree,
    double seconds,
    List<StageReport> stages,
    List<StageMetric> metrics) {

  /**
   * A metric and the stage that measured it.
   *
   * @param stage the stage's name in the file
   * @param metric the metric
   */
  public record StageMetric(String stage, Metric metric) {}

  public RunReport {
    stages = List.copyOf(stages);
    metrics = List.copyOf(metrics);
  }

  /** The same with other words on its stages. */
  RunReport with(List<StageReport> others) {
    return new RunReport(runId, state, referenceFree, seconds, others, metrics);
  }

  /** The JSON shape that scripts rely on. */
  public ObjectNode toJson() {
    ObjectNode json =
        RunFiles.object()
            .put("run_id", runId)
            .put("state", state.label())
            .put("reference_free", referenceFree)
            .put("seconds", Math.round(seconds * 1000) / 1000.0);
    var stageArray = json.putArray("stages");
    stages.forEach(stage -> stageArray.add(stage.toJson()));
    var metricArray = json.putArray("metrics");
    for (StageMetric each : metrics) {
      Metric metric = each.metric();
      metricArray
          .addObject()
          .put("stage", each.stage())
          .put("name", metric.name())
          .put("value", metric.value())
          .put("low", metric.low())
          .put("high", metric.high())
          .put("n", metric.n());
    }
    return json;
  }

  /** Reads what {@link #toJson} wrote. */
  public static RunReport fromJson(JsonNode json) {
    List<StageReport> stages = new ArrayList<>();
    json.path("stages").forEach(stage -> stages.add(StageReport.fromJson(stage)));
    List<StageMetric> metrics = new ArrayList<>();
    for (JsonNode each : json.path("metrics")) {
      String stage = each.path("stage").asText();
      metrics.add(
          new StageMetric(
              stage,
              new Metric(
                  stage,
                  0,
                  0,
                  each.path("name").asText(),
                  each.path("value").asDouble(),
                  each.hasNonNull("low") ? each.get("low").asDouble() : null,
                  each.hasNonNull("high") ? each.get("high").asDouble() : null,
                  each.hasNonNull("n") ? each.get("n").asInt() : null)));
    }
    return new RunReport(
        json.path("run_id").asText(),
        RunState.of(json.path("state").asText()),
        json.path("reference_free").asBoolean(),
        json.path("seconds").asDouble(),
        stages,
        metrics);
  }
}
