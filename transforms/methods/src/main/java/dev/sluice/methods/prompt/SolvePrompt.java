package dev.sluice.methods.prompt;

import dev.sluice.methods.reply.Reads;
import dev.sluice.methods.reply.ReplyParser;
import dev.sluice.methods.task.TaskFormat;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.parts.Need;
import dev.sluice.records.Problem;
import dev.sluice.records.config.Key;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How solutions are asked for. */
public record SolvePrompt(
    @Key(
            value =
                "Built-in prompt. `task` is the default prompt of the problem's format; `steps` and `tagged` are from SPARK; `think`, `plan`, `code`, `knowledge` and `examples` make the model reason in that way before it answers.",
            byDefault = PromptFamily.TASK,
            choicesOf = SolveFamilies.class)
        String family,
    @Key(
            value =
                "`chat` gives instructions; `few_shot` shows worked examples and suits models that continue plain text (`endpoint: completions`).",
            byDefault = "chat")
        Form form,
    @Key(
            value =
                "Your own prompt file, instead of `family` (docs/guides/prompts.md). The fingerprint covers its text but not its path.",
            refersTo = Key.CONTENT)
        @Nullable PromptText file,
    @Key("Your own Jinja template, instead of `family`. Variables: `problem` and `attributes`.")
        @Nullable String template,
    @Key("System message for `template`; also a Jinja template.") @Nullable String system)
    implements Serializable {

  /** The problem's own. */
  public static final SolvePrompt TASK = SolvePrompt.of(PromptFamily.TASK, Form.CHAT);

  /** A family in a form. */
  public static SolvePrompt of(String family, Form form) {
    return new SolvePrompt(family, form, null, null, null);
  }

  /** A prompt, or the problem's own where none is named. */
  public static SolvePrompt orTask(@Nullable SolvePrompt prompt) {
    return prompt == null ? TASK : prompt;
  }

  private CustomPrompt own() {
    return new CustomPrompt(family, form, file, template, system, null);
  }

  /**
   * What is wrong with it, for the check of a stage's config.
   *
   * @param supplied the variables that there are
   */
  public List<ConfigMistake> check(String key, Set<PromptVariable> supplied) {
    CustomPrompt own = own();
    if (own.isTask() && form == Form.FEW_SHOT) {
      return List.of(
          new ConfigMistake(
              key + ".form",
              "the family 'task' has no few-shot form; choose another family, such as 'steps'"));
    }
    List<ConfigMistake> mistakes =
        new ArrayList<>(own.check(key, PromptPurpose.SOLUTION, supplied));
    if (file != null && file.asksFor() != PromptPurpose.SOLUTION) {
      mistakes.add(
          new ConfigMistake(
              key + ".file.asks_for",
              "a solution is asked for here, so this must be 'solution'; a prompt for a judge belongs where solutions are judged"));
    }
    ReplyParser reply = file == null ? null : file.reply();
    if (reply != null && !reply.reads().contains(Reads.SOLUTION)) {
      mistakes.add(
          new ConfigMistake(
              key + ".file.reply",
              "the parser '%s' reads no solution; leave 'reply' out, so that the problem's own form reads it, or write 'tagged'"
                  .formatted(reply.name())));
    }
    return mistakes;
  }

  /** Whether it has a system message beside its text. */
  public boolean hasSystem() {
    return system != null || (file != null && file.system() != null);
  }

  /** What it must be given: the reference if its template reads it. */
  public Set<Need> needs() {
    return own().needs(PromptPurpose.SOLUTION);
  }

  /**
   * What is asked for a problem.
   *
   * @throws IllegalArgumentException if a problem is asked in a way that its world does not have
   * @throws PromptException if a template cannot be applied to the problem
   */
  public Asked asked(Problem problem) {
    CustomPrompt own = own();
    return own.isTask()
        ? Asked.of(TaskFormat.of(problem).solvePrompt(problem))
        : own.text(PromptPurpose.SOLUTION).asked(form, new Subject(problem, "", List.of()), family);
  }

  /** The text of {@link #asked}. */
  public String text(Problem problem) {
    return asked(problem).text();
  }

  /**
   * Whether a reply passes the gate: that of the problem's world, and where tags were asked for
   * also theirs, whatever the reply looks like.
   *
   * @param finished whether the completion ended by itself
   */
  public boolean gate(Problem problem, String reply, boolean finished) {
    if (!TaskFormat.of(problem).gate(problem, reply, finished)) {
      return false;
    }
    CustomPrompt own = own();
    ReplyParser parser = own.isTask() ? null : own.text(PromptPurpose.SOLUTION).reply();
    return parser == null || parser.gate(reply);
  }

  /** The texts that end a solution: those given, and those that this form needs. */
  public List<String> stop(List<String> given) {
    CustomPrompt own = own();
    return own.isTask() ? List.copyOf(given) : own.text(PromptPurpose.SOLUTION).stops(form, given);
  }
}
