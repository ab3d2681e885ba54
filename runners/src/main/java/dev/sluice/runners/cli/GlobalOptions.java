package dev.sluice.runners.cli;

import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Option;

/** Options of every command. */
final class GlobalOptions {
  @Option(
      names = "--workspace",
      paramLabel = "DIR",
      description =
          "Where artifacts and runs lie (environment: SLUICE_WORKSPACE; default: ./workspace).")
  private Path workspace = defaultWorkspace();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows what the command takes.")
  private boolean help;

  @Option(names = "--json", description = "Print exactly one JSON object to standard output.")
  private boolean json;

  @Option(names = "--quiet", description = "No progress.")
  private boolean quiet;

  @Option(
      names = "--log-level",
      paramLabel = "LEVEL",
      description =
          "Log lines on standard error: off, error, warn, info or debug (default: off). A run's own log is in its folder in any case.")
  private LogLevel logLevel = LogLevel.OFF;

  /** How much of the log goes to standard error. */
  enum LogLevel {
    OFF,
    ERROR,
    WARN,
    INFO,
    DEBUG;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  Path workspace() {
    return workspace.toAbsolutePath().normalize();
  }

  boolean help() {
    return help;
  }

  boolean json() {
    return json;
  }

  boolean quiet() {
    return quiet;
  }

  LogLevel logLevel() {
    return logLevel;
  }

  private static Path defaultWorkspace() {
    String named = System.getenv("SLUICE_WORKSPACE");
    return Path.of(named == null || named.isBlank() ? "workspace" : named);
  }
}
