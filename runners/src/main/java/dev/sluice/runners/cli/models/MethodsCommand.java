package dev.sluice.runners.cli.models;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.export.Exports;
import dev.sluice.parts.Gives;
import dev.sluice.parts.Need;
import dev.sluice.pipelines.file.pages.ListedMethod;
import dev.sluice.pipelines.file.pages.Paper;
import dev.sluice.records.Names;
import dev.sluice.runners.cli.terminal.ExitCode;
import dev.sluice.runners.cli.terminal.GlobalOptions;
import dev.sluice.runners.cli.terminal.Services;
import dev.sluice.runners.cli.terminal.Terminal;
import dev.sluice.runners.cli.terminal.TextTable;
import dev.sluice.runners.cli.terminal.UserMistake;
import dev.sluice.stages.Methods.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "methods",
    description =
        "Lists every method that a pipeline file can select: what it computes, paper, formula, options and stage.")
public final class MethodsCommand implements Callable<Integer> {
  private final Services services;
  private final Terminal terminal;
  @Mixin private GlobalOptions global = new GlobalOptions();

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "Name of a method or stage type, or a part of the name.")
  private @Nullable String name;

  @Option(
      names = "--needs",
      paramLabel = "WHAT",
      description = "Only methods that need this, such as reference, steps or step_scores.")
  private @Nullable String needs;

  @Option(
      names = "--gives",
      paramLabel = "WHAT",
      description = "Only methods that give this to others, such as step_scores.")
  private @Nullable String gives;

  @Option(
      names = "--paper",
      paramLabel = "TEXT",
      description =
          "Only methods of a paper, by its arXiv identifier or a part of its title; says what of the paper is missing.")
  private @Nullable String paper;

  @Option(
      names = "--metrics",
      description = "List every metric that stages print, with its meaning, instead.")
  private boolean metrics;

  public MethodsCommand(Services services, Terminal terminal) {
    this.services = services;
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (metrics) {
      metrics();
      return ExitCode.DONE;
    }
    List<ListedMethod> all = new ArrayList<>(ListedMethod.all());
    all.addAll(exporters());
    List<Paper> papers = papers();
    Need needed = needs == null ? null : word("--needs", needs, Need.values());
    Gives given = gives == null ? null : word("--gives", gives, Gives.values());
    List<ListedMethod> methods =
        named(all).stream()
            .filter(each -> needed == null || each.needs().contains(needed))
            .filter(each -> given == null || each.gives().contains(given))
            .filter(each -> paper == null || isOf(each, papers, all))
            .toList();
    if (methods.isEmpty() && papers.isEmpty()) {
      throw new UserMistake(nothing());
    }
    if (global.json()) {
      terminal.out().println(json(methods, papers, all));
      return ExitCode.DONE;
    }
    papers.forEach(each -> print(each, all));
    if (name == null && paper == null) {
      TextTable table = new TextTable("method", "stage", "computes");
      methods.forEach(
          each -> table.row(each.method().name(), each.method().stage(), each.method().computes()));
      terminal.out().print(table);
      terminal.out().println("\nsluice methods NAME says more of one, or of all of a stage.");
    } else {
      methods.forEach(this::print);
    }
    return ExitCode.DONE;
  }

  private void metrics() {
    MetricsList list = MetricsList.of(services.registry(), name);
    if (list.isEmpty()) {
      throw new UserMistake(
          "There is no metric '%s'. 'sluice methods --metrics' lists all.".formatted(name));
    }
    terminal.out().print(global.json() ? list.json() + System.lineSeparator() : list.text());
  }

  /** Why nothing is listed. */
  private String nothing() {
    if (paper != null) {
      return "No method is of a paper '%s', and the list of papers has none of this identifier or title. 'sluice methods' lists all methods, docs/papers.md all papers."
          .formatted(paper);
    }
    if (needs == null && gives == null) {
      return "There is no method '%s'. 'sluice methods' lists all.".formatted(name);
    }
    return "No method%s%s%s is listed. 'sluice methods' lists all."
        .formatted(
            name == null ? "" : " '" + name + "'",
            needs == null ? "" : " with --needs " + needs,
            gives == null ? "" : " with --gives " + gives);
  }

  /** The value of an option by its word. */
  private static <E extends Enum<E>> E word(String option, String word, E[] values) {
    String wanted = word.replace('-', '_');
    List<String> words = sorted(List.of(values));
    for (E value : values) {
      if (value.name().equalsIgnoreCase(wanted)) {
        return value;
      }
    }
    String nearest = Names.nearest(word, words);
    throw new UserMistake(
        "%s is '%s', but must be one of %s.%s"
            .formatted(
                option,
                word,
                String.join(", ", words),
                nearest == null ? "" : " Do you mean '%s'?".formatted(nearest)));
  }

  /** The formats in which a run leaves Sluice: {@code sluice export} and the stage Export. */
  private static List<ListedMethod> exporters() {
    return Exports.all().stream()
        .map(
            exporter ->
                new ListedMethod(
                    new Method(
                        exporter.name(),
                        "Export",
                        exporter.doc(),
                        "",
                        "",
                        List.of(),
                        List.of("--format " + exporter.name())),
                    Set.of(),
                    Set.of(),
                    ""))
        .toList();
  }

  /** Those of the name alone, else of the stage, else those that contain it. */
  private List<ListedMethod> named(List<ListedMethod> all) {
    if (name == null) {
      return all;
    }
    String wanted = name.toLowerCase(Locale.ROOT);
    List<ListedMethod> same =
        all.stream().filter(each -> each.method().name().equals(wanted)).toList();
    return !same.isEmpty()
        ? same
        : all.stream()
            .filter(
                each ->
                    (each.method().name() + " " + each.method().stage())
                        .toLowerCase(Locale.ROOT)
                        .contains(wanted))
            .toList();
  }

  private List<Paper> papers() {
    String wanted = paper;
    return wanted == null
        ? List.of()
        : Paper.all().stream().filter(each -> each.answers(wanted)).toList();
  }

  /** Whether a method is of a paper that is asked for, be it in the list of papers or not. */
  private boolean isOf(ListedMethod method, List<Paper> papers, List<ListedMethod> all) {
    return method.method().papers().contains(paper)
        || papers.stream().anyMatch(each -> each.methods(all).contains(method));
  }

  private static ObjectNode json(
      List<ListedMethod> methods, List<Paper> papers, List<ListedMethod> all) {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode json = mapper.createObjectNode();
    ArrayNode listed = json.putArray("methods");
    for (ListedMethod each : methods) {
      ObjectNode node = mapper.valueToTree(each.method());
      node.set("needs", mapper.valueToTree(sorted(each.needs())));
      node.set("gives", mapper.valueToTree(sorted(each.gives())));
      listed.add(node);
    }
    if (!papers.isEmpty()) {
      ArrayNode array = json.putArray("papers");
      for (Paper each : papers) {
        array
            .addObject()
            .put("title", each.title())
            .put("url", each.url())
            .put("state", each.state(all).words())
            .put("missing", each.missing())
            .set("recipes", mapper.valueToTree(each.recipes()));
      }
    }
    return json;
  }

  private static List<String> sorted(Collection<? extends Enum<?>> values) {
    return values.stream().map(each -> each.name().toLowerCase(Locale.ROOT)).sorted().toList();
  }

  private void print(Paper of, List<ListedMethod> all) {
    terminal.out().println(of.title());
    line("link", of.url());
    line("idea", of.idea());
    line("state", of.state(all).words());
    line("missing", of.missing());
    line("files", String.join(", ", of.recipes()));
    terminal.out().println();
  }

  private void print(ListedMethod listed) {
    Method method = listed.method();
    terminal.out().println(method.name() + " (" + method.stage() + ")");
    terminal.out().println("  " + method.computes());
    line("formula", method.formula());
    line("source", method.source());
    line("needs", words(listed.needs().stream().map(Need::words)));
    line("gives", words(listed.gives().stream().map(Gives::words)));
    line("options", String.join(", ", method.options()));
    terminal.out().println();
  }

  private static String words(Stream<String> words) {
    return words.sorted().collect(Collectors.joining(", "));
  }

  private void line(String title, String text) {
    if (!text.isEmpty()) {
      terminal.out().printf("  %-8s %s%n", title, text);
    }
  }
}
