package dev.sluice.methods.prompt;

import dev.sluice.methods.task.TaskFormat;
import dev.sluice.records.Criterion;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A variable of a prompt's template. */
public enum PromptVariable {
  /** The text of the problem. */
  PROBLEM,
  /** The text of the solution that is judged. */
  SOLUTION,
  /** The steps of the solution, a list of texts. */
  STEPS,
  /** Other solutions of the problem, a list of texts. */
  SIBLINGS,
  /** The criteria of the solution's rubric, a list of {@code id}, {@code text}, {@code weight}. */
  RUBRIC,
  /** The reference answer. */
  REFERENCE,
  /** Facts of the problem's source, by name. */
  ATTRIBUTES;

  /** Where a stage judges solutions, of which it can read rubrics. */
  public static final Set<PromptVariable> JUDGE_STAGE =
      Set.copyOf(EnumSet.allOf(PromptVariable.class));

  /** Where solutions of a group are judged. */
  public static final Set<PromptVariable> JUDGE =
      Set.copyOf(EnumSet.complementOf(EnumSet.of(RUBRIC)));

  /** Where solutions are judged one by one. */
  public static final Set<PromptVariable> JUDGE_ALONE =
      Set.copyOf(EnumSet.complementOf(EnumSet.of(RUBRIC, SIBLINGS)));

  /** Where solutions are judged one by one, without the references. */
  public static final Set<PromptVariable> JUDGE_BLIND =
      Set.of(PROBLEM, SOLUTION, STEPS, ATTRIBUTES);

  /** Where solutions are asked for. */
  public static final Set<PromptVariable> SOLVE = Set.of(PROBLEM, REFERENCE, ATTRIBUTES);

  /** Where solutions are asked for that may not rest on the reference. */
  public static final Set<PromptVariable> SOLVE_ALONE = Set.of(PROBLEM, ATTRIBUTES);

  /** The name in a template. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The names of some, in the order of this list. */
  static List<String> labels(Set<PromptVariable> some) {
    return Arrays.stream(values())
        .filter(some::contains)
        .map(PromptVariable::label)
        .collect(Collectors.toList());
  }

  /** What a template is given of a subject. */
  static Map<String, Object> values(Subject subject) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put(PROBLEM.label(), subject.problem().question());
    values.put(SOLUTION.label(), subject.solution());
    values.put(STEPS.label(), TaskFormat.of(subject.problem()).steps(subject.solution()));
    values.put(SIBLINGS.label(), subject.siblings());
    values.put(RUBRIC.label(), subject.rubric().stream().map(PromptVariable::criterion).toList());
    String reference = subject.problem().referenceAnswer();
    if (reference != null) {
      values.put(REFERENCE.label(), reference);
    }
    // In an order that is the same in every process.
    values.put(ATTRIBUTES.label(), new TreeMap<>(subject.problem().attributes()));
    return values;
  }

  private static Map<String, Object> criterion(Criterion criterion) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("id", criterion.id());
    values.put("text", criterion.text());
    values.put("weight", criterion.weight());
    return values;
  }
}
