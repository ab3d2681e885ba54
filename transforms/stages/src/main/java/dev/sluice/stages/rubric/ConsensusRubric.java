package dev.sluice.stages.rubric;

import dev.sluice.records.Criterion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * A rubric for one solution from its siblings, without a model call: on every line the result that
 * more than half of them state, and likewise the answer.
 *
 * <p>Over at least {@value #MIN_SIBLINGS} siblings that pass the gate, line i has the modal result
 * v with share w; it becomes a criterion of weight w if w is above one half: the solution's own
 * result equals v. The score is {@code R = sum(w V) / sum(w)} with V = 1 where a criterion is met.
 */
public final class ConsensusRubric {
  /** With fewer siblings the rubric abstains. */
  public static final int MIN_SIBLINGS = 3;

  private static final String ANSWER = "answer";
  private static final String LINE = "line_";

  private ConsensusRubric() {}

  /**
   * The criteria that the siblings agree on, by line, the answer last; empty if there are too few
   * siblings or they agree on nothing.
   *
   * @param siblings the other solutions of the problem that pass the gate; the solution itself must
   *     not be among them
   */
  public static List<Criterion> criteria(List<StatedResults> siblings) {
    if (siblings.size() < MIN_SIBLINGS) {
      return List.of();
    }
    List<Criterion> criteria = new ArrayList<>();
    int lines = siblings.stream().mapToInt(sibling -> sibling.results().size()).max().orElse(0);
    for (int line = 0; line < lines; line++) {
      int index = line;
      agreed(siblings, LINE + line, sibling -> result(sibling, index)).ifPresent(criteria::add);
    }
    agreed(siblings, ANSWER, StatedResults::answer).ifPresent(criteria::add);
    return List.copyOf(criteria);
  }

  /**
   * Whether a solution meets each criterion, by the line that the criterion is about: a vote on
   * single lines. The answer's criterion is about the last line. A criterion on a line that the
   * solution does not have is left out.
   */
  public static Map<Integer, Boolean> verdicts(List<Criterion> criteria, StatedResults solution) {
    Map<Integer, Boolean> verdicts = new HashMap<>();
    for (Criterion criterion : criteria) {
      boolean met = met(criterion, solution);
      if (criterion.id().equals(ANSWER)) {
        if (solution.lines() > 0) {
          verdicts.merge(solution.lines() - 1, met, Boolean::logicalAnd);
        }
      } else if (line(criterion) < solution.results().size()) {
        verdicts.merge(line(criterion), met, Boolean::logicalAnd);
      }
    }
    return Map.copyOf(verdicts);
  }

  /** The score R of a solution, 0 to 1; empty if the rubric abstains. */
  public static OptionalDouble score(List<Criterion> criteria, StatedResults solution) {
    return RubricScore.weighted(
        criteria.stream().map(Criterion::weight).toList(),
        criteria.stream().map(criterion -> met(criterion, solution)).toList());
  }

  private static boolean met(Criterion criterion, StatedResults solution) {
    String own =
        criterion.id().equals(ANSWER) ? solution.answer() : result(solution, line(criterion));
    return own.equals(criterion.text());
  }

  private static int line(Criterion criterion) {
    return Integer.parseInt(criterion.id().substring(LINE.length()));
  }

  private static String result(StatedResults solution, int line) {
    return line < solution.results().size() ? solution.results().get(line) : "";
  }

  private static Optional<Criterion> agreed(
      List<StatedResults> siblings, String id, Function<StatedResults, String> value) {
    Map<String, Integer> counts = new HashMap<>();
    for (StatedResults sibling : siblings) {
      counts.merge(value.apply(sibling), 1, Integer::sum);
    }
    // At most one value has more than half of the siblings.
    return counts.entrySet().stream()
        .filter(entry -> !entry.getKey().isEmpty() && 2 * entry.getValue() > siblings.size())
        .findFirst()
        .map(
            entry ->
                new Criterion(
                    id, entry.getKey(), (double) entry.getValue() / siblings.size(), "equals"));
  }
}
