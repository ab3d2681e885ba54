package dev.sluice.stages.evaluation;

import dev.sluice.records.ModelFolder;
import dev.sluice.records.ShardFile;
import dev.sluice.stages.Stage;
import dev.sluice.stages.StageDriver;
import dev.sluice.stages.Unit;
import dev.sluice.stages.UnitContext;
import dev.sluice.stages.UnitResult;
import dev.sluice.stages.evaluation.EvaluateConfig.Suite;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Samples solutions, has them judged, and reports: three waves, all but the last by shard. */
record EvaluationWork(EvaluateConfig config) implements Stage {
  /** Units among which the solutions are shared out that judges are compared on. */
  private static final int JUDGE_UNITS = 8;

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
    List<Unit> sampling = samplingUnits(driver);
    if (!sampling.isEmpty()) {
      List<UnitResult> sampled = driver.run("solutions", sampling);
      warn(driver, sampled);
      for (int i = 0; i < sampling.size(); i++) {
        add(
            report,
            "solutions." + sampling.get(i).params().get("who"),
            sampled.get(i),
            "solutions");
      }
    }
    List<Unit> judging = judgingUnits(driver, report);
    if (!judging.isEmpty()) {
      List<UnitResult> judged = driver.run("verdicts", judging);
      for (int i = 0; i < judging.size(); i++) {
        Unit unit = judging.get(i);
        String port =
            unit.kind().equals("judge") ? "votes.judge" : "votes." + unit.params().get("who");
        add(report, port, judged.get(i), "verifications");
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

  private List<Unit> samplingUnits(StageDriver driver) {
    List<Unit> units = new ArrayList<>();
    List<String> who = new ArrayList<>();
    if (config.base() != null && (config.has(Suite.ACCURACY) || config.has(Suite.FIRST_ERROR))) {
      who.add("base");
    }
    if (config.policy() != null && (config.has(Suite.ACCURACY) || config.has(Suite.JUDGE))) {
      who.add("policy");
    }
    for (String model : who) {
      for (Unit unit : driver.unitPerShard("sample", "problems")) {
        units.add(
            new Unit(
                    model + "-" + unit.name(),
                    unit.kind(),
                    unit.inputs(),
                    Map.<String, ModelFolder>of(),
                    Map.of(),
                    false)
                .with("who", model));
      }
    }
    return units;
  }

  private List<Unit> judgingUnits(StageDriver driver, Map<String, List<ShardFile>> report) {
    List<Unit> units = new ArrayList<>();
    List<ShardFile> problems = driver.input("problems");
    if (config.has(Suite.FIRST_ERROR)) {
      Map<String, List<ShardFile>> inputs =
          Map.of(
              "problems",
              problems,
              "solutions.base",
              report.getOrDefault("solutions.base", List.of()));
      List<String> judges =
          config.reward() == null || config.judge().as() == EvaluateConfig.RewardKind.OUTCOME
              ? List.of("verifier")
              : List.of("verifier", "reward");
      for (String judge : judges) {
        for (int part = 0; part < JUDGE_UNITS; part++) {
          units.add(
              Unit.of(judge + "-" + part, "first_error", inputs)
                  .with("who", judge)
                  .with("part", part)
                  .with("parts", JUDGE_UNITS));
        }
      }
    }
    if (config.has(Suite.JUDGE)) {
      List<ShardFile> solutions = report.getOrDefault("solutions.policy", List.of());
      for (int k = 0; k < problems.size(); k++) {
        units.add(
            Unit.of(
                "judge-" + k,
                "judge",
                Map.of(
                    "problems",
                    List.of(problems.get(k)),
                    "solutions.policy",
                    List.of(solutions.get(k)))));
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
    switch (context.unit().kind()) {
      case "sample" -> new SampleUnit(config, context).work();
      case "first_error" -> new JudgeUnit(config, context).firstError();
      case "judge" -> new JudgeUnit(config, context).asReward();
      case "report" -> new Report(config, context).work();
      default ->
          throw new IllegalStateException("Evaluate has no unit '" + context.unit().kind() + "'.");
    }
  }
}
