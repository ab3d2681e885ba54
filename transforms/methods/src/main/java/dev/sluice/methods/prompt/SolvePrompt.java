package dev.sluice.methods.prompt;

import dev.sluice.methods.task.TaskFormat;
import dev.sluice.methods.text.TaggedFormat;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.records.Problem;
import dev.sluice.records.config.Key;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How solutions are asked for. */
public record SolvePrompt(
    @Key(
            value =
                "The prompt: `task` is the problem's own; `steps` and `tagged` are SPARK's; `think`, `plan`, `code`, `knowledge` and `examples` set how the model reasons before it answers.",
            byDefault = "task")
        SolveFamily family,
    @Key(
            value =
                "`chat` instructs; `few_shot` shows worked examples, for a model that continues plain text (a server's `endpoint: completions`).",
            byDefault = "chat")
        Form form)
    implements Serializable {

  /** The problem's own. */
  public static final SolvePrompt TASK = new SolvePrompt(SolveFamily.TASK, Form.CHAT);

  /** A prompt, or the problem's own where none is named. */
  public static SolvePrompt orTask(@Nullable SolvePrompt prompt) {
    return prompt == null ? TASK : prompt;
  }

  /** What is wrong with it, for the check of a stage's config. */
  public List<ConfigMistake> check(String key) {
    return family == SolveFamily.TASK && form == Form.FEW_SHOT
        ? List.of(
            new ConfigMistake(
                key + ".form",
                "the family 'task' has no few-shot form; choose another family, such as 'steps'"))
        : List.of();
  }

  /**
   * The prompt for a problem.
   *
   * @throws IllegalArgumentException if a problem that is not in words is asked in another way than
   *     its own
   */
  public String text(Problem problem) {
    if (family == SolveFamily.TASK) {
      return TaskFormat.of(problem).solvePrompt(problem);
    }
    InWords.require(problem, family.label());
    return form == Form.CHAT
        ? family.instruction() + "\n\nProblem: " + problem.question() + "\n\nSolution:\n"
        : Worked.SOLVED.stream()
                .map(worked -> InWords.question(worked.question()) + family.render(worked) + "\n\n")
                .collect(Collectors.joining())
            + InWords.question(problem.question());
  }

  /**
   * Whether a reply passes the gate: that of the problem's world, and where tags were asked for
   * also theirs, whatever the reply looks like.
   *
   * @param finished whether the completion ended by itself
   */
  public boolean gate(Problem problem, String reply, boolean finished) {
    return TaskFormat.of(problem).gate(problem, reply, finished)
        && (family != SolveFamily.TAGGED || TaggedFormat.gate(reply));
  }

  /** The texts that end a solution: those given, and those that this form needs. */
  public List<String> stop(List<String> given) {
    return form.stops(given);
  }
}
