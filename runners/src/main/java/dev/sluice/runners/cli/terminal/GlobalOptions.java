package dev.sluice.runners.cli.terminal;

import dev.sluice.pipelines.store.Workspace;
import java.util.Locale;
import picocli.CommandLine.Option;

/** Options of every command. */
public final class GlobalOptions {
  @Option(
      names = "--workspace",
      paramLabel = "DIR",
      description =
          "Folder of artifacts and runs, or a Beam file system path such as s3://bucket/folder (environment: SLUICE_WORKSPACE; default: ./workspace).")
  private String workspace = defaultWorkspace();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  private boolean help;

  @Option(names = "--json", description = "Print exactly one JSON object to standard output.")
  private boolean json;

  @Option(names = "--quiet", description = "Do not print progress; warnings are printed.")
  private boolean quiet;

  @Option(
      names = "--log-level",
      paramLabel = "LEVEL",
      description =
          "Log level on standard error: off, error, warn, info or debug (default: off). Each run also has a log file in its folder.")
  private LogLevel logLevel = LogLevel.OFF;

  /** How much of the log goes to standard error. */
  public enum LogLevel {
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

  /** The workspace that the command works in. */
  public Workspace workspace() {
    return Workspace.at(workspace);
  }

  boolean help() {
    return help;
  }

  public boolean json() {
    return json;
  }

  public boolean quiet() {
    return quiet;
  }

  LogLevel logLevel() {
    return logLevel;
  }

  private static String defaultWorkspace() {
    String named = System.getenv("SLUICE_WORKSPACE");
    return named == null || named.isBlank() ? "workspace" : named;
  }
}
