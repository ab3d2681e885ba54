package dev.sluice.runners.cli.models;

import dev.sluice.methods.prompt.PromptFamily;
import dev.sluice.methods.prompt.PromptText;
import dev.sluice.records.json.Json;
import dev.sluice.runners.cli.terminal.ExitCode;
import dev.sluice.runners.cli.terminal.GlobalOptions;
import dev.sluice.runners.cli.terminal.Terminal;
import dev.sluice.runners.cli.terminal.TextTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "list", description = "Lists the built-in prompts, by what they ask for.")
final class PromptsListCommand implements Callable<Integer> {
  private static final String TASK =
      "The prompt of the problem's own format. It is code, since each format has its texts.";

  private final Terminal terminal;
  @Mixin private GlobalOptions global = new GlobalOptions();

  PromptsListCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    rows.add(row(PromptFamily.TASK, "any", TASK, ""));
    PromptFamily.all()
        .forEach(
            (name, family) -> {
              PromptText text = family.text();
              rows.add(
                  row(
                      name,
                      family.asksFor().name().toLowerCase(Locale.ROOT),
                      Objects.requireNonNullElse(text.doc(), ""),
                      Objects.requireNonNullElse(text.source(), "")));
            });
    if (global.json()) {
      terminal.out().println(Json.compact(Map.of("prompts", rows)));
      return ExitCode.DONE;
    }
    TextTable table = new TextTable("prompt", "asks for", "doc", "source");
    rows.forEach(
        row ->
            table.row(
                String.valueOf(row.get("name")),
                String.valueOf(row.get("asks_for")),
                String.valueOf(row.get("doc")),
                String.valueOf(row.get("source"))));
    terminal.out().print(table);
    terminal
        .out()
        .println(
            "\n'sluice prompts show NAME > mine.yaml' copies one; 'prompt: {file: mine.yaml}' uses it.");
    return ExitCode.DONE;
  }

  private static Map<String, @Nullable Object> row(
      String name, String asksFor, String doc, String source) {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put("name", name);
    row.put("asks_for", asksFor);
    row.put("doc", doc);
    row.put("source", source);
    return row;
  }
}
