package dev.sluice.methods.verification;

import dev.sluice.methods.answers.AnswerEquality;
import dev.sluice.methods.answers.AnswerReader;
import dev.sluice.methods.task.TaskFormat;
import dev.sluice.parts.Method;
import dev.sluice.parts.Need;
import dev.sluice.records.Problem;
import dev.sluice.records.config.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Form alone, never whether an answer is right. */
@Kind(
    value = "rule",
    doc =
        "Checks the form only: the answer must be stated once, at the end, and equal the last number of the line before it. All other lines count as correct.")
@Method(
    name = "Rule of form",
    paper = "ours",
    formula = "v_last = 1 if the answer equals the last number of the line before, else 0")
public record RuleCheck() implements ProgramCheck {

  @Override
  public Set<Need> needs() {
    return Set.of(Need.STEPS);
  }

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

  private static boolean restates(Problem problem, List<String> steps, Optional<String> answer) {
    if (answer.isEmpty() || steps.size() < 2) {
      return answer.isPresent();
    }
    Optional<String> before = lineBefore(problem, steps);
    return before.isEmpty() || AnswerEquality.matches(before.get(), answer.get());
  }

  private static Optional<String> lineBefore(Problem problem, List<String> steps) {
    return AnswerReader.read(steps.get(steps.size() - 2), problem.question());
  }
}
