package dev.sluice.stages.policy;

import dev.sluice.methods.advantage.GroupAdvantage;
import dev.sluice.methods.credit.Credit;
import dev.sluice.methods.reward.Response;
import dev.sluice.methods.text.Steps;
import dev.sluice.methods.verification.Judge;
import dev.sluice.models.Completion;
import dev.sluice.models.Generation;
import dev.sluice.models.GenerationRequest;
import dev.sluice.models.LanguageModel;
import dev.sluice.models.TokenSpans;
import dev.sluice.records.DeadLetter;
import dev.sluice.records.Hashes;
import dev.sluice.records.Problem;
import dev.sluice.records.Rollout;
import dev.sluice.records.StepSpan;
import dev.sluice.records.manifest.Counts;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.UnitContext;
import dev.sluice.stages.scoring.RewardFunction;
import dev.sluice.stages.scoring.ScoredRollout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rolls out the policy on some problems of a round, and gives every rollout its reward. */
final class RolloutUnit {
  private final UpdatePolicyConfig config;
  private final UnitContext context;
  private final ProblemRange.Parameters range;
  private final int round;
  private final AskedPolicy asked;

  /** Why responses that cannot be read cannot, by id. */
  private final Map<String, String> unreadable = new HashMap<>();

  RolloutUnit(UpdatePolicyConfig config, UnitContext context) {
    this.config = config;
    this.context = context;
    this.range = context.unit().parameters(ProblemRange.Parameters.class);
    this.round = range.round();
    this.asked = new AskedPolicy(config);
  }

  void work() {
    context.begin(Tables.ROLLOUTS);
    List<Problem> selected = range.select(context.read("problems", Tables.PROBLEMS));
    List<Problem> problems = selected.stream().filter(this::canBeAsked).toList();
    LanguageModel policy = context.model(PolicyRounds.policyOf(config, context));
    List<Response> responses = new ArrayList<>();
    List<Generation> generations = policy.generate(requests(problems));
    for (int p = 0; p < problems.size(); p++) {
      Generation generation = generations.get(p);
      if (generation.error() != null) {
        for (int g = 0; g < config.samples(); g++) {
          dead(problems.get(p), g, "Rolling out the policy on problem", generation.error());
        }
        continue;
      }
      for (int g = 0; g < config.samples(); g++) {
        responses.add(response(problems.get(p), g, generation.completions().get(g)));
      }
    }
    RewardFunction function = PolicyReward.of(config, context, policy, round);
    List<ScoredRollout> all = new KlPenalty(config, context).off(function.of(responses), responses);
    List<Response> kept = new ArrayList<>();
    List<ScoredRollout> rewards = new ArrayList<>();
    for (int from = 0; from < responses.size(); from += config.samples()) {
      int before = kept.size();
      for (int i = from; i < from + config.samples(); i++) {
        Response response = responses.get(i);
        String unread = unreadable.get(response.id());
        String failure = unread == null ? all.get(i).failure() : unread;
        if (failure == null) {
          kept.add(response);
          rewards.add(all.get(i));
        } else {
          String doing = unread == null ? "Judging" : "Reading";
          dead(response.problem(), response.index(), doing + " a rollout of problem", failure);
        }
      }
      List<Response> group = kept.subList(before, kept.size());
      List<ScoredRollout> scored = rewards.subList(before, rewards.size());
      if (!write(policy, group, scored)) {
        group.clear();
        scored.clear();
      }
    }
    new RolloutMeasures(kept, rewards).values().forEach(context::value);
    function.ended().forEach((how, count) -> context.value(AlarmBell.ENDED + how, count));
    long expected = (long) selected.size() * config.samples();
    context.count(
        new Counts(
            selected.size(), expected, kept.size(), expected - kept.size(), function.unparsed()));
  }

  /** One that cannot be read is in its group as a text without an answer until it is left out. */
  private Response response(Problem problem, int g, Completion completion) {
    String id = id(problem, g);
    return asked.response(problem, g, id, completion, reason -> unreadable.put(id, reason));
  }

