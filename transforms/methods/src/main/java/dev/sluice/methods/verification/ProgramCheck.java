package dev.sluice.methods.verification;

import dev.sluice.methods.answers.AnswerEquality;
import dev.sluice.methods.answers.AnswerReader;
import dev.sluice.methods.arithmetic.reference.Calculator;
import dev.sluice.methods.task.TaskFormat;
import dev.sluice.records.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Votes of a program, without a model. */
public enum ProgramCheck {
  /**
   * Form alone: the answer is stated once, at the end, and restates the last number of the lines
   * before it. Every other line is called correct.
   */
  RULE {
    @Override
    public List<Boolean> verdicts(Problem problem, String text, List<String> steps) {
      List<Boolean> verdicts = new ArrayList<>();
      for (int i = 0; i < steps.size(); i++) {
        verdicts.add(
            i + 1 < steps.size()
                || restates(problem, steps, TaskFormat.of(problem).answer(problem, text)));
      }
      return verdicts;
    }

    @Override
    public String reason(Problem problem, String text, List<String> steps) {
      Optional<String> answer = TaskFormat.of(problem).answer(problem, text);
      if (steps.isEmpty() || answer.isEmpty()) {
        return "No answer is stated once, at the end.";
      }
      Optional<String> before = steps.size() < 2 ? Optional.empty() : lineBefore(problem, steps);
      if (before.isEmpty()) {
        return "The answer %s is stated once, at the end; no number before it to compare."
            .formatted(answer.get());
      }
      return restates(problem, steps, answer)
          ? "The answer %s restates the last number of the line before.".formatted(answer.get())
          : "The answer %s is not the last number of the line before, %s."
              .formatted(answer.get(), before.get());
    }

    private boolean restates(Problem problem, List<String> steps, Optional<String> answer) {
      if (answer.isEmpty() || steps.size() < 2) {
        return answer.isPresent();
      }
      Optional<String> before = lineBefore(problem, steps);
      return before.isEmpty() || AnswerEquality.matches(before.get(), answer.get());
    }

    private Optional<String> lineBefore(Problem problem, List<String> steps) {
      return AnswerReader.read(steps.get(steps.size() - 2), problem.question());
    }
  },

  /**
   * Recomputes the arithmetic that a line states ({@code <<16-3=13>>}); a line without any is
   * called correct. Grounded: a run that uses it is not free of references.
   */
  CALCULATOR {
    @Override
    public List<Boolean> verdicts(Problem problem, String text, List<String> steps) {
      return Calculator.check(steps).stream()
          .map(check -> check != Calculator.Check.FAILS)
          .toList();
    }

    @Override
    public String reason(Problem problem, String text, List<String> steps) {
      int checked = 0;
      for (int i = 0; i < steps.size(); i++) {
        Optional<String> failure = Calculator.failure(steps.get(i));
        if (failure.isPresent()) {
          return "Line %d %s.".formatted(i + 1, failure.get());
        }
        checked += Calculator.check(steps.get(i)) == Calculator.Check.HOLDS ? 1 : 0;
      }
      return checked == 0
          ? "No line states arithmetic; nothing was checked."
          : "The arithmetic of %d of %d lines holds; the others state none."
              .formatted(checked, steps.size());
    }
  };

  /** The verdict on each step. */
  public abstract List<Boolean> verdicts(Problem problem, String text, List<String> steps);

  /** Why the verdicts are what they are, as a sentence: the text of the vote. */
  public abstract String reason(Problem problem, String text, List<String> steps);
}
