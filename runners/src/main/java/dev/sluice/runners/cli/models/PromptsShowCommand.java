package dev.sluice.runners.cli.models;

import dev.sluice.methods.prompt.PromptFamily;
import dev.sluice.records.Names;
import dev.sluice.records.json.Json;
import dev.sluice.runners.cli.terminal.ExitCode;
import dev.sluice.runners.cli.terminal.GlobalOptions;
import dev.sluice.runners.cli.terminal.Terminal;
import dev.sluice.runners.cli.terminal.UserMistake;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "show",
    description = "Prints a built-in prompt as a file that you can copy and change.")
final class PromptsShowCommand implements Callable<Integer> {
  private final Terminal terminal;
  @Mixin private GlobalOptions global = new GlobalOptions();

  @Parameters(paramLabel = "NAME", description = "Name of a prompt; see 'sluice prompts list'.")
  private String name = "";

  PromptsShowCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    String yaml = named(name).yaml();
    if (global.json()) {
      terminal.out().println(Json.compact(Map.of("name", name, "yaml", yaml)));
    } else {
      terminal.out().print(yaml);
    }
    return ExitCode.DONE;
  }

  /** A prompt of the program. */
  static PromptFamily named(String name) {
    PromptFamily family = PromptFamily.all().get(name);
    if (family != null) {
      return family;
    }
    if (name.equals(PromptFamily.TASK)) {
      throw new UserMistake(
          "The prompt 'task' is no file: each format of problems has its own texts, in code. 'sluice prompts try task --row RUN/STAGE:ID' shows what it asks of a row.");
    }
    String near = Names.nearest(name, PromptFamily.all().keySet());
    throw new UserMistake(
        "There is no prompt '%s'%s 'sluice prompts list' lists all."
            .formatted(name, near == null ? "." : "; did you mean '" + near + "'?"));
  }
}
