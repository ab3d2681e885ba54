package dev.sluice.methods.prompt;

import dev.sluice.methods.task.TaskFormat;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.records.Problem;
import dev.sluice.records.config.Key;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How verdicts are asked for, and how replies are read. */
public record JudgePrompt(
    @Key(
            value =
                "The prompt: `task` is the problem's own; with verdicts on steps `spark`, `verdicts`, `process_bench`, `think_prm` and `gen_prm`; on the whole `final_verification`, `judgement` and `yes_no`.",
            byDefault = "task")
        JudgeFamily family,
    @Key(
            value =
                "`chat` instructs; `few_shot` shows worked examples, for a model that continues plain text (a server's `endpoint: completions`).",
            byDefault = "chat")
        Form form)
    implements Serializable {

  /** The problem's own. */
  public static final JudgePrompt TASK = new JudgePrompt(JudgeFamily.TASK, Form.CHAT);

  /** A prompt, or the problem's own where none is named. */
  public static JudgePrompt orTask(@Nullable JudgePrompt prompt) {
    return prompt == null ? TASK : prompt;
  }

  private static final String VERIFICATION = "Verification:\n";

  /**
   * What is wrong with it, for the check of a stage's config.
   *
   * @param steps whether verdicts on steps are needed
   * @param because what needs them, or one on the whole
   */
  public List<ConfigMistake> check(String key, boolean steps, String because) {
    if (family == JudgeFamily.TASK) {
      return form == Form.CHAT
          ? List.of()
          : List.of(
              new ConfigMistake(
                  key + ".form",
                  "the family 'task' has no few-shot form; choose another family, such as '%s'"
                      .formatted(steps ? "verdicts" : "yes_no")));
    }
    return steps == family.asksForSteps()
        ? List.of()
        : List.of(
            new ConfigMistake(
                key + ".family",
                "the family '%s' asks for a verdict on %s, but %s; families that do are %s"
                    .formatted(
                        family.label(), steps ? "the whole" : "each step", because, names(steps))));
  }

  private static String names(boolean steps) {
    return Arrays.stream(JudgeFamily.values())
        .filter(each -> each == JudgeFamily.TASK || each.asksForSteps() == steps)
        .map(each -> "'" + each.name().toLowerCase(Locale.ROOT) + "'")
        .collect(Collectors.joining(", "));
  }

  /**
   * The prompt for a solution.
   *
   * @param steps whether verdicts on steps are wanted
   * @throws IllegalArgumentException if a problem that is not in words is asked in another way than
   *     its own
   */
  public String text(Problem problem, String solution, boolean steps) {
    TaskFormat format = TaskFormat.of(problem);
    if (family == JudgeFamily.TASK) {
      return steps
          ? format.judgePrompt(problem, solution)
          : format.outcomePrompt(problem, solution);
    }
    InWords.require(problem, family.label());
    String own = shown(problem.question(), format.steps(solution));
    return form == Form.CHAT
        ? family.instruction() + "\n\n" + own + "\n" + VERIFICATION
        : Worked.JUDGED.stream()
                .map(
                    worked ->
                        shown(worked.question(), worked.lines())
                            + VERIFICATION
                            + family.render(worked)
                            + "\n\n")
                .collect(Collectors.joining())
            + own
            + VERIFICATION;
  }

  private String shown(String question, List<String> steps) {
    return InWords.question(question) + "Solution:\n" + family.solution(steps) + "\n";
  }

  /** Whether a reply names the first wrong step, by its index or by ending there. */
  public boolean namesIndex() {
    return family.endsAtFirstError();
  }

  /** Such as {@code 'spark' (few_shot)}. */
  public String described() {
    return "'%s' (%s)".formatted(family.label(), form.name().toLowerCase(Locale.ROOT));
  }

  /** Whether a reply reasons before its verdict on the whole. */
  public boolean reasons() {
    return family.reasons();
  }

  /** The texts that end a verdict. */
  public List<String> stop(List<String> given) {
    return form.stops(given);
  }

  /** The verdict on each step; empty if the reply is no vote on so many steps. */
  public Optional<List<Boolean>> verdicts(Problem problem, CharSequence reply, int steps) {
    return family == JudgeFamily.TASK
        ? TaskFormat.of(problem).verdicts(reply, steps)
        : family.verdicts(reply, steps);
  }

  /** The verdicts on steps that a reply states, however many; empty if it states none. */
  public List<Boolean> stated(Problem problem, CharSequence reply) {
    return (family == JudgeFamily.TASK
            ? TaskFormat.of(problem).verdicts(reply)
            : family.stated(reply))
        .orElse(List.of());
  }

  /** The verdict on the whole that a verification of steps ends in; empty if it has none. */
  public Optional<Boolean> finalVerdict(Problem problem, CharSequence reply) {
    return family == JudgeFamily.TASK
        ? TaskFormat.of(problem).finalVerdict(reply)
        : family.outcome(reply);
  }

  /** The verdict on the whole where nothing else was asked; empty if the reply states none. */
  public Optional<Boolean> outcome(Problem problem, String reply) {
    if (family != JudgeFamily.TASK) {
      return family.outcome(reply);
    }
    TaskFormat format = TaskFormat.of(problem);
    String word = reply.strip().toLowerCase(Locale.ROOT);
    if (word.startsWith(format.outcomeWords().get(0).toLowerCase(Locale.ROOT))) {
      return Optional.of(true);
    }
    return word.startsWith(format.outcomeWords().get(1).toLowerCase(Locale.ROOT))
        ? Optional.of(false)
        : Optional.empty();
  }
}
