package dev.sluice.runners.cli.run;

import dev.sluice.models.numerics.MathLibrary;
import dev.sluice.pipelines.file.LoadResult;
import dev.sluice.pipelines.file.PipelineSpec;
import dev.sluice.pipelines.ledger.LedgerWriter;
import dev.sluice.pipelines.models.ServerLook;
import dev.sluice.pipelines.plan.Plan;
import dev.sluice.pipelines.plan.PlannedStage;
import dev.sluice.pipelines.plan.Planner;
import dev.sluice.pipelines.run.driver.BudgetLedger;
import dev.sluice.pipelines.run.driver.JobRunner;
import dev.sluice.pipelines.run.driver.PipelineRun;
import dev.sluice.pipelines.run.driver.RunListener;
import dev.sluice.pipelines.run.folder.ClusterJob;
import dev.sluice.pipelines.run.folder.Invocation;
import dev.sluice.pipelines.run.folder.RunFolder;
import dev.sluice.pipelines.run.folder.RunState;
import dev.sluice.pipelines.run.folder.WorkspaceClock;
import dev.sluice.pipelines.store.ArtifactStore;
import dev.sluice.runners.cli.LedgerCommand;
import dev.sluice.runners.cli.terminal.ExitCode;
import dev.sluice.runners.cli.terminal.GlobalOptions;
import dev.sluice.runners.cli.terminal.Logs;
import dev.sluice.runners.cli.terminal.Numbers;
import dev.sluice.runners.cli.terminal.Services;
import dev.sluice.runners.cli.terminal.Signals;
import dev.sluice.runners.cli.terminal.Terminal;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs a checked file from the command line: engine, signals, progress, and what is printed. */
final class Execution {
  private final Services services;
  private final Terminal terminal;
  private final GlobalOptions global;
  private final EngineOptions engineOptions;
  private final String file;

  /**
   * An execution.
   *
   * @param file the pipeline file, as it was named
   */
  Execution(
      Services services,
      Terminal terminal,
      GlobalOptions global,
      EngineOptions engineOptions,
      String file) {
    this.services = services;
    this.terminal = terminal;
    this.global = global;
    this.engineOptions = engineOptions;
    this.file = file;
  }

  /**
   * Plans and runs; returns the exit code.
   *
   * @param checked the file, without mistakes; what it warns of was printed
   * @param submitted the file's text
   */
  int run(LoadResult checked, String submitted, Invocation invocation) {
    return run(checked, submitted, invocation, null);
  }

