package dev.sluice.stages.evaluation.suite;

import dev.sluice.parts.ConfigMistake;
import dev.sluice.parts.Method;
import dev.sluice.records.Hashes;
import dev.sluice.records.Metric;
import dev.sluice.records.RandomStream;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import dev.sluice.stages.MetricDefinition;
import dev.sluice.stages.evaluation.Evaluate;
import dev.sluice.stages.evaluation.Evaluation;
import java.util.ArrayList;
import java.util.List;

/** What is left of a reward model's choice when some of its scores are turned around. */
@Kind(
    value = "noise_robustness",
    doc =
        "Accuracy of the best-scored solution if a share of the scores is flipped, one by one or for all solutions of a problem together.")
@Method(
    name = "Robustness to flipped rewards",
    paper = "The Climb Carves Wisdom Deeper Than the Summit, arXiv 2505.22653 (flips)",
    formula = "s -> 1 - s with probability p; accuracy of the best of all solutions",
    papers = "2505.22653",
    departs =
        "The paper trains with flipped rewards; here the choice among finished solutions is made with them, so that it costs no training. It flips all samples of a prompt together; both kinds are reported.")
public record NoiseRobustnessSuite(
    @Key(value = "Solutions and what scores them.", byDefault = "{}") ScoreSource from,
    @Key(value = "Probabilities of a flip, in percent.", byDefault = "[10, 20, 40]", min = 1)
        List<Integer> percent)
    implements ScoredSuite {
  /** Draws of flips of a problem's scores, one by one. */
  private static final int DRAWS = 200;

  public NoiseRobustnessSuite {
    percent = List.copyOf(percent);
  }

  /** With the samples of base, scored by the reward model. */
  public NoiseRobustnessSuite() {
    this(ScoreSource.USUAL, List.of(10, 20, 40));
  }

  @Override
  public List<ConfigMistake> check(String key) {
    List<ConfigMistake> mistakes = new ArrayList<>(from.check(key + ".from"));
    percent.stream()
        .filter(each -> each < 1 || each > 100)
        .forEach(
            each ->
                mistakes.add(
                    new ConfigMistake(
                        key + ".percent",
                        "a probability of a flip is 1 to 100 percent, not %d".formatted(each))));
    return mistakes;
  }

  @Override
  public List<Metric> metrics(Evaluation evaluation) {
    List<ProblemCurve> problems = ProblemCurve.of(ScoredSolution.known(evaluation, from));
    List<Metric> metrics = new ArrayList<>();
    if (problems.isEmpty()) {
      return metrics;
    }
    long seed = evaluation.context().seed();
    String at = "noise_robustness/" + from.who();
    double[] clean = BestOfNSuite.values(problems, each -> each.best(each.scores().length));
    metrics.add(ProblemCurve.mean(at + "_0", clean, seed));
    for (int each : percent.stream().sorted().distinct().toList()) {
      double chance = each / 100.0;
      double[] single =
          BestOfNSuite.values(
              problems,
              problem ->
                  flipped(
                      problem.scores(),
                      problem.worth(),
                      chance,
                      Hashes.seed(seed, Evaluate.NAME, "flip", 0, problem.problemId(), each)));
      double[] whole =
          BestOfNSuite.values(
              problems, problem -> together(problem.scores(), problem.worth(), chance));
      metrics.add(ProblemCurve.mean(at + "_" + each, single, seed));
      metrics.add(ProblemCurve.difference(at + "_loss_" + each, clean, single, seed));
      metrics.add(ProblemCurve.mean(at + "_group_" + each, whole, seed));
    }
    return metrics;
  }

  /** The expected worth of the best if each score is flipped with a chance of its own. */
  static double flipped(double[] scores, double[] worth, double chance, long seed) {
    RandomStream random = new RandomStream(seed);
    double sum = 0;
    for (int draw = 0; draw < DRAWS; draw++) {
      double[] noisy = scores.clone();
      for (int i = 0; i < noisy.length; i++) {
        noisy[i] = random.nextDouble() < chance ? 1 - noisy[i] : noisy[i];
      }
      sum += Subsets.best(noisy, worth, noisy.length);
    }
    return sum / DRAWS;
  }

  /** The expected worth of the best if all scores are flipped together: exact. */
  static double together(double[] scores, double[] worth, double chance) {
    double[] turned = new double[scores.length];
    for (int i = 0; i < turned.length; i++) {
      turned[i] = 1 - scores[i];
    }
    return (1 - chance) * Subsets.best(scores, worth, scores.length)
        + chance * Subsets.best(turned, worth, scores.length);
  }

  @Override
  public List<MetricDefinition> definitions() {
    return List.of(
        MetricDefinition.of(
            "noise_robustness/{who}_{percent}",
            "Accuracy of the best-scored of all solutions of a problem if {percent} percent of the scores s become 1 - s, each by itself; 0 is without noise. {who} is base, policy or stored."),
        MetricDefinition.of(
            "noise_robustness/{who}_loss_{percent}",
            "Accuracy without noise minus accuracy with it, paired by problem."),
        MetricDefinition.of(
            "noise_robustness/{who}_group_{percent}",
            "The same if the scores of a problem are flipped all together, with that probability."));
  }
}
