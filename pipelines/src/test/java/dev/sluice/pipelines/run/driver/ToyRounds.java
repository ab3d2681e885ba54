package dev.sluice.pipelines.run.driver;

import dev.sluice.pipelines.plan.Plan;
import dev.sluice.pipelines.plan.PlannedStage;
import dev.sluice.pipelines.run.folder.RunFolder;
import dev.sluice.pipelines.run.folder.RunReport;
import dev.sluice.pipelines.run.worker.ReadyStage;
import dev.sluice.pipelines.store.ArtifactStore;
import dev.sluice.records.Hashes;
import dev.sluice.records.Metric;
import dev.sluice.records.manifest.Counts;
import dev.sluice.records.manifest.ModelFolder;
import dev.sluice.records.manifest.ShardFile;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.Stage;
import dev.sluice.stages.StageDriver;
import dev.sluice.stages.Unit;
import dev.sluice.stages.UnitContext;
import dev.sluice.stages.UnitResult;
import dev.sluice.stages.Wiring;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Rounds as those of a policy: two units look at the model of the round before, a third makes the
 * next one of what they saw and of a state beside the model.
 *
 * @param rounds how many
 * @param keepEvery rounds whose models are kept; 0 for the last two alone
 * @param stopAt name of the unit that asks the run to stop; empty for none
 * @param folder the run's folder
 */
public record ToyRounds(int rounds, int keepEvery, String stopAt, String folder) implements Stage {
  static final String TYPE = "Rounds";
  static final AtomicInteger WORKED = new AtomicInteger();

  private static final String BEFORE = "before";

  private record Look(int round, @Nullable Integer second) implements Unit.Parameters {}

  public static ToyRounds of(int rounds) {
    return new ToyRounds(rounds, 0, "", "");
  }

  public Plan plan() {
    Wiring wiring = Wiring.tables(List.of(), "metrics").withModel();
    String own = Hashes.hex(TYPE);
    PlannedStage stage =
        ToyChain.planned(
            "rounds",
            TYPE,
            earlier ->
                new ReadyStage(
                    "rounds",
                    TYPE,
                    this,
                    wiring,
                    7,
                    Hashes.hex(own, rounds),
                    Hashes.hex(own, rounds),
                    own,
                    Map.of(),
                    Map.of(),
                    0,
                    new ReadyStage.Origin(1, "metrics", Map.of(), Map.of(), Map.of(), Map.of()),
                    ReadyStage.ALL_REPLIES));
    return new Plan(List.of(stage), true);
  }

  RunReport run(ArtifactStore store, JobRunner engine) {
    return run(store, engine, ToyChain.folder(store));
  }

  RunReport run(ArtifactStore store, JobRunner engine, RunFolder run) {
    return PipelineRun.run(
            plan(), "toy.yaml", run, store, () -> engine, new NoModels(), RunListener.NONE, 1)
        .report();
  }

  @Override
  public void drive(StageDriver driver) {
    ModelFolder model = null;
    List<ModelFolder> models = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      List<Unit> looks =
          List.of(
              unit(round, "look-0", model), unit(round, "look-1", model).with(new Look(round, 1)));
      List<ShardFile> seen = new ArrayList<>();
      driver
          .run("round " + round, looks)
          .forEach(look -> seen.add(Objects.requireNonNull(look.table("metrics"))));
      Unit update = unit(round, "update", model).thatTrains();
      UnitResult updated = driver.run("round " + round, List.of(update.with("seen", seen))).get(0);
      model = Objects.requireNonNull(updated.model());
      models.add(model);
      int old = round - 2;
      if (old >= 1 && (keepEvery == 0 || old % keepEvery != 0)) {
        driver.release(models.get(old - 1));
      }
    }
    driver.model(Objects.requireNonNull(model));
  }

  private static Unit unit(int round, String kind, @Nullable ModelFolder model) {
    Unit unit = Unit.of("round-" + round + "-" + kind, kind, Map.of(), new Look(round, null));
    return model == null ? unit : unit.with(BEFORE, model);
  }

  @Override
  public void work(UnitContext context) {
    WORKED.incrementAndGet();
    if (context.unit().name().equals(stopAt)) {
      ToyChain.run(Path.of(folder)).stop("test");
    }
    String before = text(context, "config.json");
    if (context.unit().kind().equals("update")) {
      List<Object> parts = new ArrayList<>(List.of(before, text(context, "trainer/state")));
      context.read("seen", Tables.METRICS).forEach(metric -> parts.add(metric.name()));
      String after = Hashes.hex(parts.toArray());
      context.saveModel(
          made -> {
            write(made.resolve("config.json"), "{\"weights\": \"" + after + "\"}");
            write(made.resolve("trainer/state"), Hashes.hex("state", after));
          });
      context.count(Counts.NONE);
    } else {
      context.write(
          Tables.METRICS,
          Metric.of(TYPE, 0, 0, Hashes.hex(context.unit().kind(), before).substring(0, 12), 1));
      context.count(new Counts(0, 1, 1, 0, 0));
    }
  }

  private static String text(UnitContext context, String file) {
    if (!context.unit().models().containsKey(BEFORE)) {
      return "start";
    }
    try {
      return Files.readString(context.modelFolder(BEFORE).resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
