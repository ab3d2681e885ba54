package dev.sluice.stages.evaluation.suite;

import dev.sluice.parts.Method;
import dev.sluice.records.Metric;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import dev.sluice.stages.MetricDefinition;
import dev.sluice.stages.evaluation.Evaluation;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** How much better solutions are verified than written. */
@Kind(
    value = "generation_verification_gap",
    doc =
        "Accuracy of a verifier's verdicts minus accuracy of the solutions that it judges, and the accuracy that weighting solutions by their score gains.")
@Method(
    name = "Generation-verification gap",
    paper =
        "Mind the Gap, arXiv 2412.02674 (gain of weighting); All Roads Lead to Likelihood, arXiv 2503.01067 (why the gap matters)",
    formula =
        "gap = mean [s > 1/2 equals right] - mean [right]; weighted gain = mean over problems of sum_i s_i right_i / sum_i s_i - mean right_i",
    papers = {"2412.02674", "2503.01067"},
    departs =
        "arXiv 2503.01067 argues from the gap and gives no number for it: 'gap' is the difference of the two accuracies on the same solutions (ours). 'weighted_gain' is the gap of arXiv 2412.02674 with scores as weights; a problem whose scores are all 0 gains nothing.")
public record VerificationGapSuite(
    @Key(value = "Solutions and what scores them.", byDefault = "{}") ScoreSource from)
    implements ScoredSuite {

  /** With the samples of base, scored by the reward model. */
  public VerificationGapSuite() {
    this(ScoreSource.USUAL);
  }

  @Override
  public List<Metric> metrics(Evaluation evaluation) {
    List<List<ScoredSolution>> groups = ScoredSolution.known(evaluation, from);
    if (groups.isEmpty()) {
      return List.of();
    }
    double[] generator = values(groups, VerificationGapSuite::generated);
    double[] verifier = values(groups, VerificationGapSuite::verified);
    double[] weighted = values(groups, VerificationGapSuite::weighted);
    long seed = evaluation.context().seed();
    String at = "generation_verification_gap/" + from.who();
    return List.of(
        ProblemCurve.mean(at + "_generator", generator, seed),
        ProblemCurve.mean(at + "_verifier", verifier, seed),
        ProblemCurve.difference(at + "_gap", verifier, generator, seed),
        ProblemCurve.difference(at + "_weighted_gain", weighted, generator, seed));
  }

  private static double[] values(
      List<List<ScoredSolution>> groups, ToDoubleFunction<List<ScoredSolution>> value) {
    return groups.stream().mapToDouble(value).toArray();
  }

  private static double generated(List<ScoredSolution> group) {
    return group.stream().mapToDouble(each -> each.sound() ? 1 : 0).average().orElse(0);
  }

  private static double verified(List<ScoredSolution> group) {
    return group.stream()
        .mapToDouble(each -> each.accepted() == each.sound() ? 1 : 0)
        .average()
        .orElse(0);
  }

  private static double weighted(List<ScoredSolution> group) {
    double[] scores = group.stream().mapToDouble(ScoredSolution::order).toArray();
    double[] right = group.stream().mapToDouble(each -> each.sound() ? 1 : 0).toArray();
    return weighted(scores, right);
  }

  /** The accuracy with scores as weights; the plain one if all scores are 0. */
  static double weighted(double[] scores, double[] right) {
    double sum = 0;
    double weight = 0;
    double plain = 0;
    for (int i = 0; i < scores.length; i++) {
      sum += scores[i] * right[i];
      weight += scores[i];
      plain += right[i] / scores.length;
    }
    return weight == 0 ? plain : sum / weight;
  }

  @Override
  public List<MetricDefinition> definitions() {
    return List.of(
        MetricDefinition.of(
            "generation_verification_gap/{who}_generator",
            "Share of solutions that are right (in every step where the task has gold step labels), averaged over problems. {who} is base, policy or stored."),
        MetricDefinition.of(
            "generation_verification_gap/{who}_verifier",
            "Share of the same solutions on which the verdict (score above one half) agrees with the truth."),
        MetricDefinition.of(
            "generation_verification_gap/{who}_gap",
            "Accuracy of the verifier minus that of the generator, paired by problem. Below 0 a verifier that accepts everything would do better."),
        MetricDefinition.of(
            "generation_verification_gap/{who}_weighted_gain",
            "Share of right solutions if each is weighted by its score minus the plain share, paired by problem."));
  }
}
