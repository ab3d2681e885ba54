package dev.sluice.stages.verification;

import dev.sluice.records.Problem;
import dev.sluice.stages.answers.AnswerEquality;
import dev.sluice.stages.answers.AnswerReader;
import dev.sluice.stages.arithmetic.reference.Calculator;
import dev.sluice.stages.tasks.TaskFormat;
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
        verdicts.add(i + 1 < steps.size() || restates(steps, TaskFormat.of(problem).answer(text)));
      }
      return verdicts;
    }

    private boolean restates(List<String> steps, Optional<String> answer) {
      if (answer.isEmpty() || steps.size() < 2) {
        return answer.isPresent();
      }
      Optional<String> before = AnswerReader.read(steps.get(steps.size() - 2), "");
      return before.isEmpty() || AnswerEquality.matches(before.get(), answer.get());
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
  };

  /** The verdict on each step. */
  public abstract List<Boolean> verdicts(Problem problem, String text, List<String> steps);
}
