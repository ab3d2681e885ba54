package dev.sluice.stages.evaluation;

import dev.sluice.parts.Method;
import dev.sluice.records.Metric;
import dev.sluice.records.config.Kind;
import dev.sluice.records.manifest.ShardFile;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.MetricDefinition;
import dev.sluice.stages.Unit;
import dev.sluice.stages.UnitContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How well judges find the first wrong step, at equal calls: one vote, greedy, majority. */
@Kind(
    value = "first_error",
    doc =
        "How well the judges find the first wrong step: with one sampled vote, a greedy vote and the majority of the votes.")
@Method(
    name = "First-error F1",
    paper = "ProcessBench, arXiv 2412.06559",
    formula = "2 a b / (a + b) of the accuracies on wrong and on right solutions",
    papers = "2412.06559")
public record FirstErrorSuite() implements Suite {

  /** Units among which the solutions are shared out that judges are compared on. */
  private static final int UNITS = 8;

  /**
   * One judge's share of the solutions.
   *
   * @param who the key of the config that names the judge
   * @param part the share, from 0
   * @param parts number of shares
   */
  record Parameters(String who, int part, int parts) implements Unit.Parameters {}

  @Override
  public Set<String> models() {
    return Set.of("base", "verifier");
  }

  @Override
  public Set<String> samples() {
    return Set.of("base");
  }

  @Override
  public Set<String> includes() {
    return Set.of("labels");
  }

  @Override
  public List<Judging> judging(
      EvaluateConfig config, List<ShardFile> problems, Map<String, List<ShardFile>> solutions) {
    Map<String, List<ShardFile>> inputs =
        Map.of(
            "problems",
            problems,
            "solutions.base",
            solutions.getOrDefault("solutions.base", List.of()));
    List<String> judges =
        config.reward() == null || config.judge().as() == EvaluateConfig.RewardKind.OUTCOME
            ? List.of("verifier")
            : List.of("verifier", "reward");
    List<Judging> units = new ArrayList<>();
    for (String judge : judges) {
      for (int part = 0; part < UNITS; part++) {
        units.add(
            new Judging(
                Unit.of(judge + "-" + part, name(), inputs, new Parameters(judge, part, UNITS)),
                "votes." + judge));
      }
    }
    return units;
  }

  @Override
  public void judge(EvaluateConfig config, UnitContext context) {
    new JudgeUnit(config, context).firstError();
  }

  @Override
  public List<Metric> metrics(Evaluation evaluation) {
    UnitContext context = evaluation.context();
    return new FirstErrorMetrics(evaluation.config(), evaluation.problems(), context.seed())
        .of(
            context.read("solutions.base", Tables.SOLUTIONS),
            context.read("votes.verifier", Tables.VERIFICATIONS),
            context.read("votes.reward", Tables.VERIFICATIONS));
  }

  @Override
  public List<MetricDefinition> definitions() {
    return FirstErrorMetrics.DEFINITIONS;
  }
}
