package dev.sluice.stages.selection;

import dev.sluice.methods.RowFault;
import dev.sluice.methods.prompt.PromptException;
import dev.sluice.methods.reward.Response;
import dev.sluice.methods.verification.Judge;
import dev.sluice.models.Completion;
import dev.sluice.models.Completion.FinishReason;
import dev.sluice.parts.Need;
import dev.sluice.records.DeadLetter;
import dev.sluice.records.Hashes;
import dev.sluice.records.Problem;
import dev.sluice.records.Solution;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.UnitContext;
import dev.sluice.stages.scoring.RewardFunction;
import dev.sluice.stages.scoring.ScoredRollout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The solutions of one shard with their rewards; those without one are dead letters. */
final class ScoredSolutions {
  private final SelectSolutionsConfig config;
  private final UnitContext context;

  /** The solutions of each problem by rising index, in the order of the problems. */
  private final Map<Problem, List<Solution>> byProblem = new LinkedHashMap<>();

  /** Solutions by their ids. */
  private final Map<String, Solution> solutions = new HashMap<>();

  /** Why solutions cannot be scored, by their ids. */
  private final Map<String, Fault> faults = new HashMap<>();

  /** The texts before the completions, by the problems' ids. */
  private final Map<String, String> prompts = new HashMap<>();

  private final Map<String, Double> rewards = new HashMap<>();
  private long dead;
  private long unparsed;

  /** Why a solution cannot be scored. */
  private record Fault(String reason, String errorClass) {}

  private ScoredSolutions(SelectSolutionsConfig config, UnitContext context) {
    this.config = config;
    this.context = context;
  }

  /** Reads the solutions of a unit and scores them all at once. */
  static ScoredSolutions read(SelectSolutionsConfig config, UnitContext context) {
    ScoredSolutions scored = new ScoredSolutions(config, context);
    scored.gather();
    scored.score();
    return scored;
  }

  /** The solutions of each problem by rising index, in the order of the problems. */
  Map<Problem, List<Solution>> all() {
    return Collections.unmodifiableMap(byProblem);
  }

  /** Number of the solutions. */
  long size() {
    return solutions.size();
  }

  /** Number of those without a reward. */
  long dead() {
    return dead;
  }

  /** Number of votes that did not parse. */
  long unparsed() {
    return unparsed;
  }

  /** The solution with an id. */
  Solution solution(String id) {
    return Objects.requireNonNull(solutions.get(id));
  }

  /** The text before the completions of a problem whose solutions have rewards. */
  String prompt(Problem problem) {
    return Objects.requireNonNull(prompts.get(problem.problemId()));
  }

  /** The reward of a solution; null if it has none. */
  @Nullable Double reward(Solution solution) {
    return rewards.get(solution.solutionId());
  }

  /** The id of the example that a solution is, or would have been. */
  static String exampleId(Solution solution) {
    return Hashes.childId(solution.solutionId(), SelectSolutions.NAME, 0);
  }

  /** Whether the model ended the solution itself. */
  static boolean finished(Solution solution) {
    return !solution.finishReason().equals("length");
  }

  private void score() {
    List<Response> responses = new ArrayList<>();
    byProblem.forEach((problem, own) -> responses.addAll(responses(problem, own)));
    if (responses.isEmpty()) {
      return;
    }
    StoredResponses stored = new StoredResponses(config.asked());
    RewardFunction reward = new RewardFunction(config.setting(), context, stored, stored);
    List<ScoredRollout> scores = reward.of(responses);
    unparsed = reward.unparsed();
    for (int i = 0; i < responses.size(); i++) {
      keep(responses.get(i).id(), scores.get(i));
    }
  }

