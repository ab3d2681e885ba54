package dev.sluice.methods.rubric;

import dev.sluice.methods.answers.AnswerEquality;
import dev.sluice.parts.Method;
import dev.sluice.parts.Need;
import dev.sluice.records.Criterion;
import dev.sluice.records.Problem;
import dev.sluice.records.config.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;

/**
 * A rubric for one solution from its siblings, without a model call: on every line the result that
 * more than half of them state, and likewise the answer.
 *
 * <p>Over at least {@value #MIN_SIBLINGS} siblings that pass the gate, line i has the modal result
 * v with share w; it becomes a criterion of weight w if w is above one half: the solution's own
 * result has the value v. Results are counted by class ({@link AnswerEquality#classes}): units are
 * converted, and one without a unit joins the only unit that its value has. The score is {@code R =
 * sum(w V) / sum(w)} with V = 1 where a criterion is met.
 */
@Kind(
    value = "consensus",
    doc =
        "Criteria for a solution are the results that most other solutions of the problem state. Requires at least 3 other solutions that pass the format gate; otherwise there is no rubric.")
@Method(
    name = "Consensus rubric",
    paper = "ours (METHODS 1.8)",
    formula =
        "weight = share of the siblings with the modal result, if more than half; score = sum(w V) / sum(w)")
public record ConsensusRubric() implements RubricStrategy {
  /** With fewer siblings the rubric abstains. */
  public static final int MIN_SIBLINGS = 3;

  private static final String ANSWER = "answer";
  private static final String LINE = "line_";

  @Override
  public Set<Need> needs() {
    return Set.of(Need.STEPS, Need.GROUP);
  }

  @Override
  public List<Criterion> criteria(Problem problem, List<StatedResults> siblings) {
    return criteria(siblings);
  }

  @Override
  public String provenance(List<StatedResults> siblings) {
    return "consensus of " + siblings.size();
  }

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

  /** 1 if a solution meets every criterion, else 0; empty if the rubric abstains. */
  public static OptionalDouble allMet(List<Criterion> criteria, StatedResults solution) {
    return RubricScore.allOrNothing(
        criteria.stream().map(criterion -> met(criterion, solution)).toList());
  }

  private static boolean met(Criterion criterion, StatedResults solution) {
    String own =
        criterion.id().equals(ANSWER) ? solution.answer() : result(solution, line(criterion));
    return StatedResults.same(criterion.text(), own);
  }

  private static int line(Criterion criterion) {
    return Integer.parseInt(criterion.id().substring(LINE.length()));
  }

  private static String result(StatedResults solution, int line) {
    return line < solution.results().size() ? solution.results().get(line) : "";
  }

  private static Optional<Criterion> agreed(
      List<StatedResults> siblings, String id, Function<StatedResults, String> value) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (StatedResults sibling : siblings) {
      counts.merge(value.apply(sibling), 1, Integer::sum);
    }
    counts.remove("");
    // At most one class has more than half of the siblings.
    return classes(counts).stream()
        .filter(each -> 2 * each.size() > siblings.size())
        .findFirst()
        .map(
            each ->
                new Criterion(id, each.text(), (double) each.size() / siblings.size(), "equals"));
  }

  /**
   * Results of one value.
   *
   * @param text the spelling of most of them, the first of equals; one with the unit if any has it
   * @param size how many they are
   */
  private record ResultClass(String text, int size) {}

  private static List<ResultClass> classes(Map<String, Integer> counts) {
    if (counts.size() == 1) {
      return counts.entrySet().stream()
          .map(only -> new ResultClass(only.getKey(), only.getValue()))
          .toList();
    }
    List<String> texts = List.copyOf(counts.keySet());
    int[] numbers = AnswerEquality.classes(texts.stream().map(Optional::of).toList());
    Map<Integer, List<String>> members = new LinkedHashMap<>();
    for (int i = 0; i < numbers.length; i++) {
      members.computeIfAbsent(numbers[i], number -> new ArrayList<>()).add(texts.get(i));
    }
    return members.values().stream()
        .map(
            each ->
                new ResultClass(
                    mostFrequent(each, counts),
                    each.stream().mapToInt(text -> counts.getOrDefault(text, 0)).sum()))
        .toList();
  }

  private static String mostFrequent(List<String> texts, Map<String, Integer> counts) {
    List<String> withUnit =
        texts.stream()
            .filter(each -> !AnswerEquality.key(each).equals(AnswerEquality.keyWithoutUnit(each)))
            .toList();
    List<String> named = withUnit.isEmpty() ? texts : withUnit;
    String best = named.get(0);
    for (String text : named) {
      best = counts.getOrDefault(text, 0) > counts.getOrDefault(best, 0) ? text : best;
    }
    return best;
  }
}
