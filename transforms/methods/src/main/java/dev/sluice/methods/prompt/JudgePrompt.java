package dev.sluice.methods.prompt;

import dev.sluice.methods.reply.Reading;
import dev.sluice.methods.reply.Reads;
import dev.sluice.methods.reply.ReplyParser;
import dev.sluice.methods.task.TaskFormat;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.parts.Need;
import dev.sluice.records.Problem;
import dev.sluice.records.config.Key;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How verdicts are asked for, and how replies are read. */
public record JudgePrompt(
    @Key(
            value =
                "Built-in prompt. `task` is the default prompt of the problem's format. `spark`, `verdicts`, `process_bench`, `think_prm`, `gen_prm` and `calm` ask for a verdict on each step; `final_verification`, `judgement` and `yes_no` for one on the whole solution.",
            byDefault = PromptFamily.TASK,
            choicesOf = JudgeFamilies.class)
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
    @Key(
            "Your own Jinja template, instead of `family`. Variables: `problem`, `solution`, `steps` and others. Requires `reply`.")
        @Nullable String template,
    @Key("System message for `template`; also a Jinja template.") @Nullable String system,
    @Key("Parser of the model's reply to `template`.") @Nullable ReplyParser reply)
    implements Serializable {

  /** The problem's own. */
  public static final JudgePrompt TASK = JudgePrompt.of(PromptFamily.TASK, Form.CHAT);

  /** A family in a form. */
  public static JudgePrompt of(String family, Form form) {
    return new JudgePrompt(family, form, null, null, null, null);
  }

  /** A prompt, or the problem's own where none is named. */
  public static JudgePrompt orTask(@Nullable JudgePrompt prompt) {
    return prompt == null ? TASK : prompt;
  }

  private CustomPrompt own() {
    return new CustomPrompt(family, form, file, template, system, reply);
  }

  /** What it asks for; of one that the pipeline file itself writes, what its parser reads. */
  private PromptPurpose asksFor() {
    if (file != null) {
      return file.asksFor();
    }
    if (template == null) {
      return family.equals(PromptFamily.TASK)
          ? PromptPurpose.STEPS
          : PromptFamily.named(family).asksFor();
    }
    return reply != null && reply.reads().contains(Reads.STEPS)
        ? PromptPurpose.STEPS
        : PromptPurpose.OUTCOME;
  }

  /** How replies are read; empty if the problem's own world reads them. */
  private Optional<ReplyParser> parser() {
    CustomPrompt own = own();
    return own.isTask() ? Optional.empty() : Optional.ofNullable(own.text(asksFor()).reply());
  }

  /**
   * What is wrong with it, for the check of a stage's config.
   *
   * @param steps whether verdicts on steps are needed
   * @param because what needs them, or one on the whole
   * @param supplied the variables that there are
   */
  public List<ConfigMistake> check(
      String key, boolean steps, String because, Set<PromptVariable> supplied) {
    return new JudgeCheck(own(), this::asksFor, steps, because).check(key, supplied);
  }

  /** Whether its template reads the rubric. */
  public boolean readsRubric() {
    return own().reads(asksFor(), PromptVariable.RUBRIC);
  }

  /** What it must be given: the reference if its template reads it. */
  public Set<Need> needs() {
    return own().needs(asksFor());
  }

  /**
   * What is asked about a solution.
   *
   * @param steps whether verdicts on steps are wanted
   * @throws IllegalArgumentException if a problem is asked in a way that its world does not have
   * @throws PromptException if a template cannot be applied to the subject
   */
  public Asked asked(Subject subject, boolean steps) {
    CustomPrompt own = own();
    if (!own.isTask()) {
      return own.text(asksFor()).asked(form, subject, family);
    }
    TaskFormat format = TaskFormat.of(subject.problem());
    return Asked.of(
        steps
            ? format.judgePrompt(subject.problem(), subject.solution())
            : format.outcomePrompt(subject.problem(), subject.solution()));
  }

  /** The text of {@link #asked}, of a solution without siblings. */
  public String text(Problem problem, String solution, boolean steps) {
    return asked(new Subject(problem, solution, List.of()), steps).text();
  }

  /** Whether a reply names the first wrong step, by its index or by ending there. */
  public boolean namesIndex() {
    return parser().map(ReplyParser::namesFirstError).orElse(false);
  }

  /** Such as {@code 'spark' (few_shot)}. */
  public String described() {
    return own().described();
  }

  /** Whether a reply reasons before its verdict on the whole. */
  public boolean reasons() {
    return parser().map(ReplyParser::reasons).orElse(false);
  }

  /** The texts that end a verdict. */
  public List<String> stop(List<String> given) {
    CustomPrompt own = own();
    return own.isTask() ? List.copyOf(given) : own.text(asksFor()).stops(form, given);
  }

  /** The verdict on each step; empty if the reply is no vote on so many steps. */
  public Optional<List<Boolean>> verdicts(Problem problem, CharSequence reply, int steps) {
    return parser()
        .map(parser -> parser.read(reply, steps).verdicts())
        .orElseGet(() -> TaskFormat.of(problem).verdicts(reply, steps));
  }

  /** The verdicts on steps that a reply states, however many; empty if it states none. */
  public List<Boolean> stated(Problem problem, CharSequence reply) {
    return parser()
        .map(parser -> parser.read(reply, 0).stated())
        .orElseGet(() -> TaskFormat.of(problem).verdicts(reply).orElse(List.of()));
  }

  /** The verdict on the whole that a verification of steps ends in; empty if it has none. */
  public Optional<Boolean> finalVerdict(Problem problem, CharSequence reply) {
    return parser()
        .map(parser -> parser.read(reply, 0).outcome())
        .orElseGet(() -> TaskFormat.of(problem).finalVerdict(reply));
  }

  /** The verdict on the whole where nothing else was asked; empty if the reply states none. */
  public Optional<Boolean> outcome(Problem problem, String reply) {
    return parser()
        .map(parser -> parser.read(reply, 0).outcome())
        .orElseGet(() -> ofTask(TaskFormat.of(problem), reply));
  }

  private static Optional<Boolean> ofTask(TaskFormat format, String reply) {
    String word = reply.strip().toLowerCase(Locale.ROOT);
    if (word.startsWith(format.outcomeWords().get(0).toLowerCase(Locale.ROOT))) {
      return Optional.of(true);
    }
    return word.startsWith(format.outcomeWords().get(1).toLowerCase(Locale.ROOT))
        ? Optional.of(false)
        : Optional.empty();
  }

  /** All that a reply says, for a person; empty if the problem's own world reads it. */
  public Optional<Reading> reading(CharSequence reply, int steps) {
    return parser().map(parser -> parser.read(reply, steps));
  }
}
