package dev.sluice.stages.selection;

import dev.sluice.methods.RowFault;
import dev.sluice.methods.prompt.PromptException;
import dev.sluice.methods.reward.Response;
import dev.sluice.methods.selection.Candidate;
import dev.sluice.methods.selection.PairRule;
import dev.sluice.methods.verification.Judge;
import dev.sluice.models.Completion;
import dev.sluice.models.Completion.FinishReason;
import dev.sluice.parts.Need;
import dev.sluice.records.DeadLetter;
import dev.sluice.records.DroppedProblem;
import dev.sluice.records.Example;
import dev.sluice.records.Hashes;
import dev.sluice.records.Preference;
import dev.sluice.records.Problem;
import dev.sluice.records.Solution;
import dev.sluice.records.manifest.Counts;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.UnitContext;
import dev.sluice.stages.scoring.RewardFunction;
import dev.sluice.stages.scoring.ScoredRollout;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Scores the solutions of one shard, and writes what is selected of them. */
final class SelectionUnit {
  private final SelectSolutionsConfig config;
  private final UnitContext context;
  private final SelectionCounts counts = new SelectionCounts();

  /** Solutions by their ids. */
  private final Map<String, Solution> solutions = new HashMap<>();

  /** Why solutions cannot be scored, by their ids. */
  private final Map<String, Fault> faults = new HashMap<>();

  /** The texts before the completions, by the problems' ids. */
  private final Map<String, String> prompts = new HashMap<>();

  private long selected;
  private long dead;

  /** Why a solution cannot be scored. */
  private record Fault(String reason, String errorClass) {}

  SelectionUnit(SelectSolutionsConfig config, UnitContext context) {
    this.config = config;
    this.context = context;
  }

  void work() {
    context.begin(Tables.EXAMPLES);
    if (config.pairs() != null) {
      context.begin(Tables.PREFERENCES);
    }
    if (config.passRate() != null) {
      context.begin(Tables.PROBLEMS);
      context.begin(Tables.DROPPED_PROBLEMS);
    }
    Map<Problem, List<Solution>> byProblem = byProblem();
    List<Response> responses = new ArrayList<>();
    byProblem.forEach((problem, own) -> responses.addAll(responses(problem, own)));
    StoredResponses stored = new StoredResponses(config.asked());
    RewardFunction reward = new RewardFunction(config.setting(), context, stored, stored);
    List<ScoredRollout> scores = responses.isEmpty() ? List.of() : reward.of(responses);
    Map<String, Double> rewards = new HashMap<>();
    for (int i = 0; i < responses.size(); i++) {
      keep(rewards, responses.get(i).id(), scores.get(i));
    }
    byProblem.forEach((problem, own) -> select(problem, own, rewards));
    counts.leave(context);
    context.count(new Counts(solutions.size(), selected + dead, selected, dead, reward.unparsed()));
  }

  /** The solutions of each problem by rising index, in the order of the problems. */
  private Map<Problem, List<Solution>> byProblem() {
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
    Map<Problem, List<Solution>> byProblem = new LinkedHashMap<>();
    for (Problem problem : problems) {
      List<Solution> siblings = Objects.requireNonNull(own.get(problem.problemId()));
      siblings.sort(Comparator.comparingInt(Solution::sampleIndex));
      byProblem.put(problem, siblings);
    }
    return byProblem;
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

  private static boolean finished(Solution solution) {
    return !solution.finishReason().equals("length");
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

  private void keep(Map<String, Double> rewards, String id, ScoredRollout score) {
    Solution solution = Objects.requireNonNull(solutions.get(id));
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

  private void select(Problem problem, List<Solution> own, Map<String, Double> rewards) {
    List<Candidate> candidates = new ArrayList<>();
    for (Solution each : own) {
      Double reward = rewards.get(each.solutionId());
      if (reward != null) {
        candidates.add(
            new Candidate(
                each.solutionId(),
                each.sampleIndex(),
                each.text(),
                reward,
                reward > config.success()));
      }
    }
    Double rate = counts.add(candidates);
    if (!keeps(problem, rate)) {
      return;
    }
    for (Candidate each :
        config.select().select(candidates.stream().filter(this::canBeLearnt).toList())) {
      context.write(Tables.EXAMPLES, example(problem, each));
      counts.addSelected(each);
      selected++;
    }
    for (PairRule.Pair pair :
        config.pairs() == null ? List.<PairRule.Pair>of() : config.pairs().pairs(candidates)) {
      if (canBeLearnt(pair.chosen())) {
        context.write(Tables.PREFERENCES, preference(problem, pair));
        counts.addPair();
      }
    }
  }

  /** Whether there is a text that ends where the model ended it. */
  private boolean canBeLearnt(Candidate candidate) {
    return !candidate.text().isBlank()
        && finished(Objects.requireNonNull(solutions.get(candidate.id())));
  }

  /** Writes a problem to those that are kept or to the others. */
  private boolean keeps(Problem problem, @Nullable Double rate) {
    SelectSolutionsConfig.PassRate range = config.passRate();
    if (range == null) {
      return true;
    }
    boolean kept = rate != null && range.keeps(rate);
    if (kept) {
      context.write(Tables.PROBLEMS, problem);
    } else {
      context.write(Tables.DROPPED_PROBLEMS, DroppedProblem.byPassRate(problem.problemId(), rate));
    }
    counts.addProblem(kept);
    return kept;
  }

  private static String exampleId(Solution solution) {
    return Hashes.childId(solution.solutionId(), SelectSolutions.NAME, 0);
  }

  private Example example(Problem problem, Candidate selectedOne) {
    return new Example(
        exampleId(Objects.requireNonNull(solutions.get(selectedOne.id()))),
        Objects.requireNonNull(prompts.get(problem.problemId())),
        selectedOne.text(),
        1,
        List.of(),
        List.of(selectedOne.id()));
  }

  private Preference preference(Problem problem, PairRule.Pair pair) {
    return Preference.of(
        problem,
        Objects.requireNonNull(solutions.get(pair.chosen().id())),
        Objects.requireNonNull(solutions.get(pair.rejected().id())),
        pair.chosen().reward() - pair.rejected().reward());
  }
}
