package dev.sluice.stages.evaluation;

import dev.sluice.records.manifest.ShardFile;
import dev.sluice.stages.Stage;
import dev.sluice.stages.StageDriver;
import dev.sluice.stages.Unit;
import dev.sluice.stages.UnitContext;
import dev.sluice.stages.UnitResult;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Samples solutions, has them judged, and reports: three waves, all but the last by shard. */
public record EvaluationWork(EvaluateConfig config) implements Stage {
  /** Number of solutions that a model gave no score, for the driver. */
  public static final String UNSCORED = "unscored";

  @Override
  public void drive(StageDriver driver) {
    Map<String, List<ShardFile>> report = new TreeMap<>();
    report.putAll(
        driver.inputs(
            "problems",
            "step_labels",
            "label_problems",
            "label_solutions",
            "label_votes",
            "label_rubrics",
            "preferences",
            "dev_rollouts",
            "dev_problems"));
    for (Suite suite : config.suites()) {
      suite.reads().forEach(port -> report.putAll(driver.inputs(port.name())));
    }
    List<Unit> sampling = samplingUnits(driver);
    if (!sampling.isEmpty()) {
      List<UnitResult> sampled = driver.run("solutions", sampling);
      warn(driver, sampled);
      for (int i = 0; i < sampling.size(); i++) {
        add(
            report,
            "solutions." + sampling.get(i).parameters(SampleUnit.Parameters.class).who(),
            sampled.get(i),
            "solutions");
      }
    }
    Set<Suite.Judging> wanted = new LinkedHashSet<>();
    for (Suite suite : config.measured()) {
      wanted.addAll(suite.judging(config, driver.input("problems"), report));
    }
    List<Suite.Judging> judging = List.copyOf(wanted);
    if (!judging.isEmpty()) {
      List<UnitResult> judged =
          driver.run("verdicts", judging.stream().map(Suite.Judging::unit).toList());
      warnOfScores(driver, judged);
      for (int i = 0; i < judging.size(); i++) {
        add(report, judging.get(i).port(), judged.get(i), judging.get(i).table());
      }
    }
    UnitResult result = driver.run("report", List.of(Unit.of("report", "report", report))).get(0);
    MetricValues.read(result.values()).forEach(driver::metric);
  }

  private static void warn(StageDriver driver, List<UnitResult> sampled) {
    double unanswered =
        sampled.stream()
            .mapToDouble(result -> result.values().getOrDefault(SampleUnit.UNANSWERED, 0.0))
            .sum();
    if (unanswered > 0) {
      driver.warn(
          "Evaluate: %.0f requests for solutions failed; their samples count as wrong."
              .formatted(unanswered));
    }
  }

  private static void warnOfScores(StageDriver driver, List<UnitResult> judged) {
    double unscored =
        judged.stream().mapToDouble(result -> result.values().getOrDefault(UNSCORED, 0.0)).sum();
    if (unscored > 0) {
      driver.warn(
          "Evaluate: %.0f solutions got no score from their model (too long for its context, or its requests failed); they count with score 0."
              .formatted(unscored));
    }
  }

  private List<Unit> samplingUnits(StageDriver driver) {
    List<Unit> units = new ArrayList<>();
    List<String> who = new ArrayList<>();
    for (String model : List.of("base", "policy")) {
      if (config.model(model) != null
          && config.measured().stream().anyMatch(suite -> suite.samples().contains(model))) {
        who.add(model);
      }
    }
    for (String model : who) {
      for (Unit unit : driver.unitPerShard("sample", "problems")) {
        units.add(
            Unit.of(
                model + "-" + unit.name(),
                unit.kind(),
                unit.inputs(),
                new SampleUnit.Parameters(model)));
      }
    }
    return units;
  }

  private static void add(
      Map<String, List<ShardFile>> inputs, String port, UnitResult result, String table) {
    ShardFile file = result.table(table);
    if (file != null) {
      List<ShardFile> files = new ArrayList<>(inputs.getOrDefault(port, List.of()));
      files.add(file);
      inputs.put(port, List.copyOf(files));
    }
  }

  @Override
  public void work(UnitContext context) {
    String kind = context.unit().kind();
    switch (kind) {
      case "sample" -> new SampleUnit(config, context).work();
      case "report" -> new Report(config, context).work();
      default ->
          config.measured().stream()
              .filter(suite -> suite.judges(kind))
              .findFirst()
              .orElseThrow(() -> new IllegalStateException("Evaluate has no unit '" + kind + "'."))
              .judge(config, context);
    }
  }
}
