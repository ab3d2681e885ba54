package dev.sluice.stages.evaluation;

import dev.sluice.methods.prompt.JudgePrompt;
import dev.sluice.methods.reward.StepVerdicts;
import dev.sluice.methods.verification.Judge;
import dev.sluice.methods.verification.JudgeRequest;
import dev.sluice.methods.verification.StepVotes;
import dev.sluice.methods.verification.Vote;
import dev.sluice.models.Sampling;
import dev.sluice.records.Hashes;
import dev.sluice.records.Problem;
import dev.sluice.records.Solution;
import dev.sluice.records.Verification;
import dev.sluice.records.manifest.Counts;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.UnitContext;
import dev.sluice.stages.evaluation.EvaluateConfig.RewardKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Has solutions judged, so that judges can be compared with the truth. */
public final class JudgeUnit {
  /** Marks the greedy vote among a judge's sampled ones. */
  static final String GREEDY = "greedy";

  private static final String REWARD = "reward";

  private final EvaluateConfig config;
  private final UnitContext context;
  private final Map<String, Problem> problems = new HashMap<>();

  JudgeUnit(EvaluateConfig config, UnitContext context) {
    this.config = config;
    this.context = context;
    context.forEach("problems", Tables.PROBLEMS, row -> problems.put(row.problemId(), row));
  }

  /** Sampled votes and a greedy one of one judge, on its part of the common solutions. */
  void firstError() {
    FirstErrorSuite.Parameters share = context.unit().parameters(FirstErrorSuite.Parameters.class);
    String who = share.who();
    String name =
        Objects.requireNonNull(who.equals("verifier") ? config.verifier() : config.reward());
    List<Solution> common =
        common(config, problems, context.read("solutions.base", Tables.SOLUTIONS));
    List<JudgeRequest> cases = new ArrayList<>();
    for (int i = share.part(); i < common.size(); i += share.parts()) {
      cases.add(caseOf(common.get(i)));
    }
    if (who.equals("reward") && config.judge().as() == RewardKind.CLASSIFIER) {
      classify(name, cases, GREEDY);
    } else {
      JudgePrompt prompt = config.judgePrompt(who.equals("verifier"));
      ask(name, prompt, cases, Judge.Granularity.STEP, "initial", 1.0, config.votes());
      ask(name, prompt, cases, Judge.Granularity.STEP, GREEDY, 0, 1);
    }
    context.count(Counts.NONE);
  }

  /** Votes of the reward model as in training, on the policy's samples that pass the gate. */
  void asReward() {
    String name = Objects.requireNonNull(config.reward());
    List<JudgeRequest> cases = new ArrayList<>();
    for (Solution solution :
        SampleUnit.Drawn.of(config, context.read("solutions.policy", Tables.SOLUTIONS)).warm()) {
      if (passes(config, problems, solution)) {
        cases.add(caseOf(solution));
      }
    }
    EvaluateConfig.JudgeAs judge = config.judge();
    if (judge.as() == RewardKind.CLASSIFIER) {
      classify(name, cases, REWARD);
    } else {
      Judge.Granularity granularity =
          judge.as() == RewardKind.PROCESS ? Judge.Granularity.STEP : Judge.Granularity.OUTCOME;
      ask(name, judge.asked(), cases, granularity, REWARD, judge.temperature(), judge.votes());
    }
    context.count(Counts.NONE);
  }

  /**
   * The samples at temperature 1 that pass the gate, by (sample index, problem), the first ones.
   */
  static List<Solution> common(
      EvaluateConfig config, Map<String, Problem> problems, List<Solution> solutions) {
    List<Solution> passing = new ArrayList<>();
    for (Solution solution : SampleUnit.Drawn.of(config, solutions).warm()) {
      if (passes(config, problems, solution)) {
        passing.add(solution);
      }
    }
    // The sort is stable, so problems keep their order within an index.
    passing.sort(Comparator.comparingInt(Solution::sampleIndex));
    return passing.subList(0, Math.min(passing.size(), config.firstErrorSolutions()));
  }

  /** Whether a sample passes the format gate. */
  public static boolean passes(
      EvaluateConfig config, Map<String, Problem> problems, Solution solution) {
    Problem problem = Objects.requireNonNull(problems.get(solution.problemId()));
    return config.asked().gate(problem, solution.text(), !solution.finishReason().equals("length"));
  }

  private JudgeRequest caseOf(Solution solution) {
    return request(Objects.requireNonNull(problems.get(solution.problemId())), solution);
  }

  /** What a judge is asked about a solution; the votes are yet to be named. */
  public static JudgeRequest request(Problem problem, Solution solution) {
    return new JudgeRequest(
        problem, solution.text(), solution.steps().size(), solution.solutionId());
  }

  private void ask(
      String name,
      JudgePrompt prompt,
      List<JudgeRequest> cases,
      Judge.Granularity granularity,
      String pass,
      double temperature,
      int votes) {
    List<List<Vote>> judged =
        votes(config, context, name, prompt, cases, granularity, pass, temperature, votes);
    for (int i = 0; i < cases.size(); i++) {
      for (Vote vote : judged.get(i)) {
        write(name, cases.get(i), pass, vote);
      }
    }
  }

  /**
   * Votes of a judge that writes, on the steps that the judge sees.
   *
   * @param name the judge, as the config names it
   * @param pass tells the seeds of these votes from those of others
   * @return the votes on each case, in the order of the cases
   */
  public static List<List<Vote>> votes(
      EvaluateConfig config,
      UnitContext context,
      String name,
      JudgePrompt prompt,
      List<JudgeRequest> cases,
      Judge.Granularity granularity,
      String pass,
      double temperature,
      int votes) {
    Sampling sampling =
        Sampling.at(temperature, config.voteMaxTokens()).endedBy(prompt.stop(List.of()));
    List<Judge.Votes> judged =
        new Judge(context.model(name), granularity, prompt, sampling)
            .ask(
                cases.stream().map(each -> each.forVotes(votes)).toList(),
                new Judge.Seeds(context.seed(), Evaluate.NAME, pass, 0));
    List<List<Vote>> all = new ArrayList<>();
    for (int i = 0; i < cases.size(); i++) {
      JudgeRequest each = cases.get(i);
      List<Vote> own = judged.get(i).votes();
      int steps = StepVotes.steps(each.problem(), each.text(), each.steps(), prompt, own);
      all.add(own.stream().map(vote -> StepVotes.on(vote, steps, each.problem(), prompt)).toList());
    }
    return all;
  }

  /** What a classifier says is always the same: one vote. */
  private void classify(String name, List<JudgeRequest> cases, String pass) {
    List<List<Boolean>> verdicts =
        StepVerdicts.of(context.classifier(name), cases, config.judge().place());
    for (int i = 0; i < cases.size(); i++) {
      List<Boolean> steps = verdicts.get(i);
      Vote vote =
          steps.isEmpty() ? Vote.UNPARSED : Vote.UNPARSED.reads(steps, !steps.contains(false));
      write(name, cases.get(i), pass, vote);
    }
  }

  private void write(String name, JudgeRequest judged, String pass, Vote vote) {
    context.write(Tables.VERIFICATIONS, row(context, name, judged, pass, vote));
  }

  /** The row of a judge's vote. */
  public static Verification row(
      UnitContext context, String name, JudgeRequest judged, String pass, Vote vote) {
    String id = Hashes.childId(judged.id(), Evaluate.NAME + "/" + name + "/" + pass, vote.index());
    return vote.row(id, judged, pass, context.modelRevision(name));
  }
}
