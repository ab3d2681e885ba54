package dev.sluice.methods.reward;

import dev.sluice.methods.prompt.SolvePrompt;
import dev.sluice.methods.rubric.StatedResults;
import dev.sluice.methods.task.TaskFormat;
import dev.sluice.models.Completion;
import dev.sluice.records.Problem;
import java.util.List;

/**
 * One response of the policy before its reward.
 *
 * @param problem the problem
 * @param index from 0, within the group
 * @param id the rollout's id, which derives random numbers
 * @param completion what the policy wrote
 * @param steps the completion's steps
 * @param passes whether it passes the format gate, that of the prompt it answers included
 */
public record Response(
    Problem problem,
    int index,
    String id,
    Completion completion,
    List<String> steps,
    boolean passes) {

  /** Reads a completion. */
  public static Response of(
      Problem problem, int index, String id, Completion completion, SolvePrompt asked) {
    TaskFormat format = TaskFormat.of(problem);
    String text = completion.text();
    boolean finished = completion.finishReason() == Completion.FinishReason.STOP;
    return new Response(
        problem, index, id, completion, format.steps(text), asked.gate(problem, text, finished));
  }

  /** The form of the problem's world. */
  public TaskFormat format() {
    return TaskFormat.of(problem);
  }

  /** What the policy wrote. */
  public String text() {
    return completion.text();
  }

  /** Whether the policy ended the text itself. */
  public boolean finished() {
    return completion.finishReason() == Completion.FinishReason.STOP;
  }

  /**
   * Whether the answer is the last result that a step computes. An answer that no step leads to
   * escapes a judge of steps.
   */
  public boolean answerFollows() {
    return StatedResults.lastComputed(steps)
        .map(
            result ->
                format()
                    .answer(problem, text())
                    .filter(answer -> StatedResults.follows(result, answer))
                    .isPresent())
        .orElse(true);
  }
}