  /**
   * The same, in the folder of a run that is gone on with, or with what that one has spent.
   *
   * @param before null for a new run
   */
  int run(LoadResult checked, String submitted, Invocation invocation, @Nullable RunFolder before) {
    PipelineSpec spec = checked.spec().orElseThrow();
    // Before there is a run: kernels that cannot be chosen leave none behind.
    Optional<String> caution = MathLibrary.caution(spec.numerics());
    ArtifactStore store = ArtifactStore.open(global.workspace());
    LedgerWriter ledger = new LedgerWriter(LedgerCommand.place(global), store);
    List<String> chosen = PipelineLoader.chosen(spec, invocation.until(), invocation.only());
    Plan plan = new Planner(spec, store).plan(chosen).with(invocation.rerun());
    Set<String> working = working(plan);
    boolean work = !working.isEmpty();
    LoadResult looked = new ServerLook().look(checked.withoutWarnings(), working, true);
    if (PipelineLoader.checked(looked, terminal, global).isEmpty()) {
      return ExitCode.MISTAKE;
    }
    try (LazyEngine engine = new LazyEngine(engineOptions)) {
      if (work) {
        // Before there is a run: a cluster that does not answer leaves none behind.
        engine.warmUp();
      }
      store.prepare();
      OrphanedJobs.cancel(store.workspace(), spec.name(), terminal);
      WorkspaceClock clock = WorkspaceClock.of(store.workspace(), services.clock());
      clock.advance(Instant.parse(invocation.rerun().since()));
      RunFolder folder = folder(store, submitted, spec, invocation, before, clock);
      RunSummary end = new RunSummary(terminal, global, file, invocation);
      Logs.toFile(folder.log());
      takeSignals(folder, end);
      RunListener listener =
          global.quiet() ? new WarningView(terminal) : new ProgressView(terminal);
      if (!global.quiet()) {
        terminal.err().printf("run %s: %s%n", folder.id(), file);
      }
      clock
          .behind()
          .ifPresent(
              behind ->
                  terminal
                      .err()
                      .printf(
                          "warning: this machine's clock is %s behind what the workspace has seen; ids and attempts count on from there, and keep their order.%n",
                          Numbers.time(behind.toMillis() / 1e3)));
      caution.ifPresent(sentence -> terminal.err().println("warning: " + sentence));
      // The terminal was told already; the run's record was not there yet.
      checked.warnings().forEach(warning -> folder.warned("", warning.toString()));
      looked.warnings().forEach(warning -> folder.warned("", warning.toString()));
      caution.ifPresent(sentence -> folder.warned("", sentence));
      PipelineRun.Ended ended =
          PipelineRun.run(
              plan,
              file,
              folder,
              store,
              engine::runner,
              engineOptions.models(services.models()).with(spec.numerics()),
              RunListener.both(listener, ledger),
              engineOptions.parallelism(),
              BudgetLedger.of(spec.budget(), engineOptions.keepsReplies()));
      ledger.end().ifPresent(missing -> terminal.err().println("warning: " + missing));
      end.print(ended.report(), folder, spec.budget());
      return ended.mistake() ? ExitCode.MISTAKE : ExitCode.of(ended.report().state());
    }
  }

  private RunFolder folder(
      ArtifactStore store,
      String submitted,
      PipelineSpec spec,
      Invocation invocation,
      @Nullable RunFolder before,
      WorkspaceClock clock) {
    if (before != null && !engineOptions.hasRunId()) {
      return before.reopen(invocation, submitted, clock);
    }
    RunFolder made =
        RunFolder.create(
            store.workspace(),
            engineOptions.runId(clock),
            submitted,
            spec.resolved(),
            invocation,
            clock);
    if (before != null) {
      made.carry(before);
    }
    return made;
  }

  /** The names of the stages that do something. */
  private static Set<String> working(Plan plan) {
    Set<String> names = new LinkedHashSet<>(plan.rerun().stages());
    for (PlannedStage stage : plan.stages()) {
      if (stage.action() != PlannedStage.Action.REUSE) {
        names.add(stage.name());
      }
    }
    return names;
  }

  private void takeSignals(RunFolder folder, RunSummary end) {
    Signals.onInterrupt(
        () -> {
          terminal
              .err()
              .printf(
                  "%nStopping: the shards in flight are finished first; servers have 5 s to answer, and their replies are kept. Again to stop at once.%n");
          folder.stop("signal");
        },
        () -> {
          terminal.err().println(end.goOn(folder.id(), RunState.INTERRUPTED, null));
          ClusterJob job = folder.job();
          if (job != null) {
            try {
              boolean unused = OrphanedJobs.cancel(folder, job);
            } catch (RuntimeException e) {
              terminal.err().println("warning: " + e.getMessage());
            }
          }
          // What is committed is whole at any moment, so nothing has to be put in order.
          Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
        });
  }

  /** An engine that is started when it is needed, or ahead of that, and once. */
  private static final class LazyEngine implements AutoCloseable {
    private final EngineOptions options;
    private volatile @Nullable JobRunner made;

    LazyEngine(EngineOptions options) {
      this.options = options;
    }

    void warmUp() {
      JobRunner unused = runner();
    }

    synchronized JobRunner runner() {
      JobRunner runner = made;
      if (runner == null) {
        runner = Engines.start(options);
        made = runner;
      }
      return runner;
    }

    @Override
    public void close() {
      JobRunner runner = made;
      if (runner != null) {
        runner.close();
      }
    }
  }
}
