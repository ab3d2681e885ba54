package dev.sluice.methods.prompt;

import dev.sluice.jinja.TextTemplate;
import dev.sluice.jinja.TextTemplate.Use;
import dev.sluice.jinja.value.TemplateException;
import dev.sluice.methods.task.TextTask;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.records.Criterion;
import dev.sluice.records.Message;
import dev.sluice.records.Names;
import dev.sluice.records.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds what is wrong with a template before any work: it does not parse, it names a variable that
 * is not supplied where it is used, or it fails on a sample row.
 */
final class PromptCheck {
  private static final int MAX_SHOWN = 8;

  private final Set<PromptVariable> supplied;

  /**
   * @param supplied the variables that there are where the prompt is used
   */
  PromptCheck(Set<PromptVariable> supplied) {
    this.supplied = supplied;
  }

  /** The mistakes of a template at a key. */
  List<ConfigMistake> check(String key, String source) {
    TextTemplate template;
    try {
      template = new TextTemplate(source, PromptFilters.ALL);
    } catch (TemplateException e) {
      return List.of(at(key, source, e, "the template cannot be read"));
    }
    List<ConfigMistake> mistakes = new ArrayList<>();
    List<String> known = PromptVariable.labels(supplied);
    for (Use use : template.variables()) {
      if (!known.contains(use.name())) {
        mistakes.add(
            new ConfigMistake(
                key,
                "line %d of the template: %s; there are %s"
                    .formatted(use.line(), missing(use.name()), String.join(", ", known)),
                use.name(),
                known,
                use.line()));
      }
    }
    for (Use use : template.unknownFilters()) {
      mistakes.add(
          new ConfigMistake(
              key,
              "line %d of the template: there is no filter '%s'; there are %s"
                  .formatted(use.line(), use.name(), String.join(", ", template.filters())),
              use.name(),
              template.filters(),
              use.line()));
    }
    if (!mistakes.isEmpty()) {
      return mistakes.subList(0, Math.min(MAX_SHOWN, mistakes.size()));
    }
    try {
      String text = template.render(PromptVariable.values(sample(template)));
      return text.isBlank()
          ? List.of(
              new ConfigMistake(
                  key, "the template makes an empty text of a sample row; write what is asked"))
          : List.of();
    } catch (TemplateException e) {
      return List.of(at(key, source, e, "the template fails on a sample row"));
    }
  }

  private static String missing(String name) {
    for (PromptVariable each : PromptVariable.values()) {
      if (each.label().equals(name)) {
        return "the variable '%s' is not supplied here".formatted(name);
      }
    }
    return "there is no variable '%s' (a fact of the problem's source is 'attributes.%s')"
        .formatted(name, name);
  }

  private static ConfigMistake at(String key, String source, TemplateException e, String what) {
    // The end of a text lies behind its last line.
    int line = (int) Math.min(e.line(), source.lines().count());
    return new ConfigMistake(
        key,
        "%s%s: %s"
            .formatted(
                what, line > 0 ? " (line %d)".formatted(line) : "", e.message(Names::nearest)),
        "",
        List.of(),
        line);
  }

  /** A row that has every attribute that the template reads. */
  private static Subject sample(TextTemplate template) {
    Map<String, String> attributes = new HashMap<>(Map.of("format", TextTask.NAME));
    for (Use use : template.attributes(PromptVariable.ATTRIBUTES.label())) {
      attributes.putIfAbsent(use.name(), "1");
    }
    Problem problem =
        new Problem(
            "sample", List.of(Message.user("How much is 2 and 3?")), "5", "sample", 1, attributes);
    return new Subject(
        problem,
        "Step 1: 2 + 3 = 5.\nAnswer: 5",
        List.of("2 + 3 = 6\nAnswer: 6", "Answer: 5"),
        List.of(new Criterion("answer", "5", 1, "equals")));
  }
}
