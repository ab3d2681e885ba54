package dev.sluice.runners.cli.run;

import dev.sluice.pipelines.file.LoadResult;
import dev.sluice.pipelines.models.ServerLook;
import dev.sluice.runners.cli.terminal.ExitCode;
import dev.sluice.runners.cli.terminal.GlobalOptions;
import dev.sluice.runners.cli.terminal.Services;
import dev.sluice.runners.cli.terminal.Terminal;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "validate",
    description = "Checks a pipeline file without running it, and prints all mistakes.")
public final class ValidateCommand implements Callable<Integer> {
  private final Services services;
  private final Terminal terminal;
  @Mixin private GlobalOptions global = new GlobalOptions();
  @Mixin private FileOptions options = new FileOptions();

  @Option(names = "--offline", description = "Do not contact model servers.")
  private boolean offline;

  public ValidateCommand(Services services, Terminal terminal) {
    this.services = services;
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    LoadResult loaded = PipelineLoader.load(options, services.registry());
    if (loaded.spec().isPresent()) {
      List<String> chosen =
          PipelineLoader.chosen(loaded.spec().get(), options.until(), options.only());
      loaded = new ServerLook().look(loaded, chosen, !offline);
    }
    boolean valid = loaded.spec().isPresent();
    if (global.json()) {
      terminal.out().println(loaded.json());
    } else {
      loaded.mistakes().forEach(terminal.out()::println);
      loaded.warnings().forEach(warning -> terminal.out().println("warning: " + warning));
      if (valid) {
        terminal
            .out()
            .println(
                options.file()
                    + ": no mistakes, "
                    + loaded.spec().get().stages().size()
                    + " stages");
      }
    }
    return valid ? ExitCode.DONE : ExitCode.MISTAKE;
  }
}
