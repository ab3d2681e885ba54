package dev.sluice.runners.cli.export;

import dev.sluice.export.ExportException;
import dev.sluice.export.RunView;
import dev.sluice.export.notebook.Notebook;
import dev.sluice.records.json.Json;
import dev.sluice.runners.cli.run.StatusCommand;
import dev.sluice.runners.cli.terminal.ExitCode;
import dev.sluice.runners.cli.terminal.GlobalOptions;
import dev.sluice.runners.cli.terminal.Terminal;
import dev.sluice.runners.cli.terminal.UserMistake;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "notebook",
    description = "Writes a report of a run as a notebook, including outputs.")
public final class NotebookCommand implements Callable<Integer> {
  private final Terminal terminal;
  @Mixin private GlobalOptions global = new GlobalOptions();

  @Parameters(
      paramLabel = "RUN",
      arity = "0..1",
      description = "Id of a run, or its first characters (default: the newest run).")
  private @Nullable String run;

  @Option(
      names = "--out",
      paramLabel = "FILE.ipynb",
      required = true,
      description = "Output file; an existing file is replaced.")
  private Path out = Path.of("");

  public NotebookCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (!out.toString().endsWith(".ipynb") || out.toString().length() == ".ipynb".length()) {
      throw new UserMistake(
          "--out names a notebook, FILE.ipynb, not '%s'; a file that is there would be replaced."
              .formatted(out));
    }
    Path file = out.toAbsolutePath().normalize();
    try {
      Notebook.write(RunView.open(LocalRun.of(StatusCommand.find(global, run))), file);
    } catch (ExportException e) {
      throw new UserMistake(String.valueOf(e.getMessage()));
    }
    if (global.json()) {
      terminal.out().println(Json.compact(Map.of("path", file.toString())));
    } else {
      terminal.out().println(file);
    }
    return ExitCode.DONE;
  }
}
