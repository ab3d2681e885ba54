package dev.sluice.stages.aggregation;

import dev.sluice.records.Preference;
import dev.sluice.records.Problem;
import dev.sluice.records.Solution;
import dev.sluice.records.StepLabel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Pairs of solutions of one problem whose consensus differs: one called right in every step, one
 * not. The surest come first: the highest score of the right ones with the lowest of the wrong. A
 * solution's score is the least share of votes that any of its steps has.
 */
final class Preferences {
  private Preferences() {}

  /** A solution with its label's score. */
  private record Scored(Solution solution, double score) {}

  /**
   * The pairs of every problem, in the order of the problems.
   *
   * @param labels one for each solution, in the same order
   * @param most most pairs of a problem; a solution stands in at most one
   */
  static List<Preference> of(
      Map<String, Problem> problems, List<Solution> solutions, List<StepLabel> labels, int most) {
    Map<String, List<Scored>> right = new LinkedHashMap<>();
    Map<String, List<Scored>> wrong = new LinkedHashMap<>();
    for (int i = 0; i < solutions.size(); i++) {
      StepLabel label = labels.get(i);
      Boolean outcome = label.outcome();
      if (outcome != null) {
        double score =
            label.stepScores().stream().mapToDouble(s -> s).min().orElse(outcome ? 1 : 0);
        (outcome ? right : wrong)
            .computeIfAbsent(label.problemId(), id -> new ArrayList<>())
            .add(new Scored(solutions.get(i), score));
      }
    }
    List<Preference> pairs = new ArrayList<>();
    for (Map.Entry<String, List<Scored>> entry : right.entrySet()) {
      List<Scored> chosen = entry.getValue();
      List<Scored> rejected = wrong.getOrDefault(entry.getKey(), List.of());
      chosen.sort(Comparator.comparingDouble(Scored::score).reversed());
      List<Scored> worst = new ArrayList<>(rejected);
      worst.sort(Comparator.comparingDouble(Scored::score));
      Problem problem = Objects.requireNonNull(problems.get(entry.getKey()));
      for (int k = 0; k < Math.min(most, Math.min(chosen.size(), worst.size())); k++) {
        pairs.add(pair(problem, chosen.get(k), worst.get(k)));
      }
    }
    return pairs;
  }

  private static Preference pair(Problem problem, Scored chosen, Scored rejected) {
    return Preference.of(
        problem, chosen.solution(), rejected.solution(), chosen.score() - rejected.score());
  }
}
