package dev.sluice.runners.cli.run;

import dev.sluice.models.openai.Cost;
import dev.sluice.pipelines.file.Budget;
import dev.sluice.pipelines.file.LoadResult;
import dev.sluice.pipelines.run.folder.Invocation;
import dev.sluice.pipelines.run.folder.RunFolder;
import dev.sluice.pipelines.run.folder.RunState;
import dev.sluice.runners.cli.terminal.CommandText;
import dev.sluice.runners.cli.terminal.ExitCode;
import dev.sluice.runners.cli.terminal.GlobalOptions;
import dev.sluice.runners.cli.terminal.Services;
import dev.sluice.runners.cli.terminal.Terminal;
import dev.sluice.runners.cli.terminal.UserMistake;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "resume",
    description = {
      "Continues a run that was interrupted, stopped, or exceeded its budget, under the same id, with the pipeline file as it was submitted, the same --set and --param, and the budget already spent.",
      "After an error in the file or its data, correct it and use 'sluice run FILE'."
    })
public final class ResumeCommand implements Callable<Integer> {
  private final Services services;
  private final Terminal terminal;
  @Mixin private GlobalOptions global = new GlobalOptions();
  @Mixin private EngineOptions engineOptions = new EngineOptions();

  @Parameters(
      paramLabel = "RUN",
      arity = "0..1",
      description =
          "Id of a run, or its first characters (default: the newest run that can be resumed).")
  private @Nullable String run;

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description =
          "A higher budget, such as budget.tokens=200000 or budget.usd=5; required for a run that exceeded its budget. Repeatable.")
  private List<String> sets = new ArrayList<>();

  public ResumeCommand(Services services, Terminal terminal) {
    this.services = services;
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    for (String set : sets) {
      if (!set.strip().startsWith("budget.")) {
        throw new UserMistake(
            "'resume' sets a budget alone, such as budget.tokens=200000, not '%s': with other values it would be another run. 'sluice run FILE --set %s' starts that one and reuses what it may."
                .formatted(set, set));
      }
    }
    RunFolder folder = run == null ? newest() : named(run);
    Submission before = Submission.of(folder, services, terminal, global);
    Submission now = before.set(sets);
    Optional<LoadResult> checked = now.checked();
    if (checked.isEmpty()) {
      return ExitCode.MISTAKE;
    }
    if (folder.state() == RunState.OVER_BUDGET) {
      Optional<LoadResult> first = sets.isEmpty() ? checked : before.checked();
      refuseLowBudget(folder, budget(first), budget(checked));
    }
    return now.resume(checked.get(), folder, engineOptions);
  }

  private static @Nullable Budget budget(Optional<LoadResult> loaded) {
    return loaded.flatMap(LoadResult::spec).orElseThrow().budget();
  }

  /** The newest run that can be gone on with. */
  private RunFolder newest() {
    List<RunFolder> all = RunFolder.all(global.workspace());
    for (int i = all.size() - 1; i >= 0; i--) {
      RunFolder each = all.get(i);
      RunState state = each.state();
      // A run that was killed as it began has nothing to go on with.
      if ((state == RunState.INTERRUPTED || state == RunState.OVER_BUDGET)
          && each.invocation() != null
          && each.submitted() != null) {
        return each;
      }
    }
    if (all.isEmpty()) {
      return StatusCommand.find(global, null);
    }
    RunFolder last = all.get(all.size() - 1);
    throw new UserMistake(
        "The workspace %s has no run that was interrupted, stopped, or is over its budget; its newest run, %s, is %s. %s"
            .formatted(
                global.workspace().name(),
                last.id(),
                last.state().label(),
                instead(last, last.state())));
  }

  private RunFolder named(String id) {
    RunFolder folder = StatusCommand.find(global, id);
    RunState state = folder.state();
    Invocation how = folder.invocation();
    boolean rerun = how != null && !how.rerun().stages().isEmpty();
    if (state == RunState.RUNNING
        || state == RunState.SUCCEEDED
        // 'run' would not do these stages again.
        || (state == RunState.FAILED && !rerun)) {
      throw new UserMistake(
          "The run %s is %s; 'resume' continues runs that were interrupted, stopped, or exceeded their budget. %s"
              .formatted(folder.id(), state.label(), instead(folder, state)));
    }
    return folder;
  }

  private String instead(RunFolder folder, RunState state) {
    if (state == RunState.RUNNING) {
      return "Its process is %s; '%s' ends it."
          .formatted(
              folder.status().path("pid").asText("?"), CommandText.of(global, "stop", folder.id()));
    }
    Invocation how = folder.invocation();
    String command =
        how == null
            ? CommandText.of(global, "run", "FILE")
            : CommandText.run(global, folder.status().path("file").asText(how.file()), how);
    return state == RunState.FAILED
        ? "After you correct the cause, '%s' continues from the finished work.".formatted(command)
        : "'%s' runs what is missing or has changed.".formatted(command);
  }

  /** A run over its budget would stop at once with the same one. */
  private void refuseLowBudget(RunFolder folder, @Nullable Budget before, @Nullable Budget now) {
    Cost spent = folder.spent();
    Long tokens = now == null ? null : now.tokens();
    Double usd = now == null ? null : now.usd();
    boolean enough =
        (tokens == null || tokens > spent.tokens()) && (usd == null || usd > spent.usd());
    if (!enough || !higher(before, now)) {
      throw new UserMistake(
          String.format(
              Locale.ROOT,
              "The run %s was stopped by its budget (%s); it has spent %,d tokens and %.6f US dollars, and continues only with a higher one: %s",
              folder.id(),
              text(before),
              spent.tokens(),
              spent.usd(),
              CommandText.of(global, RunSummary.overBudget(folder.id(), before))));
    }
  }

  private static boolean higher(@Nullable Budget before, @Nullable Budget now) {
    if (before == null || now == null) {
      return before != null;
    }
    return more(before.tokens(), now.tokens()) || more(before.usd(), now.usd());
  }

  /** Whether a bound was raised or taken away. */
  private static <T extends Comparable<T>> boolean more(@Nullable T before, @Nullable T now) {
    return before != null && (now == null || now.compareTo(before) > 0);
  }

  private static String text(@Nullable Budget budget) {
    Long tokens = budget == null ? null : budget.tokens();
    Double usd = budget == null ? null : budget.usd();
    return (tokens == null ? "" : String.format(Locale.ROOT, "%,d tokens", tokens))
        + (tokens != null && usd != null ? ", " : "")
        + (usd == null ? "" : String.format(Locale.ROOT, "%.6f US dollars", usd));
  }
}
