package dev.sluice.stages.policy;

import dev.sluice.methods.reward.Group;
import dev.sluice.methods.reward.Judgement;
import dev.sluice.methods.reward.JudgementRules;
import dev.sluice.methods.reward.ProcessJudge;
import dev.sluice.methods.reward.Response;
import dev.sluice.methods.reward.RewardContext;
import dev.sluice.methods.reward.Score;
import dev.sluice.models.Embedder;
import dev.sluice.models.LanguageModel;
import dev.sluice.models.StepClassifier;
import dev.sluice.parts.Gives;
import dev.sluice.stages.UnitContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The reward of responses, term by term; every term sees all responses of a unit at once. */
final class RewardFunction {
  /** A response is accepted above this share of its votes: a tie is no acceptance. */
  private static final double ACCEPTED = 0.5;

  private final UpdatePolicyConfig config;
  private final UnitContext context;
  private final int round;
  private long unparsed;

  RewardFunction(UpdatePolicyConfig config, UnitContext context, int round) {
    this.config = config;
    this.context = context;
    this.round = round;
  }

  /** The rewards of responses, which come group by group, in order. */
  List<Rewarded> of(List<Response> responses) {
    List<Group> groups = Group.of(responses);
    List<Map<String, Double>> terms = new ArrayList<>();
    responses.forEach(response -> terms.add(new TreeMap<>()));
    double[] sums = new double[responses.size()];
    @Nullable String[] failures = new @Nullable String[responses.size()];
    List<List<Score>> judges = new ArrayList<>();
    List<Double> weights = new ArrayList<>();
    List<Score> first = List.of();
    for (WeightedReward each : config.reward()) {
      List<Score> scores = each.term().score(groups, new Asking(each));
      if (first.isEmpty()) {
        first = scores;
      }
      if (each.term().gives().contains(Gives.STEP_SIGNS)) {
        judges.add(scores);
        weights.add(each.weight());
      }
      for (int i = 0; i < responses.size(); i++) {
        Score score = scores.get(i);
        double value = each.asks(responses.get(i)) ? score.reward() : 0;
        terms.get(i).merge(each.term().name(), value, Double::sum);
        sums[i] += each.weight() * value;
        failures[i] = score.failure() == null ? failures[i] : score.failure();
        unparsed += score.unparsed();
      }
    }
    List<Rewarded> rewarded = new ArrayList<>();
    for (int i = 0; i < responses.size(); i++) {
      int index = i;
      List<Score> judged = judges.stream().map(scores -> scores.get(index)).toList();
      Judgement judgement = combined(judged, weights, responses.get(i));
      rewarded.add(
          new Rewarded(
              terms.get(i),
              sums[i],
              judgement,
              judged.size() == 1 ? judged.get(0).verdicts() : List.of(),
              (judged.isEmpty() ? first.get(i).accepted() : judgement.y()) > ACCEPTED,
              failures[i]));
    }
    return rewarded;
  }

  /** Votes so far that did not parse. */
  long unparsed() {
    return unparsed;
  }

  /** Step credit and acceptance of all terms that judge steps together. */
  private static Judgement combined(List<Score> judged, List<Double> weights, Response response) {
    if (judged.isEmpty()) {
      return Judgement.incorrect(response.steps().size());
    }
    return ProcessJudge.combine(
        judged.stream().map(score -> Objects.requireNonNull(score.judgement())).toList(), weights);
  }

  /** What one term finds. */
  private final class Asking implements RewardContext {
    private final WeightedReward term;

    Asking(WeightedReward term) {
      this.term = term;
    }

    @Override
    public boolean asks(Response response) {
      return term.asks(response);
    }

    @Override
    public LanguageModel model(String name) {
      return context.model(name);
    }

    @Override
    public StepClassifier classifier(String name) {
      return context.classifier(name);
    }

    @Override
    public Embedder embedder(String name) {
      return context.embedder(name);
    }

    @Override
    public long seed() {
      return context.seed();
    }

    @Override
    public String stage() {
      return UpdatePolicy.NAME;
    }

    @Override
    public int round() {
      return round;
    }

    @Override
    public JudgementRules rules() {
      return new JudgementRules(config.onMismatch(), config.design(), config.stepBounds());
    }
  }
}
