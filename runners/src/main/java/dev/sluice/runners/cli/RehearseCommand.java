package dev.sluice.runners.cli;

import dev.sluice.runners.cli.run.PipelineLoader;
import dev.sluice.runners.cli.terminal.ExitCode;
import dev.sluice.runners.cli.terminal.Services;
import dev.sluice.runners.cli.terminal.Terminal;
import dev.sluice.runners.cli.terminal.UserMistake;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Loads what later starts will load, so that the launcher can keep its classes in an archive. */
@Command(name = "rehearse", hidden = true, description = "Touches what a run needs; for the build.")
final class RehearseCommand implements Callable<Integer> {
  private final Services services;

  @Parameters(
      paramLabel = "FILE",
      description = "A pipeline file whose first stage needs no model.")
  private Path file = Path.of("");

  RehearseCommand(Services services) {
    this.services = services;
  }

  @Override
  public Integer call() throws IOException {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    Terminal silent = new Terminal(nowhere, nowhere, 0);
    Path workspace = Files.createTempDirectory("sluice-rehearsal");
    try {
      String first =
          PipelineLoader.load(file, services.registry())
              .spec()
              .map(spec -> spec.stageNames().get(0))
              .orElseThrow(() -> new UserMistake("There are mistakes in " + file));
      String place = workspace.resolve("w").toString();
      for (List<String> words :
          List.of(
              List.of("validate", file.toString(), "--json"),
              List.of("run", file.toString(), "--until", first, "--workspace", place),
              List.of("plan", file.toString(), "--workspace", place),
              List.of("plan", file.toString(), "--workspace", place, "--json"),
              List.of("runs", "--workspace", place),
              List.of("doctor", "--workspace", place))) {
        int unused = SluiceCommand.execute(new Services(), silent, words.toArray(String[]::new));
      }
    } finally {
      try (Stream<Path> files = Files.walk(workspace)) {
        for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(each);
        }
      }
    }
    return ExitCode.DONE;
  }
}
