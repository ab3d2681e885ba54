package dev.sluice.runners.cli.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A pipeline file and what is set over it. */
public final class FileOptions {
  @Parameters(paramLabel = "FILE", description = "The pipeline file.")
  private Path file = Path.of("");

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description =
          "Override a value of the file, such as pipeline.transforms.votes.config.votes=16 or seed=8. Repeatable.")
  private List<String> sets = new ArrayList<>();

  @Option(
      names = "--param",
      paramLabel = "NAME=VALUE",
      description = "Sets $${param.NAME} of the file. Repeatable.")
  private Map<String, String> params = new LinkedHashMap<>();

  @Option(names = "--until", paramLabel = "NAME", description = "Run the stages up to this one.")
  private @Nullable String until;

  @Option(
      names = "--only",
      paramLabel = "NAME",
      description = "Run this stage only. The artifacts that it reads must exist.")
  private @Nullable String only;

  @Option(
      names = "--paths-from",
      hidden = true,
      paramLabel = "DIR",
      description = "Relative paths in --set and --param count from here, not the current folder.")
  private Path from = Path.of("");

  public Path file() {
    return file;
  }

  List<String> sets() {
    return sets;
  }

  Map<String, String> params() {
    return params;
  }

  /** The folder that relative paths in sets and params count from. */
  Path from() {
    return from.toAbsolutePath().normalize();
  }

  @Nullable String until() {
    return until;
  }

  @Nullable String only() {
    return only;
  }
}
