package dev.sluice.runners.cli.run;

import dev.sluice.pipelines.file.Budget;
import dev.sluice.pipelines.run.driver.DeadLetterReasons;
import dev.sluice.pipelines.run.folder.Invocation;
import dev.sluice.pipelines.run.folder.RunFolder;
import dev.sluice.pipelines.run.folder.RunReport;
import dev.sluice.pipelines.run.folder.RunState;
import dev.sluice.pipelines.run.folder.StageReport;
import dev.sluice.runners.cli.inspect.Target;
import dev.sluice.runners.cli.terminal.CommandText;
import dev.sluice.runners.cli.terminal.GlobalOptions;
import dev.sluice.runners.cli.terminal.Numbers;
import dev.sluice.runners.cli.terminal.Terminal;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What is printed when a run ends: what it did, why it ended, and what to type next. */
final class RunSummary {
  private final Terminal terminal;
  private final GlobalOptions global;
  private final String file;
  private final Invocation invocation;

  /**
   * The end of a run.
   *
   * @param file the pipeline file, as it was named
   * @param invocation what else it was started with
   */
  RunSummary(Terminal terminal, GlobalOptions global, String file, Invocation invocation) {
    this.terminal = terminal;
    this.global = global;
    this.file = file;
    this.invocation = invocation;
  }

  void print(RunReport report, RunFolder folder, @Nullable Budget budget) {
    PrintStream out = terminal.out();
    if (global.json()) {
      out.println(report.toJson());
    } else {
      out.println();
      out.print(RunTable.stages(report));
      String metrics = RunTable.metrics(report);
      if (!metrics.isEmpty()) {
        out.println();
        out.print(metrics);
        out.println("what each metric is: docs/metrics.md, or sluice methods --metrics");
      }
      out.println();
      out.printf(
          Locale.ROOT,
          "run %s: %s in %s; reference_free: %s%n",
          report.runId(),
          report.state().label(),
          Numbers.time(report.seconds()),
          report.referenceFree());
    }
    if (report.state() == RunState.SUCCEEDED) {
      if (!global.json()) {
        next(report);
      }
      return;
    }
    report.stages().stream()
        .map(StageReport::error)
        .filter(error -> error != null)
        .forEach(terminal.err()::println);
    deadLetters(report).forEach(line -> terminal.err().println("All dead letters: " + line));
    if (report.state() == RunState.FAILED) {
      terminal.err().printf("The log is %s%n", folder.log());
      report.stages().forEach(stage -> retry(report.runId(), stage));
    }
    if (report.state() == RunState.INTERRUPTED) {
      terminal.err().println(StatusCommand.ended(folder));
    }
    terminal.err().println(goOn(report.runId(), report.state(), budget));
  }

  /** A shard that is finished keeps its dead letters when the file is run again. */
  private void retry(String run, StageReport stage) {
    if (stage.state() == StageReport.State.FAILED
        && stage.counts().dead() > 0
        && Target.finishedOrNot(run + "/" + stage.name(), global)
            instanceof Target.OfUnfinished unfinished) {
      long mendable = DeadLetterReasons.read(unfinished.store(), unfinished.tables()).mendable();
      if (mendable > 0) {
        terminal
            .err()
            .printf(
                "To try %s of the %s dead letters again, which may succeed now: %s%n",
                Numbers.whole(mendable),
                Numbers.whole(stage.counts().dead()),
                CommandText.of(global, "retry-dead", run, "--stage", stage.name()));
      }
    }
  }

  private void next(RunReport report) {
    if (report.stages().isEmpty()) {
      return;
    }
    StageReport last = report.stages().get(report.stages().size() - 1);
    List<String> lines = new ArrayList<>();
    lines.add(CommandText.of(global, "plan", file));
    lines.add(CommandText.of(global, "inspect", report.runId() + "/" + last.name(), "--rows", "3"));
    lines.add(CommandText.of(global, "digest", report.runId()));
    lines.addAll(deadLetters(report));
    terminal.out().println("next:");
    lines.forEach(line -> terminal.out().println("  " + line));
  }

  /** The commands that show the dead letters of a run, one for each stage that has some. */
  private List<String> deadLetters(RunReport report) {
    List<String> lines = new ArrayList<>();
    for (StageReport stage : report.stages()) {
      if (stage.counts().dead() > 0) {
        lines.add(
            CommandText.of(
                global,
                "inspect",
                report.runId() + "/" + stage.name(),
                "--table",
                "dead_letters",
                "--rows",
                Long.toString(stage.counts().dead())));
      }
    }
    return lines;
  }

  /** How to go on with a run that did not come to its end. */
  String goOn(String run, RunState state, @Nullable Budget budget) {
    return switch (state) {
      case OVER_BUDGET ->
          "Replies received so far are kept. To continue with a higher budget: "
              + CommandText.of(global, overBudget(run, budget));
      case FAILED ->
          invocation.rerun().stages().isEmpty()
              ? "Finished work is kept. To continue after correcting the file or its data: "
                  + CommandText.run(global, file, invocation)
              : "Finished work is kept. To continue with the stages that run again: "
                  + CommandText.of(global, "resume", run);
      default -> "Finished work is kept. To continue: " + CommandText.of(global, "resume", run);
    };
  }

  /** Twice the budget, for a start. */
  static String[] overBudget(String run, @Nullable Budget budget) {
    List<String> words = new ArrayList<>(List.of("resume", run));
    Long tokens = budget == null ? null : budget.tokens();
    if (tokens != null) {
      words.addAll(
          List.of(
              "--set",
              "budget.tokens=" + (tokens > Long.MAX_VALUE / 2 ? Long.MAX_VALUE : 2 * tokens)));
    }
    Double usd = budget == null ? null : budget.usd();
    if (usd != null) {
      words.addAll(
          List.of(
              "--set",
              "budget.usd="
                  + BigDecimal.valueOf(usd)
                      .multiply(BigDecimal.valueOf(2))
                      .stripTrailingZeros()
                      .toPlainString()));
    }
    return words.toArray(String[]::new);
  }
}