  /** A problem that the prompt's template cannot be applied to has no rollouts. */
  private boolean canBeAsked(Problem problem) {
    Optional<String> objection = asked.objection(problem);
    for (int g = 0; g < config.samples() && objection.isPresent(); g++) {
      context.dead(
          DeadLetter.request(
              problem,
              "Rolling out the policy on problem " + problem.problemId() + ": " + objection.get(),
              UpdatePolicy.NAME,
              id(problem, g),
              Judge.TEMPLATE,
              1,
              false));
    }
    return objection.isEmpty();
  }

  private List<GenerationRequest> requests(List<Problem> problems) {
    List<GenerationRequest> requests = new ArrayList<>();
    for (Problem problem : problems) {
      List<Long> seeds = new ArrayList<>();
      for (int g = 0; g < config.samples(); g++) {
        seeds.add(
            Hashes.seed(context.seed(), UpdatePolicy.NAME, "", round, problem.problemId(), g));
      }
      requests.add(asked.request(problem, seeds));
    }
    return requests;
  }

  private String id(Problem problem, int g) {
    return Hashes.id(problem.problemId(), UpdatePolicy.NAME, round, g);
  }

  /** A rollout that failed, or whose reward is unknown: its group is the smaller for it. */
  private void dead(Problem problem, int g, String doing, String error) {
    context.dead(
        DeadLetter.request(
            problem,
            doing + " " + problem.problemId() + ": " + error,
            UpdatePolicy.NAME,
            id(problem, g)));
  }

  /** Writes the rollouts of a group; false if they are dead letters, having no finite advantage. */
  private boolean write(LanguageModel policy, List<Response> group, List<ScoredRollout> rewards) {
    List<List<StepSpan>> spans = group.stream().map(each -> spans(policy, each)).toList();
    GroupCredit credit =
        !config.overRound() && config.advantage() instanceof GroupAdvantage estimator
            ? GroupCredit.of(config, estimator, group, rewards, spans)
            : null;
    if (credit != null && !credit.isFinite()) {
      String error =
          "the advantage '%s' with the fusion '%s' and the credit '%s' is no finite number for the rewards %s; bound them, for example with a shape"
              .formatted(
                  config.advantage().name(),
                  config.fusion().name(),
                  config.credit().name(),
                  rewards.stream().map(ScoredRollout::reward).toList());
      group.forEach(
          each -> dead(each.problem(), each.index(), "Crediting a rollout of problem", error));
      return false;
    }
    for (int g = 0; g < group.size(); g++) {
      context.write(
          Tables.ROLLOUTS,
          row(
              group.get(g),
              rewards.get(g),
              round,
              credit == null ? null : credit.advantages()[g],
              credit == null ? Credit.FLAT : credit.tokens().get(g),
              spans.get(g)));
    }
    return true;
  }

  static List<StepSpan> spans(LanguageModel policy, Response response) {
    TokenSpans tokens = TokenSpans.of(policy::decode, response.completion().tokens());
    return Steps.spans(tokens, response.format().stepStarts(response.text()));
  }

  static Rollout row(
      Response response,
      ScoredRollout rewarded,
      int round,
      @Nullable Double advantage,
      double[] tokenAdvantages,
      List<StepSpan> spans) {
    Completion completion = response.completion();
    List<Float> logprobs = new ArrayList<>();
    for (float logprob : completion.logprobs()) {
      logprobs.add(logprob);
    }
    return new Rollout(
        response.id(),
        round,
        response.problem().problemId(),
        response.index(),
        completion.text(),
        Arrays.stream(completion.tokens()).boxed().toList(),
        logprobs,
        response.finished() ? "stop" : "length",
        rewarded.terms(),
        rewarded.reward(),
        advantage,
        Arrays.stream(tokenAdvantages).boxed().toList(),
        spans,
        rewarded.verdicts());
  }
}
