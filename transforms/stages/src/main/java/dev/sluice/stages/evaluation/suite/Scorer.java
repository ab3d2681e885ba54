package dev.sluice.stages.evaluation.suite;

import dev.sluice.methods.prompt.JudgePrompt;
import dev.sluice.methods.reward.StepVerdicts;
import dev.sluice.methods.verification.Judge;
import dev.sluice.methods.verification.JudgeRequest;
import dev.sluice.methods.verification.Vote;
import dev.sluice.models.StepClassifier;
import dev.sluice.records.SolutionScore;
import dev.sluice.stages.UnitContext;
import dev.sluice.stages.evaluation.EvaluateConfig;
import dev.sluice.stages.evaluation.EvaluateConfig.RewardKind;
import dev.sluice.stages.evaluation.EvaluationWork;
import dev.sluice.stages.evaluation.JudgeUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Asks a model of the config for scores of solutions. A classifier's score of a solution is the
 * lowest of its steps, and the scores of steps are kept; that of a judge is the share of its votes
 * that call every step correct. A solution without steps, or without a vote, has score 0, as it
 * would earn as a reward; the stage warns of those that the model gave no score.
 */
final class Scorer {
  private static final String PASS = "score";

  private final EvaluateConfig config;
  private final UnitContext context;
  private final ScoreSource.By by;
  private int unscored;

  Scorer(EvaluateConfig config, UnitContext context, ScoreSource.By by) {
    this.config = config;
    this.context = context;
    this.by = by;
  }

  /**
   * The scores, in the order of the cases.
   *
   * @param scorer what the scores are for
   */
  List<SolutionScore> scores(List<JudgeRequest> cases, String scorer) {
    String name =
        Objects.requireNonNull(by == ScoreSource.By.VERIFIER ? config.verifier() : config.reward());
    boolean classifier =
        by == ScoreSource.By.REWARD && config.judge().as() == RewardKind.CLASSIFIER;
    List<List<Double>> steps = new ArrayList<>();
    List<Double> whole = new ArrayList<>();
    if (classifier) {
      for (List<Double> own : probabilities(context.classifier(name), cases)) {
        steps.add(own);
        whole.add(own.isEmpty() ? 0.0 : StepReduction.MIN.of(own));
      }
    } else {
      for (List<Vote> votes : votes(name, cases)) {
        unscored += votes.isEmpty() ? 1 : 0;
        steps.add(shares(votes));
        whole.add(votes.stream().mapToDouble(vote -> accepts(vote) ? 1 : 0).average().orElse(0));
      }
    }
    context.value(EvaluationWork.UNSCORED, unscored);
    List<SolutionScore> scores = new ArrayList<>();
    for (int i = 0; i < cases.size(); i++) {
      JudgeRequest each = cases.get(i);
      scores.add(
          new SolutionScore(
              each.id(),
              each.problem().problemId(),
              scorer,
              finite(whole.get(i), each, name),
              steps.get(i),
              context.modelRevision(name)));
    }
    return scores;
  }

  /** The probabilities of steps; a solution that does not fit the model has none and is counted. */
  private List<List<Double>> probabilities(StepClassifier model, List<JudgeRequest> cases) {
    return OneByOne.ask(
        cases,
        some -> StepVerdicts.probabilities(model, some, config.judge().place()),
        () -> {
          unscored++;
          return List.of();
        });
  }

  private List<List<Vote>> votes(String name, List<JudgeRequest> cases) {
    if (by == ScoreSource.By.VERIFIER) {
      JudgePrompt prompt = config.judgePrompt(true);
      return JudgeUnit.votes(
          config, context, name, prompt, cases, Judge.Granularity.STEP, PASS, 1, config.votes());
    }
    EvaluateConfig.JudgeAs judge = config.judge();
    Judge.Granularity granularity =
        judge.as() == RewardKind.PROCESS ? Judge.Granularity.STEP : Judge.Granularity.OUTCOME;
    return JudgeUnit.votes(
        config,
        context,
        name,
        judge.asked(),
        cases,
        granularity,
        PASS,
        judge.temperature(),
        judge.votes());
  }

  /** A NaN would be lost in means and orders without a trace. */
  private static double finite(double score, JudgeRequest judged, String model) {
    if (!Double.isFinite(score)) {
      throw new IllegalStateException(
          "Evaluate: the model '%s' gives solution %s the score %s, which is no finite number; its weights are damaged, so train it again."
              .formatted(model, judged.id(), score));
    }
    return score;
  }

  private static boolean accepts(Vote vote) {
    return vote.parsed() && Boolean.TRUE.equals(vote.outcome()) && !vote.verdicts().contains(false);
  }

  /** The share of parsed votes that call each step correct; empty if they differ in steps. */
  private static List<Double> shares(List<Vote> votes) {
    List<Vote> parsed = votes.stream().filter(Vote::parsed).toList();
    int steps = parsed.stream().mapToInt(vote -> vote.verdicts().size()).max().orElse(0);
    List<Vote> full = parsed.stream().filter(vote -> vote.verdicts().size() == steps).toList();
    List<Double> shares = new ArrayList<>();
    for (int k = 0; k < steps; k++) {
      int step = k;
      shares.add(
          full.stream().mapToDouble(vote -> vote.verdicts().get(step) ? 1 : 0).average().orElse(0));
    }
    return shares;
  }
}
