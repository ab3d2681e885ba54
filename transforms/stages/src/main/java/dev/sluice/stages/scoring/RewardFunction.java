package dev.sluice.stages.scoring;

import dev.sluice.methods.fusion.TermReward;
import dev.sluice.methods.reward.Group;
import dev.sluice.methods.reward.ProcessJudge;
import dev.sluice.methods.reward.Response;
import dev.sluice.methods.reward.Score;
import dev.sluice.methods.reward.StepScores;
import dev.sluice.parts.Gives;
import dev.sluice.stages.UnitContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The reward of responses, term by term; every term sees all responses of a unit at once. */
public final class RewardFunction {
  /** A response is accepted above this share of its votes: a tie is no acceptance. */
  private static final double ACCEPTED = 0.5;

  /** After a term's name: how far the members of an ensemble are apart, beside their score. */
  public static final String DISAGREEMENT = "/disagreement";

  private final RewardSetting setting;
  private final UnitContext context;
  private final ResponseWriter writer;
  private final InitialPolicy initial;
  private final Map<String, Double> ended = new TreeMap<>();
  private long unparsed;

  /**
   * Rewards responses.
   *
   * @param writer what wrote them
   * @param initial what shapes compare them with
   */
  public RewardFunction(
      RewardSetting setting, UnitContext context, ResponseWriter writer, InitialPolicy initial) {
    this.setting = setting;
    this.context = context;
    this.writer = writer;
    this.initial = initial;
  }

  /** The rewards of responses, which come group by group, in order. */
  public List<ScoredRollout> of(List<Response> responses) {
    TermScores terms = new TermScores(setting, context, writer, initial);
    List<List<Score>> all = terms.of(Group.of(responses));
    terms.ended().forEach((how, count) -> ended.merge(how, count, Double::sum));
    all.forEach(scores -> scores.forEach(score -> unparsed += score.unparsed()));
    List<ScoredRollout> rewarded = new ArrayList<>();
    for (int i = 0; i < responses.size(); i++) {
      int index = i;
      rewarded.add(
          rewarded(responses.get(i), all.stream().map(scores -> scores.get(index)).toList()));
    }
    return rewarded;
  }

  /** Votes so far that did not parse. */
  public long unparsed() {
    return unparsed;
  }

  /** Programs so far that did not end well, by how. */
  public Map<String, Double> ended() {
    return ended;
  }

  /** The reward of one response from its score by each term. */
  private ScoredRollout rewarded(Response response, List<Score> scores) {
    Map<String, Double> terms = new TreeMap<>();
    List<TermReward> all = new ArrayList<>();
    List<TermReward> outcomes = new ArrayList<>();
    @Nullable String failure = null;
    @Nullable Double disagreement = null;
    List<Score> judged = new ArrayList<>();
    List<Double> weights = new ArrayList<>();
    List<List<Double>> steps = new ArrayList<>();
    List<Double> stepWeights = new ArrayList<>();
    for (int k = 0; k < scores.size(); k++) {
      WeightedReward term = setting.terms().get(k);
      Score score = scores.get(k);
      terms.merge(term.term().name(), score.reward(), Double::sum);
      TermReward own = new TermReward(term.term().name(), term.weight(), score.reward());
      all.add(own);
      failure = score.failure() == null ? failure : score.failure();
      if (score.disagreement() != null) {
        disagreement = Math.max(disagreement == null ? 0 : disagreement, score.disagreement());
        terms.merge(term.term().name() + DISAGREEMENT, score.disagreement(), Math::max);
      }
      if (term.term().gives().contains(Gives.STEP_SIGNS)) {
        judged.add(score);
        weights.add(term.weight());
      }
      if (term.term().gives().contains(Gives.STEP_SCORES)) {
        steps.add(term.asks(response) ? score.stepScores() : List.of());
        stepWeights.add(term.weight());
      } else {
        outcomes.add(own);
      }
    }
    double reward = setting.fusion().reward(all);
    double outcome = setting.fusion().reward(outcomes);
    if (failure == null && !(Double.isFinite(reward) && Double.isFinite(outcome))) {
      failure =
          "the fusion '%s' makes no finite reward of the terms %s"
              .formatted(setting.fusion().name(), new TreeMap<>(terms));
    }
    StepScores judgement = combined(judged, weights, response);
    return new ScoredRollout(
        terms,
        all.stream().map(TermReward::reward).toList(),
        reward,
        outcome,
        judgement,
        judged.size() == 1 ? judged.get(0).verdicts() : List.of(),
        weighted(steps, stepWeights),
        (judged.isEmpty() ? scores.get(0).accepted() : judgement.y()) > ACCEPTED,
        failure,
        disagreement);
  }

  /** Step credit and acceptance of all terms that judge steps together. */
  private static StepScores combined(List<Score> judged, List<Double> weights, Response response) {
    if (judged.isEmpty()) {
      return StepScores.incorrect(response.steps().size());
    }
    return ProcessJudge.combine(
        judged.stream().map(score -> Objects.requireNonNull(score.judgement())).toList(), weights);
  }

  /** The weighted sum of the scores of each step; a term has none for steps beyond its last. */
  private static List<Double> weighted(List<List<Double>> terms, List<Double> weights) {
    int size = terms.stream().mapToInt(List::size).max().orElse(0);
    List<Double> sums = new ArrayList<>();
    for (int step = 0; step < size; step++) {
      double sum = 0;
      for (int k = 0; k < terms.size(); k++) {
        sum += step < terms.get(k).size() ? weights.get(k) * terms.get(k).get(step) : 0;
      }
      sums.add(sum);
    }
    return sums;
  }
}
