package dev.sluice.stages.prompts;

import dev.sluice.records.Problem;
import dev.sluice.records.config.Key;
import dev.sluice.stages.StageType.Mistake;
import dev.sluice.stages.tasks.TaskFormat;
import dev.sluice.stages.tasks.TextTask;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

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

  private static final List<String> STOP = List.of("\n\n", "\nQuestion:");

  /** What is wrong with it, for the check of a stage's config. */
  public List<Mistake> check(String key) {
    return family == SolveFamily.TASK && form == Form.FEW_SHOT
        ? List.of(
            new Mistake(
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
    TaskFormat format = TaskFormat.of(problem);
    if (family == SolveFamily.TASK) {
      return format.solvePrompt(problem);
    }
    if (!(format instanceof TextTask)) {
      throw new IllegalArgumentException(
          "Problem %s has the format '%s', which the prompt family '%s' cannot ask: it is for problems in words. Leave 'prompt' out."
              .formatted(
                  problem.problemId(),
                  problem.attributes().get(TaskFormat.ATTRIBUTE),
                  family.label()));
    }
    return form == Form.CHAT
        ? family.instruction() + "\n\nProblem: " + problem.question() + "\n\nSolution:\n"
        : Worked.SOLVED.stream()
                .map(worked -> question(worked.question()) + family.render(worked) + "\n\n")
                .collect(Collectors.joining())
            + question(problem.question());
  }

  private static String question(String text) {
    return "Question: " + text.replaceAll("\\s*\\n\\s*", " ") + "\n";
  }

  /** The texts that end a solution: those given, and those that this form needs. */
  public List<String> stop(List<String> given) {
    List<String> all = new ArrayList<>(given);
    if (form == Form.FEW_SHOT) {
      STOP.stream().filter(text -> !all.contains(text)).forEach(all::add);
    }
    return List.copyOf(all);
  }
}
