package dev.sluice.methods.prompt;

import dev.sluice.jinja.TextTemplate;
import dev.sluice.jinja.value.TemplateException;
import dev.sluice.methods.reply.ReplyParser;
import dev.sluice.methods.text.Memo;
import dev.sluice.records.Names;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The templates of a prompt in one form, ready to be applied. */
final class CompiledPrompt {
  /** Configs hold texts and travel; what is made of them is kept here. */
  private static final Memo<Key, CompiledPrompt> KEPT = new Memo<>(64);

  private final @Nullable TextTemplate system;
  private final TextTemplate text;
  private final String schema;

  private record Key(PromptText prompt, Form form) {}

  private CompiledPrompt(PromptText prompt, Form form) {
    String source = prompt.text(form);
    if (source == null) {
      throw new IllegalArgumentException(
          "The prompt has no text '%s'; 'validate' says so of a pipeline file."
              .formatted(PromptText.key(form)));
    }
    String first = prompt.system();
    system = first == null ? null : new TextTemplate(first, PromptFilters.ALL);
    text = new TextTemplate(source, PromptFilters.ALL);
    schema = Optional.ofNullable(prompt.reply()).flatMap(ReplyParser::jsonSchema).orElse("");
  }

  /**
   * The templates of a prompt.
   *
   * @throws IllegalArgumentException if it has no text of the form
   * @throws TemplateException if a template cannot be read
   */
  static CompiledPrompt of(PromptText prompt, Form form) {
    return KEPT.get(new Key(prompt, form), key -> new CompiledPrompt(key.prompt(), key.form()));
  }

  /** Whether a prompt reads a variable; false if its templates cannot be read. */
  static boolean reads(PromptText prompt, Form form, PromptVariable variable) {
    if (prompt.text(form) == null) {
      return false;
    }
    try {
      CompiledPrompt compiled = of(prompt, form);
      return reads(compiled.text, variable)
          || (compiled.system != null && reads(compiled.system, variable));
    } catch (TemplateException e) {
      return false; // A mistake of the file, which its check names.
    }
  }

  private static boolean reads(TextTemplate template, PromptVariable variable) {
    return template.variables().stream().anyMatch(use -> use.name().equals(variable.label()));
  }

  /**
   * What is asked.
   *
   * @throws PromptException if a template cannot be applied to the subject
   */
  Asked asked(Subject subject) {
    Map<String, Object> values = PromptVariable.values(subject);
    try {
      return new Asked(system == null ? "" : system.render(values), text.render(values), schema);
    } catch (TemplateException e) {
      throw new PromptException(
          "The template of the prompt cannot be applied to problem %s%s: %s. Change the template; 'sluice prompts try' shows what it makes of a row."
              .formatted(
                  subject.problem().problemId(),
                  e.line() > 0 ? " (line " + e.line() + ")" : "",
                  e.message(Names::nearest)),
          e);
    }
  }
}
