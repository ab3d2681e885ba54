package dev.sluice.runners.cli.run;

import dev.sluice.pipelines.file.LoadResult;
import dev.sluice.pipelines.file.PipelineFile;
import dev.sluice.pipelines.file.yaml.LoadContext;
import dev.sluice.pipelines.run.folder.Invocation;
import dev.sluice.pipelines.run.folder.RunCheck;
import dev.sluice.pipelines.run.folder.RunFolder;
import dev.sluice.pipelines.store.Finding;
import dev.sluice.runners.cli.terminal.GlobalOptions;
import dev.sluice.runners.cli.terminal.Services;
import dev.sluice.runners.cli.terminal.Terminal;
import dev.sluice.runners.cli.terminal.UserMistake;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What a run was started with, to be started again. */
public final class Submission {
  private final String text;
  private final Invocation invocation;
  private final Services services;
  private final Terminal terminal;
  private final GlobalOptions global;

  private Submission(
      String text,
      Invocation invocation,
      Services services,
      Terminal terminal,
      GlobalOptions global) {
    this.text = text;
    this.invocation = invocation;
    this.services = services;
    this.terminal = terminal;
    this.global = global;
  }

  public static Submission of(
      RunFolder folder, Services services, Terminal terminal, GlobalOptions global) {
    String text = folder.submitted();
    Invocation invocation = folder.invocation();
    if (text == null || invocation == null) {
      List<Finding> found =
          RunCheck.of(folder).stream()
              .filter(
                  each -> each.path().endsWith(text == null ? "pipeline.yaml" : "invocation.json"))
              .toList();
      if (!found.isEmpty()) {
        throw new UserMistake(found.get(0).sentence());
      }
      throw new UserMistake(
          "The run %s does not say what it was started with (%s lacks pipeline.yaml or invocation.json); give its file to 'sluice run'."
              .formatted(folder.id(), folder.path()));
    }
    return new Submission(text, invocation, services, terminal, global);
  }

  Invocation invocation() {
    return invocation;
  }

  /**
   * The file as submitted, checked again as if it still lay where it was; if there are mistakes,
   * they are printed and nothing comes back.
   */
  public Optional<LoadResult> checked() {
    LoadContext then = LoadContext.of(System.getenv()).looking();
    String given = invocation.folder();
    LoadResult loaded =
        PipelineFile.load(
            invocation.file(),
            text,
            invocation.params(),
            invocation.sets(),
            given == null ? then : then.from(Path.of(given)),
            services.registry());
    boolean valid = PipelineLoader.checked(loaded, terminal, global).isPresent();
    Path folder = Path.of(invocation.file()).toAbsolutePath().getParent();
    if (!valid && folder != null && !Files.isDirectory(folder)) {
      terminal
          .err()
          .printf(
              "The run was started with %s; the folder %s, from which its paths count, is gone. Put it back, or give the file to 'sluice run' where it is now.%n",
              invocation.file(), folder);
    }
    return valid ? Optional.of(loaded) : Optional.empty();
  }

  /** The same with values set over those of the first time. */
  Submission set(List<String> more) {
    return new Submission(text, invocation.set(more), services, terminal, global);
  }

  /** Goes on with it in the run's own folder; gives the exit code. */
  int resume(LoadResult checked, RunFolder folder, EngineOptions engine) {
    return new Execution(services, terminal, global, engine, invocation.file())
        .run(checked, text, invocation, folder);
  }

  /** Runs it, perhaps with another invocation than the first time; gives the exit code. */
  int run(LoadResult checked, Invocation how, EngineOptions engine) {
    return new Execution(services, terminal, global, engine, how.file()).run(checked, text, how);
  }
}
