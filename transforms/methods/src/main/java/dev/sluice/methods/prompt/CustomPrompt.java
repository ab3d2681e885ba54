package dev.sluice.methods.prompt;

import dev.sluice.methods.reply.ReplyParser;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.parts.Need;
import dev.sluice.records.Hashes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the keys of a prompt come to: the text of a family, of a file, or of the pipeline file
 * itself.
 *
 * @param family a family's name; {@link PromptFamily#TASK} if none is named
 * @param file the content of a file; null if none is named
 * @param template a text in the pipeline file itself; null if there is none
 * @param system its system message; null if there is none
 * @param reply how its reply is read; null if the file does not say
 */
record CustomPrompt(
    String family,
    Form form,
    @Nullable PromptText file,
    @Nullable String template,
    @Nullable String system,
    @Nullable ReplyParser reply) {

  /** Whether the problem's own world asks. */
  boolean isTask() {
    return file == null && template == null && family.equals(PromptFamily.TASK);
  }

  /** Whether a user wrote it. */
  boolean isOfUser() {
    return file != null || template != null;
  }

  /**
   * The prompt; not of {@link #isTask}.
   *
   * @param asksFor what a text of the pipeline file itself asks for
   */
  PromptText text(PromptPurpose asksFor) {
    if (file != null) {
      return file;
    }
    return template == null
        ? PromptFamily.named(family).text()
        : PromptText.inline(asksFor, system, template, reply);
  }

  /**
   * Such as {@code 'spark' (few_shot)}; texts of users have a digest, so that two are told apart.
   */
  String described() {
    String word = form.name().toLowerCase(Locale.ROOT);
    if (!isOfUser()) {
      return "'%s' (%s)".formatted(family, word);
    }
    String name = file == null || file.name() == null ? "its own text" : "'" + file.name() + "'";
    String texts =
        file == null
            ? system + "\n" + template + "\n" + reply
            : file.system() + "\n" + file.text(form) + "\n" + file.reply();
    return "%s %s (%s)".formatted(name, Hashes.hex(texts).substring(0, 8), word);
  }

  /** Whether a template reads a variable. */
  boolean reads(PromptPurpose asksFor, PromptVariable variable) {
    return !isTask() && CompiledPrompt.reads(text(asksFor), form, variable);
  }

  /** What it must be given. */
  Set<Need> needs(PromptPurpose asksFor) {
    return reads(asksFor, PromptVariable.REFERENCE) ? Set.of(Need.REFERENCE) : Set.of();
  }

  /** Mistakes of the keys together and of the templates. */
  List<ConfigMistake> check(String key, PromptPurpose asksFor, Set<PromptVariable> supplied) {
    List<ConfigMistake> mistakes = new ArrayList<>();
    if (file != null && (template != null || system != null || reply != null)) {
      mistakes.add(
          new ConfigMistake(
              key + ".file",
              "the file holds the whole prompt; leave out 'template', 'system' and 'reply', or write them without 'file'"));
    }
    if (isOfUser() && !family.equals(PromptFamily.TASK)) {
      mistakes.add(
          new ConfigMistake(
              key + ".family",
              "a prompt is a family, a 'file' or a 'template'; leave out 'family' here"));
    }
    if (!isOfUser() && (system != null || reply != null)) {
      mistakes.add(
          new ConfigMistake(
              key + (system == null ? ".reply" : ".system"),
              "'system' and 'reply' go with a 'template'; write one, or copy the family with 'sluice prompts show %s' and name the file"
                  .formatted(family)));
    }
    if (!mistakes.isEmpty() || !isOfUser()) {
      return mistakes;
    }
    return templates(key, text(asksFor), supplied);
  }

  private List<ConfigMistake> templates(String key, PromptText text, Set<PromptVariable> supplied) {
    PromptCheck check = new PromptCheck(supplied);
    if (file == null) {
      List<ConfigMistake> mistakes =
          new ArrayList<>(check.check(key + ".template", String.valueOf(template)));
      if (system != null) {
        mistakes.addAll(check.check(key + ".system", system));
      }
      return mistakes;
    }
    List<ConfigMistake> mistakes = new ArrayList<>();
    if (text.text(form) == null) {
      mistakes.add(
          new ConfigMistake(
              key + ".file",
              "the file has no text '%s', which the form '%s' needs; write one%s"
                  .formatted(
                      PromptText.key(form),
                      form.name().toLowerCase(Locale.ROOT),
                      text.user() == null && text.fewShot() == null
                          ? ""
                          : ", or name the other form")));
    }
    if (text.user() != null) {
      mistakes.addAll(check.check(key + ".file.user", text.user()));
    }
    if (text.fewShot() != null) {
      mistakes.addAll(check.check(key + ".file.few_shot", text.fewShot()));
    }
    if (text.system() != null) {
      mistakes.addAll(check.check(key + ".file.system", text.system()));
    }
    return mistakes;
  }
}
