package dev.sluice.stages.policy;

import dev.sluice.methods.RowFault;
import dev.sluice.methods.credit.Credit;
import dev.sluice.methods.label.FirstErrorVotes;
import dev.sluice.methods.label.StepMajority;
import dev.sluice.methods.prompt.JudgePrompt;
import dev.sluice.methods.reward.Response;
import dev.sluice.methods.verification.Judge;
import dev.sluice.methods.verification.JudgeRequest;
import dev.sluice.methods.verification.StepVotes;
import dev.sluice.methods.verification.Vote;
import dev.sluice.models.Completion;
import dev.sluice.models.Generation;
import dev.sluice.models.GenerationRequest;
import dev.sluice.models.LanguageModel;
import dev.sluice.models.Sampling;
import dev.sluice.records.Hashes;
import dev.sluice.records.Problem;
import dev.sluice.records.manifest.Counts;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.UnitContext;
import dev.sluice.stages.scoring.ScoredRollout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * One sample of the policy on each dev problem, with what the reward says of it and what the first
 * verifier's majority says. Nothing is graded here: Evaluate does that afterwards.
 */
final class DevUnit {
  static final String MAJORITY = "verifier_majority";
  static final String ACCEPTED = "accepted";

  /** Dev problems on which the policy or the judge gave no reply. */
  static final String UNANSWERED = "unanswered";

  /** Rollouts that reward and majority judge differently. */
  static final String DIFFERING = "differing";

  private final UpdatePolicyConfig config;
  private final UnitContext context;
  private final int round;

  DevUnit(UpdatePolicyConfig config, UnitContext context) {
    this.config = config;
    this.context = context;
    this.round = context.unit().parameters(RoundUnits.Parameters.class).round();
  }

  void work() {
    context.begin(Tables.DEV_ROLLOUTS);
    AskedPolicy asked = new AskedPolicy(config);
    // One that the prompt cannot be applied to counts as unanswered.
    List<Problem> all = context.read("dev", Tables.PROBLEMS);
    List<Problem> problems = all.stream().filter(each -> asked.objection(each).isEmpty()).toList();
    LanguageModel policy = context.model(PolicyRounds.policyOf(config, context));
    List<GenerationRequest> requests = new ArrayList<>();
    for (Problem problem : problems) {
      requests.add(
          asked.request(
              problem,
              List.of(
                  Hashes.seed(
                      context.seed(), UpdatePolicy.NAME, "dev", round, problem.problemId(), 0))));
    }
    List<Generation> generations = policy.generate(requests);
    List<Response> responses = new ArrayList<>();
    for (int i = 0; i < problems.size(); i++) {
      if (generations.get(i).error() == null) {
        Problem problem = problems.get(i);
        Completion completion = generations.get(i).completions().get(0);
        String id = Hashes.id(problem.problemId(), UpdatePolicy.NAME, "dev", round);
        // One that cannot be read counts as unanswered.
        RowFault.read(
            () -> Response.of(problem, 0, id, completion, config.asked()),
            responses::add,
            fault -> {});
      }
    }
    List<ScoredRollout> rewards =
        new ArrayList<>(PolicyReward.of(config, context, policy, round).of(responses));
    for (int i = responses.size() - 1; i >= 0; i--) {
      if (rewards.get(i).failure() != null) {
        responses.remove(i);
        rewards.remove(i);
      }
    }
    context.value(UNANSWERED, all.size() - responses.size());
    Map<Integer, Boolean> majority = majority(responses);
    double agreed = 0;
    double differing = 0;
    for (int i = 0; i < responses.size(); i++) {
      ScoredRollout rewarded = rewards.get(i);
      Map<String, Double> terms = new HashMap<>(rewarded.terms());
      terms.put(ACCEPTED, rewarded.accepted() ? 1.0 : 0.0);
      if (!majority.isEmpty()) {
        boolean right = majority.getOrDefault(i, false);
        terms.put(MAJORITY, right ? 1.0 : 0.0);
        agreed += right ? 1 : 0;
        differing += right == rewarded.accepted() ? 0 : 1;
      }
      ScoredRollout whole = rewarded.withTerms(terms);
      context.write(
          Tables.DEV_ROLLOUTS,
          RolloutUnit.row(
              responses.get(i),
              whole,
              round,
              0.0,
              Credit.FLAT,
              RolloutUnit.spans(policy, responses.get(i))));
    }
    new RolloutMeasures(responses, rewards).values().forEach(context::value);
    if (!majority.isEmpty()) {
      context.value(MAJORITY, agreed);
      context.value(DIFFERING, differing);
    }
    context.count(Counts.NONE);
  }

  /**
   * By response, whether the first verifier's majority calls it right; empty without a verifier.
   */
  private Map<Integer, Boolean> majority(List<Response> responses) {
    UpdatePolicyConfig.Alarms alarms = config.alarms();
    if (alarms == null || alarms.verifier() == null) {
      return Map.of();
    }
    List<JudgeRequest> cases = new ArrayList<>();
    List<Integer> asked = new ArrayList<>();
    Map<Integer, Boolean> right = new HashMap<>();
    for (int i = 0; i < responses.size(); i++) {
      Response response = responses.get(i);
      right.put(i, false);
      if (response.passes()) {
        asked.add(i);
        cases.add(
            new JudgeRequest(
                response.problem(), response.text(), response.steps().size(), response.id()));
      }
    }
    JudgePrompt prompt = config.alarmPrompt();
    List<Judge.Votes> votes =
        new Judge(
                context.model(alarms.verifier()),
                Judge.Granularity.STEP,
                prompt,
                Sampling.at(1.0, alarms.maxTokens()).endedBy(prompt.stop(List.of())))
            .ask(
                cases.stream().map(each -> each.forVotes(alarms.votes())).toList(),
                new Judge.Seeds(context.seed(), UpdatePolicy.NAME, "alarm", round));
    for (int k = 0; k < asked.size(); k++) {
      Response response = responses.get(asked.get(k));
      List<Vote> own = votes.get(k).votes();
      int steps =
          StepVotes.steps(
              response.problem(), response.text(), response.steps().size(), prompt, own);
      List<Vote> parsed =
          own.stream()
              .map(vote -> StepVotes.on(vote, steps, response.problem(), prompt))
              .filter(Vote::parsed)
              .toList();
      OptionalInt first =
          prompt.namesIndex()
              ? FirstErrorVotes.firstError(parsed, steps)
              : StepMajority.firstError(parsed, steps);
      right.put(asked.get(k), first.orElse(0) == -1);
    }
    return right;
  }
}
