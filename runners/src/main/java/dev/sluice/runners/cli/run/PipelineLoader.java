package dev.sluice.runners.cli.run;

import dev.sluice.parts.Registry;
import dev.sluice.pipelines.file.LoadResult;
import dev.sluice.pipelines.file.PipelineFile;
import dev.sluice.pipelines.file.PipelineSpec;
import dev.sluice.pipelines.file.yaml.LoadContext;
import dev.sluice.runners.cli.terminal.GlobalOptions;
import dev.sluice.runners.cli.terminal.Terminal;
import dev.sluice.runners.cli.terminal.UserMistake;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Loads the file of a command and chooses its stages. */
public final class PipelineLoader {
  private PipelineLoader() {}

  public static LoadResult load(Path file, Registry registry) {
    return PipelineFile.load(file, Map.of(), List.of(), System.getenv(), registry);
  }

  /** The file, with a look at what it names outside. */
  public static LoadResult load(FileOptions options, Registry registry) {
    LoadContext here = LoadContext.of(System.getenv()).from(options.from()).looking();
    return PipelineFile.load(options.file(), options.params(), options.sets(), here, registry);
  }

  /** The file as its schedule would run it: with the parameters that the schedule gives. */
  public static LoadResult loadScheduled(FileOptions options, Registry registry) {
    return PipelineFile.loadScheduled(
        options.file(), Instant.now(), options.params(), options.sets(), System.getenv(), registry);
  }

  /** The spec; if there are mistakes, they are printed and nothing comes back. */
  public static Optional<PipelineSpec> checked(
      LoadResult loaded, Terminal terminal, GlobalOptions global) {
    if (loaded.spec().isEmpty()) {
      if (global.json()) {
        terminal.out().println(loaded.json());
      }
      loaded.mistakes().forEach(terminal.err()::println);
      return Optional.empty();
    }
    loaded.warnings().forEach(warning -> terminal.err().println("warning: " + warning));
    return loaded.spec();
  }

  /** The names of the stages that the options choose, in the order of the file. */
  static List<String> chosen(PipelineSpec spec, @Nullable String until, @Nullable String only) {
    List<String> names = spec.stageNames();
    if (until != null && only != null) {
      throw new UserMistake("--until and --only exclude each other; give one of them.");
    }
    if (until != null) {
      return names.subList(0, index(names, until, "--until") + 1);
    }
    return only == null ? names : List.of(names.get(index(names, only, "--only")));
  }

  private static int index(List<String> names, String name, String option) {
    int index = names.indexOf(name);
    if (index < 0) {
      throw new UserMistake(
          "%s names the stage '%s', which the file does not have; it has %s."
              .formatted(option, name, String.join(", ", names)));
    }
    return index;
  }
}
