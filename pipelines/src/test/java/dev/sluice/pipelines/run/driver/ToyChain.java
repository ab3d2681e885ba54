package dev.sluice.pipelines.run.driver;

import dev.sluice.pipelines.plan.CommittedStage;
import dev.sluice.pipelines.plan.Plan;
import dev.sluice.pipelines.plan.PlannedStage;
import dev.sluice.pipelines.plan.Rerun;
import dev.sluice.pipelines.run.folder.Invocation;
import dev.sluice.pipelines.run.folder.RunFiles;
import dev.sluice.pipelines.run.folder.RunFolder;
import dev.sluice.pipelines.run.folder.RunIds;
import dev.sluice.pipelines.run.folder.RunReport;
import dev.sluice.pipelines.run.folder.StageReport;
import dev.sluice.pipelines.run.folder.WorkspaceClock;
import dev.sluice.pipelines.run.worker.ReadyStage;
import dev.sluice.pipelines.store.ArtifactStore;
import dev.sluice.records.DeadLetter;
import dev.sluice.records.Hashes;
import dev.sluice.records.Message;
import dev.sluice.records.Metric;
import dev.sluice.records.Problem;
import dev.sluice.records.manifest.Counts;
import dev.sluice.records.manifest.Manifest;
import dev.sluice.records.manifest.ShardFile;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.Stage;
import dev.sluice.stages.StageDriver;
import dev.sluice.stages.Unit;
import dev.sluice.stages.UnitContext;
import dev.sluice.stages.Wiring;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Two stages without models: problems in shards, and one row of arithmetic for each problem. */
public final class ToyChain {
  public static final int SHARDS = 6;
  static final int ROWS = 5;

  private ToyChain() {}

  /** Writes {@link #SHARDS} shards of {@link #ROWS} problems. */
  record Make() implements Stage {
    private record First(int first) implements Unit.Parameters {}

    @Override
    public void drive(StageDriver driver) {
      List<Unit> units = new ArrayList<>();
      for (int k = 0; k < SHARDS; k++) {
        units.add(Unit.of(Unit.numbered(k), "shard", Map.of(), new First(k * ROWS)));
      }
      driver.run("", units);
    }

    @Override
    public void work(UnitContext context) {
      int first = context.unit().parameters(First.class).first();
      for (int i = first; i < first + ROWS; i++) {
        List<Message> messages = List.of(new Message("user", "problem " + i));
        context.write(
            Tables.PROBLEMS,
            new Problem(
                Hashes.problemId(messages), messages, "answer " + i, "toy", null, Map.of()));
      }
      context.count(new Counts(0, ROWS, ROWS, 0, 0));
    }
  }

  /**
   * Reads each shard of problems and writes one metric a problem; 1 if it saw the reference.
   *
   * @param poison name of the unit that fails; empty for none
   * @param stopAt name of the unit that asks the run to stop; empty for none
   * @param deadEach how many rows of each shard die
   */
  public record Measure(String poison, String stopAt, int deadEach, String folder)
      implements Stage {
    public static final AtomicInteger WORKED = new AtomicInteger();

    @Override
    public void drive(StageDriver driver) {
      driver.run("", driver.unitPerShard("shard", "problems"));
      driver.metric(Metric.of("", 0, 0, "seen", 1));
    }

    @Override
    public void work(UnitContext context) {
      String name = context.unit().name();
      if (name.equals(poison)) {
        throw new IllegalStateException("The toy unit is poisoned.");
      }
      WORKED.incrementAndGet();
      if (name.equals(stopAt)) {
        run(Path.of(folder)).stop("test");
      }
      List<Problem> problems = context.read("problems", Tables.PROBLEMS);
      int row = 0;
      for (Problem problem : problems) {
        if (row++ < deadEach) {
          context.dead(
              new DeadLetter(problem.problemId(), "It died.", "Measure", "x", "toy", 1, false));
        } else {
          double seen = problem.referenceAnswer() == null ? 0 : 1;
          context.write(
              Tables.METRICS,
              Metric.of("Measure", 0, 0, problem.problemId() + context.seed(), seen));
        }
        context.progress(1, problems.size());
      }
      context.count(
          new Counts(problems.size(), problems.size(), problems.size() - deadEach, deadEach, 0));
    }
  }

  public static Wiring measures() {
    return Wiring.tables(List.of(Wiring.Port.required("problems")), "metrics");
  }

  /** The run of a folder on this machine. */
  static RunFolder run(Path folder) {
    return RunFolder.of(
        ArtifactStore.around(folder).workspace(), String.valueOf(folder.getFileName()));
  }

  /** A run folder whose path a stage may know before the plan is made. */
  public static RunFolder folder(ArtifactStore store) {
    store.prepare();
    return folder(store, Clock.systemUTC());
  }

  /** The same on a machine with a clock of its own. */
  public static RunFolder folder(ArtifactStore store, Clock machine) {
    WorkspaceClock clock = WorkspaceClock.of(store.workspace(), machine);
    return RunFolder.create(
        store.workspace(),
        RunIds.next(clock),
        "name: toy\n",
        RunFiles.object(),
        new Invocation("toy.yaml", List.of(), Map.of(), null, null, Rerun.NONE),
        clock);
  }

  public static Plan plan(Measure measure, Wiring wiring, long seed) {
    return new Plan(
        List.of(
            stage(
                "make", "Make", earlier -> new Make(), Wiring.tables(List.of(), "problems"), seed),
            stage("measure", "Measure", earlier -> measure, wiring, seed)),
        true);
  }

  static PlannedStage stage(
      String name,
      String type,
      Function<Map<String, CommittedStage>, Stage> stage,
      Wiring wiring,
      long seed) {
    return planned(
        name,
        type,
        earlier -> {
          Map<String, List<ShardFile>> inputs =
              wiring.reads().isEmpty()
                  ? Map.of()
                  : Map.of("problems", committed(earlier).manifest().shards("problems"));
          String own = Hashes.hex(type, seed);
          return new ReadyStage(
              name,
              type,
              stage.apply(earlier),
              wiring,
              seed,
              Hashes.hex(own, inputs.isEmpty() ? "" : committed(earlier).manifest().digest()),
              own,
              own,
              inputs,
              Map.of(),
              0.25,
              new ReadyStage.Origin(
                  1, wiring.writes().get(0), Map.of(), Map.of(), Map.of(), Map.of()),
              ReadyStage.ALL_REPLIES);
        });
  }

  /** A stage that runs. */
  static PlannedStage planned(
      String name, String type, Function<Map<String, CommittedStage>, ReadyStage> preparation) {
    return new PlannedStage(
        name,
        type,
        null,
        PlannedStage.Action.RUN,
        "test",
        null,
        null,
        null,
        null,
        null,
        null,
        preparation);
  }

  private static CommittedStage committed(Map<String, CommittedStage> earlier) {
    CommittedStage made = earlier.get("make");
    if (made == null) {
      throw new IllegalStateException("The stage 'make' comes first.");
    }
    return made;
  }

  static Manifest manifest(ArtifactStore store, RunReport report, int stage) {
    StageReport done = report.stages().get(stage);
    return store.find(done.type(), String.valueOf(done.fingerprint())).orElseThrow().manifest();
  }
}
