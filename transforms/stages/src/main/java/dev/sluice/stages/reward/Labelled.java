package dev.sluice.stages.reward;

import dev.sluice.methods.objective.LabelledSolution;
import dev.sluice.methods.objective.Objective;
import dev.sluice.methods.task.TaskFormat;
import dev.sluice.records.Example;
import dev.sluice.records.Hashes;
import dev.sluice.records.Problem;
import dev.sluice.records.Solution;
import dev.sluice.records.StepLabel;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.UnitContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The examples of a reward model, in the order of the labels.
 *
 * @param labels number of labels read
 * @param examples the examples
 * @param right for each example whether its solution is called right
 */
record Labelled(int labels, List<Example> examples, List<Boolean> right) {

  /** Reads labels with what they are about, and makes the examples of an objective. */
  static Labelled read(UnitContext context, Objective objective, Balance balance) {
    List<StepLabel> labels = context.read("step_labels", Tables.STEP_LABELS);
    Map<String, Problem> problems = new HashMap<>();
    context.forEach("problems", Tables.PROBLEMS, row -> problems.put(row.problemId(), row));
    Map<String, Solution> solutions = new HashMap<>();
    context.forEach("solutions", Tables.SOLUTIONS, row -> solutions.put(row.solutionId(), row));
    Map<String, String> selected = selectedTexts(context, labels);

    List<Example> examples = new ArrayList<>();
    List<Boolean> right = new ArrayList<>();
    Map<String, Map<Boolean, List<Integer>>> byProblem = new HashMap<>();
    for (StepLabel label : labels) {
      Problem problem = problems.get(label.problemId());
      Solution solution = solutions.get(label.solutionId());
      if (!label.status().equals("labelled") || problem == null || solution == null) {
        continue;
      }
      Optional<Example> example =
          objective.example(
              new LabelledSolution(
                  problem,
                  solution,
                  label,
                  Optional.ofNullable(label.selectedVerification()).map(selected::get)));
      if (example.isPresent()) {
        boolean good =
            balance.by() == Balance.By.REFERENCE
                ? isReference(problem, solution)
                : label.outcome() != null && label.outcome();
        byProblem
            .computeIfAbsent(label.problemId(), id -> new HashMap<>())
            .computeIfAbsent(good, kind -> new ArrayList<>())
            .add(examples.size());
        examples.add(example.get());
        right.add(good);
      }
    }
    Labelled all = new Labelled(labels.size(), examples, right);
    return balance.by() == Balance.By.REFERENCE ? all.capped(byProblem, balance) : all;
  }

  private static boolean isReference(Problem problem, Solution solution) {
    String reference = problem.referenceAnswer();
    String answer = solution.finalAnswer();
    return reference != null && answer != null && TaskFormat.of(problem).matches(reference, answer);
  }

  private static Map<String, String> selectedTexts(UnitContext context, List<StepLabel> labels) {
    Set<String> wanted = new HashSet<>();
    for (StepLabel label : labels) {
      if (label.selectedVerification() != null) {
        wanted.add(label.selectedVerification());
      }
    }
    Map<String, String> texts = new HashMap<>();
    context.forEach(
        "verifications",
        Tables.VERIFICATIONS,
        row -> {
          if (wanted.contains(row.verificationId())) {
            texts.put(row.verificationId(), row.text());
          }
        });
    return texts;
  }

  /** Equal numbers of right and wrong solutions per problem, at most {@code cap} of each. */
  private Labelled capped(Map<String, Map<Boolean, List<Integer>>> byProblem, Balance balance) {
    List<Integer> kept = new ArrayList<>();
    for (Map<Boolean, List<Integer>> kinds : byProblem.values()) {
      List<Integer> good = kinds.getOrDefault(true, List.of());
      List<Integer> bad = kinds.getOrDefault(false, List.of());
      int each = Math.min(balance.cap(), Math.min(good.size(), bad.size()));
      kept.addAll(chosen(good, each, balance.seed()));
      kept.addAll(chosen(bad, each, balance.seed()));
    }
    kept.sort(Comparator.naturalOrder());
    return new Labelled(
        labels, kept.stream().map(examples::get).toList(), kept.stream().map(right::get).toList());
  }

  private List<Integer> chosen(List<Integer> indices, int count, int seed) {
    return indices.stream()
        .sorted(Comparator.comparing(i -> Hashes.hex(seed, examples.get(i).exampleId())))
        .limit(count)
        .toList();
  }
}
