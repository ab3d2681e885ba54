package dev.sluice.methods.objective;

import dev.sluice.methods.label.SoftLabels;
import dev.sluice.methods.task.TaskFormat;
import dev.sluice.records.Problem;
import dev.sluice.records.Solution;
import dev.sluice.records.StepLabel;
import java.util.Optional;

/**
 * A label with what it is about.
 *
 * @param selected text of the selected verification; empty if the label has none
 */
public record LabelledSolution(
    Problem problem, Solution solution, StepLabel label, Optional<String> selected) {

  /** The form of the problem's world. */
  public TaskFormat format() {
    return TaskFormat.of(problem);
  }

  /** Whether the label is shares of votes, of which no verdict is claimed. */
  public boolean soft() {
    return label.estimator().equals(SoftLabels.NAME);
  }

  /** The prompt that asks for a step-by-step verification. */
  String judgePrompt() {
    return format().judgePrompt(problem, solution.text());
  }
}
