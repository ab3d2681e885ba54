package dev.sluice.pipelines.file.pages;

import dev.sluice.parts.Gives;
import dev.sluice.parts.Method;
import dev.sluice.parts.Need;
import dev.sluice.parts.Part;
import dev.sluice.parts.Port;
import dev.sluice.parts.Registry;
import dev.sluice.pipelines.file.Binder;
import dev.sluice.pipelines.file.Shape;
import dev.sluice.pipelines.file.StageTypes;
import dev.sluice.pipelines.file.check.FitCheck;
import dev.sluice.stages.Methods;
import dev.sluice.stages.StageType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The page of all methods, in Markdown, made from the parts and what they say of themselves. */
public final class MethodsPage {
  private static final String HEAD =
      """
      # Methods: what a pipeline file can select

      Generated from the code. `sluice methods [NAME]` prints the same. See also
      [why the methods are as they are](../METHODS.md), [how to add one](../guides/plugins.md) and
      [what there is of which paper](../papers.md).

      `KEY: WORD` selects a method; `KEY: {kind: WORD, …}` selects it and sets its keys. What a method
      needs must be given by another method of its stage or of a stage whose tables it reads. A method
      that needs the reference answer or a program that grades makes the run not reference-free.
      """;

  private final StringBuilder page = new StringBuilder(HEAD);
  private final Registry registry;

  private MethodsPage(Registry registry) {
    this.registry = registry;
  }

  /** The page, with a line break at the end. */
  public static String markdown(Registry registry) {
    return new MethodsPage(registry).page();
  }

  private String page() {
    for (StageType<?> stage : StageTypes.of(registry).all()) {
      for (Class<?> port : registry.ports()) {
        Port where = port.getAnnotation(Port.class);
        if (where.stage().equals(stage.name()) && !where.key().isEmpty()) {
          parts(port, where);
        }
      }
    }
    page.append(
        "\n## Selected by other keys\n\n| method | stage | computes | formula | source | keys |\n|---|---|---|---|---|---|\n");
    for (Methods.Method method : Methods.listed()) {
      row(
          anchor(method.stage(), method.name()) + method.name(),
          method.stage(),
          method.computes(),
          code(method.formula()),
          method.source(),
          code(String.join(", ", method.options())));
    }
    return page.toString();
  }

  private void parts(Class<?> port, Port where) {
    page.append(
        "\n## %s: `%s` of %s\n".formatted(capital(where.value()), where.key(), where.stage()));
    Map<String, Part> usual = FitCheck.usual(port, registry);
    registry
        .parts(port)
        .forEach(
            (word, type) -> {
              page.append('\n').append(anchor(where.stage(), Methods.name(where, word)));
              part(word, type, usual.get(word));
            });
  }

  private static String anchor(String stage, String method) {
    return "<a id=\"%s\"></a>".formatted(ListedMethod.anchor(stage, method));
  }

  private void part(String word, Class<? extends Record> type, @Nullable Part part) {
    Method method = type.getAnnotation(Method.class);
    page.append("\n### `%s`%s\n\n".formatted(word, method == null ? "" : ": " + method.name()));
    page.append(Binder.doc(type)).append('\n');
    List<String> facts = new ArrayList<>();
    if (method != null) {
      fact(facts, "Formula", code(method.formula()));
      fact(facts, "Source", method.paper());
      fact(facts, "Departs", method.departs());
    }
    fact(facts, "Code", code(type.getName()));
    if (part != null) {
      fact(facts, "Needs", words(part.needs().stream().map(Need::words).toList()));
      fact(facts, "Gives", words(part.gives().stream().map(Gives::words).toList()));
    }
    if (!facts.isEmpty()) {
      page.append('\n');
      facts.forEach(fact -> page.append(fact).append('\n'));
    }
    if (!Shape.fields(type).isEmpty()) {
      page.append("\n| key | value | default | meaning |\n|---|---|---|---|\n");
      for (Shape.Field field : Shape.fields(type)) {
        row(
            "`" + field.name() + "`",
            KeyReferencePage.value(field),
            KeyReferencePage.byDefault(field),
            field.key().value());
      }
    }
  }

  private static void fact(List<String> facts, String name, String text) {
    if (!text.isEmpty()) {
      facts.add("- %s: %s%s".formatted(name, text, text.endsWith(".") ? "" : "."));
    }
  }

  private static String words(List<String> words) {
    return String.join(", ", new TreeSet<>(words));
  }

  private static String code(String text) {
    return text.isEmpty() ? "" : "`" + text + "`";
  }

  private static String capital(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }

  private void row(String... cells) {
    for (String cell : cells) {
      page.append("| ").append(cell.replace("|", "\\|")).append(' ');
    }
    page.append("|\n");
  }
}
