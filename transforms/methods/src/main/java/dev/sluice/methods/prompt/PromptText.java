package dev.sluice.methods.prompt;

import dev.sluice.methods.reply.ReplyParser;
import dev.sluice.methods.task.TaskFormat;
import dev.sluice.methods.task.TextTask;
import dev.sluice.records.Problem;
import dev.sluice.records.config.Key;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A prompt as a file holds it: texts as templates, and how the reply is read. The built-in prompts
 * are such files; what is only for people ({@code name}, {@code doc}, {@code source}) is in no
 * fingerprint.
 */
public record PromptText(
    @Key(value = "Name of the prompt, shown in messages.", tuning = true) @Nullable String name,
    @Key(value = "Description of the prompt in one sentence.", tuning = true) @Nullable String doc,
    @Key(value = "Paper that the prompt comes from.", tuning = true) @Nullable String source,
    @Key(
            "What the prompt asks for: a verdict on each step (`steps`), a verdict on the whole solution (`outcome`) or a `solution`.")
        PromptPurpose asksFor,
    @Key(
            "Problem format that the prompt supports, such as `text`; problems in other formats are rejected. Default: any.")
        @Nullable String format,
    @Key(
            "System message, a Jinja template. For a model that continues plain text it is put before the prompt.")
        @Nullable String system,
    @Key("User message with `form: chat`, a Jinja template.") @Nullable String user,
    @Key("Prompt with `form: few_shot`, a Jinja template whose text the model continues.")
        @Nullable String fewShot,
    @Key(value = "Stop sequences with `form: few_shot`.", byDefault = "[]") List<String> stop,
    @Key("Parser of the model's reply. Required if the prompt asks for a verdict.")
        @Nullable ReplyParser reply)
    implements Serializable {

  public PromptText {
    stop = List.copyOf(stop);
  }

  /** A prompt that a pipeline file itself writes. */
  static PromptText inline(
      PromptPurpose asksFor,
      @Nullable String system,
      String template,
      @Nullable ReplyParser reply) {
    return new PromptText(
        null, null, null, asksFor, null, system, template, template, List.of(), reply);
  }

  /** The text of a form; null if it has none. */
  @Nullable String text(Form form) {
    return form == Form.CHAT ? user : fewShot;
  }

  /** The key of the text of a form. */
  static String key(Form form) {
    return form == Form.CHAT ? "user" : "few_shot";
  }

  /** The texts that end a reply: those given, and those of the form. */
  List<String> stops(Form form, List<String> given) {
    List<String> all = new ArrayList<>(given);
    if (form == Form.FEW_SHOT) {
      stop.stream().filter(text -> !all.contains(text)).forEach(all::add);
    }
    return List.copyOf(all);
  }

  /**
   * What is asked.
   *
   * @param family the name in the file, for messages
   * @throws IllegalArgumentException if the problem has a format that the prompt cannot ask
   * @throws PromptException if the template cannot be applied to the subject
   */
  Asked asked(Form form, Subject subject, String family) {
    String own = ownFormat(subject.problem());
    if (format != null && !format.equals(own)) {
      throw new IllegalArgumentException(
          "Problem %s has the format '%s', which the prompt family '%s' cannot ask: it is for %s. Leave 'prompt' out."
              .formatted(
                  subject.problem().problemId(),
                  own,
                  family,
                  format.equals(TextTask.NAME)
                      ? "problems in words"
                      : "problems of the format '" + format + "'"));
    }
    return CompiledPrompt.of(this, form).asked(subject);
  }

  private static String ownFormat(Problem problem) {
    return problem.attributes().getOrDefault(TaskFormat.ATTRIBUTE, TextTask.NAME);
  }
}