  private void gather() {
    Map<String, List<Solution>> own = new LinkedHashMap<>();
    List<Problem> problems = context.read(SelectSolutions.PROBLEMS, Tables.PROBLEMS);
    problems.forEach(problem -> own.put(problem.problemId(), new ArrayList<>()));
    context.forEach(
        SelectSolutions.SOLUTIONS,
        Tables.SOLUTIONS,
        row -> {
          List<Solution> siblings = own.get(row.problemId());
          if (siblings == null) {
            throw new IllegalStateException(
                "Selecting solutions: solution %s is of problem %s, which the table at the port 'problems' lacks. Give the problems that its solutions were sampled from."
                    .formatted(row.solutionId(), row.problemId()));
          }
          siblings.add(row);
          solutions.put(row.solutionId(), row);
        });
    for (Problem problem : problems) {
      List<Solution> siblings = Objects.requireNonNull(own.get(problem.problemId()));
      siblings.sort(Comparator.comparingInt(Solution::sampleIndex));
      byProblem.put(problem, siblings);
    }
  }

  /** The responses that a reward scores; none if the prompt cannot be applied to the problem. */
  private List<Response> responses(Problem problem, List<Solution> own) {
    String objection = own.isEmpty() ? null : objection(problem);
    if (objection != null) {
      own.forEach(
          each -> dead(each, "Writing the prompt for a solution", objection, Judge.TEMPLATE));
      return List.of();
    }
    Problem shown = config.needs(Need.REFERENCE) ? problem : withoutReference(problem);
    List<Response> responses = new ArrayList<>();
    for (Solution solution : own) {
      RowFault.read(
          () -> response(shown, solution, solution.text()),
          responses::add,
          fault -> {
            // In its group it is a text without an answer, until it is left out.
            faults.put(solution.solutionId(), new Fault(fault.message(), RowFault.UNREADABLE));
            responses.add(response(shown, solution, ""));
          });
      if (solution.completionTokens() == 0 && config.needs(Need.TOKENS)) {
        faults.put(
            solution.solutionId(),
            new Fault(
                "the reward needs its number of tokens, which a stored solution does not have",
                "missing"));
      }
    }
    return responses;
  }

  /** Keeps the problem's text of before its solutions, or says why there is none. */
  private @Nullable String objection(Problem problem) {
    try {
      String prompt = config.asked().text(problem);
      prompts.put(problem.problemId(), prompt);
      return prompt.isEmpty() ? "The prompt is empty." : null;
    } catch (PromptException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private Response response(Problem problem, Solution solution, String text) {
    Completion completion =
        new Completion(
            text,
            new int[0],
            new float[0],
            finished(solution) ? FinishReason.STOP : FinishReason.LENGTH,
            solution.completionTokens(),
            List.of(),
            "",
            Set.of());
    return Response.of(
        problem, solution.sampleIndex(), solution.solutionId(), completion, config.asked());
  }

  /** What the reward is shown of a problem whose reference travels through. */
  private static Problem withoutReference(Problem problem) {
    return new Problem(
        problem.problemId(),
        problem.messages(),
        null,
        problem.source(),
        problem.difficulty(),
        problem.attributes());
  }

  private void keep(String id, ScoredRollout score) {
    Solution solution = solution(id);
    Fault fault = faults.get(id);
    if (fault != null) {
      dead(solution, "Reading a solution", fault.reason(), fault.errorClass());
    } else if (score.failure() != null) {
      dead(solution, "Judging a solution", score.failure(), DeadLetter.REQUEST);
    } else if (!Double.isFinite(score.reward())) {
      String reason = "its reward %s is not a finite number".formatted(score.reward());
      dead(solution, "Judging a solution", reason, DeadLetter.REQUEST);
    } else {
      rewards.put(id, score.reward());
    }
  }

  /** A solution without a reward: it counts for nothing. */
  private void dead(Solution solution, String doing, String error, String errorClass) {
    context.dead(
        DeadLetter.request(
            solution,
            "%s of problem %s: %s".formatted(doing, solution.problemId(), error),
            SelectSolutions.NAME,
            exampleId(solution),
            errorClass,
            1,
            false));
    dead++;
  }
}
