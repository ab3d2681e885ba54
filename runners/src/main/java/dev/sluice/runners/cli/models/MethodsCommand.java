package dev.sluice.runners.cli.models;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.export.Exports;
import dev.sluice.pipelines.file.StageTypes;
import dev.sluice.pipelines.file.pages.MetricsPage;
import dev.sluice.runners.cli.terminal.ExitCode;
import dev.sluice.runners.cli.terminal.GlobalOptions;
import dev.sluice.runners.cli.terminal.Services;
import dev.sluice.runners.cli.terminal.Terminal;
import dev.sluice.runners.cli.terminal.TextTable;
import dev.sluice.runners.cli.terminal.UserMistake;
import dev.sluice.stages.Methods;
import dev.sluice.stages.Methods.Method;
import dev.sluice.stages.MetricDefinition;
import dev.sluice.stages.ReplyMetrics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
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
    List<Method> methods = chosen();
    if (methods.isEmpty()) {
      throw new UserMistake("There is no method '%s'. 'sluice methods' lists all.".formatted(name));
    }
    if (global.json()) {
      ObjectMapper mapper = new ObjectMapper();
      ObjectNode json = mapper.createObjectNode();
      json.set("methods", mapper.valueToTree(methods));
      terminal.out().println(json);
    } else if (name == null) {
      TextTable table = new TextTable("method", "stage", "computes");
      methods.forEach(method -> table.row(method.name(), method.stage(), method.computes()));
      terminal.out().print(table);
      terminal.out().println("\nsluice methods NAME says more of one, or of all of a stage.");
    } else {
      methods.forEach(this::print);
    }
    return ExitCode.DONE;
  }

  /** The metrics of a name, else those whose name or stage contains it. */
  private void metrics() {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode json = mapper.createObjectNode();
    var array = json.putArray("metrics");
    String wanted = name == null ? "" : name.toLowerCase(Locale.ROOT);
    StringBuilder text = new StringBuilder();
    for (boolean exact : name == null ? new boolean[] {false} : new boolean[] {true, false}) {
      metricsByStage()
          .forEach(
              (stage, defined) -> {
                for (MetricDefinition metric : defined) {
                  String whole = (metric.name() + " " + stage).toLowerCase(Locale.ROOT);
                  if (exact ? metric.defines(wanted) : whole.contains(wanted)) {
                    String of = MetricsPage.extent(metric);
                    array
                        .addObject()
                        .put("name", metric.name())
                        .put("stage", stage)
                        .put("of", of)
                        .put("meaning", metric.meaning());
                    text.append(
                        "%s (%s, of %s)%n  %s%n%n"
                            .formatted(metric.name(), stage, of, metric.meaning()));
                  }
                }
              });
      if (!text.isEmpty()) {
        break;
      }
    }
    if (text.isEmpty()) {
      throw new UserMistake(
          "There is no metric '%s'. 'sluice methods --metrics' lists all.".formatted(name));
    }
    if (global.json()) {
      terminal.out().println(json);
    } else {
      terminal.out().print(text);
    }
  }

  private Map<String, List<MetricDefinition>> metricsByStage() {
    Map<String, List<MetricDefinition>> all = new LinkedHashMap<>();
    StageTypes.of(services.registry()).all().forEach(type -> all.put(type.name(), type.metrics()));
    all.put("every stage", ReplyMetrics.DEFINITIONS);
    return all;
  }

  /** The formats in which a run leaves Sluice: {@code sluice export} and the stage Export. */
  private static List<Method> exporters() {
    return Exports.all().stream()
        .map(
            exporter ->
                new Method(
                    exporter.name(),
                    "Export",
                    exporter.doc(),
                    "",
                    "",
                    List.of("--format " + exporter.name())))
        .toList();
  }

  /** Those of the name alone, else of the stage, else those that contain it. */
  private List<Method> chosen() {
    List<Method> all = new ArrayList<>(Methods.all());
    all.addAll(exporters());
    if (name == null) {
      return all;
    }
    String wanted = name.toLowerCase(Locale.ROOT);
    List<Method> same = all.stream().filter(method -> method.name().equals(wanted)).toList();
    return !same.isEmpty()
        ? same
        : all.stream()
            .filter(
                method ->
                    (method.name() + " " + method.stage())
                        .toLowerCase(Locale.ROOT)
                        .contains(wanted))
            .toList();
  }

  private void print(Method method) {
    terminal.out().println(method.name() + " (" + method.stage() + ")");
    terminal.out().println("  " + method.computes());
    line("formula", method.formula());
    line("source", method.source());
    line("options", String.join(", ", method.options()));
    terminal.out().println();
  }

  private void line(String title, String text) {
    if (!text.isEmpty()) {
      terminal.out().printf("  %-8s %s%n", title, text);
    }
  }
}
