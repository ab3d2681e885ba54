package dev.sluice.runners.cli;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import dev.sluice.models.ModelException;
import dev.sluice.models.provider.ModelsPlugin;
import dev.sluice.parts.Registry;
import dev.sluice.parts.SluicePlugin;
import dev.sluice.pipelines.file.StageTypes;
import dev.sluice.pipelines.models.LocalModels;
import dev.sluice.pipelines.run.worker.ModelHost;
import dev.sluice.records.Hashes;
import dev.sluice.records.Message;
import dev.sluice.records.Metric;
import dev.sluice.records.Problem;
import dev.sluice.records.config.Key;
import dev.sluice.records.manifest.Counts;
import dev.sluice.records.parquet.Tables;
import dev.sluice.runners.cli.terminal.Services;
import dev.sluice.stages.Stage;
import dev.sluice.stages.StageDriver;
import dev.sluice.stages.StageType;
import dev.sluice.stages.Unit;
import dev.sluice.stages.UnitContext;
import dev.sluice.stages.Wiring;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Two stage types without models, for tests of the command line and the engines. */
public final class Toys {
  /** Name of the unit that fails; empty for none. Static, since engines run in this process. */
  public static volatile String poison = "";

  static final AtomicInteger AT_WORK = new AtomicInteger();
  static final AtomicInteger TRAINING_BESIDE = new AtomicInteger();

  private Toys() {}

  public static Services services() {
    return services(LocalModels.class, new MakeType(), new CountType());
  }

  /** The same on a machine with a clock of its own. */
  public static Services services(Clock clock) {
    return services(clock, LocalModels.class, new MakeType(), new CountType());
  }

  /** The same with other stage types, and models of a host that says what they answer. */
  public static Services services(Class<? extends ModelHost> models, StageType<?>... types) {
    return services(Clock.systemUTC(), models, types);
  }

  private static Services services(
      Clock clock, Class<? extends ModelHost> models, StageType<?>... types) {
    return services(clock, models, List.of(new ModelsPlugin(), StageTypes.plugin(List.of(types))));
  }

  /** The same with everything that some plugins bring. */
  public static Services services(SluicePlugin... plugins) {
    return services(Clock.systemUTC(), LocalModels.class, List.of(plugins));
  }

  private static Services services(
      Clock clock, Class<? extends ModelHost> models, List<SluicePlugin> plugins) {
    return new Services(
        () ->
            Guice.createInjector(
                new AbstractModule() {
                  @Override
                  protected void configure() {
                    bind(Registry.class).toInstance(Registry.of(plugins));
                    bind(ModelHost.class).to(models);
                  }
                }),
        clock);
  }

  /** Problems in shards. */
  public static final class MakeType implements StageType<MakeType.MakeConfig> {
    record MakeConfig(
        @Key(value = "Shards.", byDefault = "8", min = 1) int shards,
        @Key(value = "Whether a model that is not there is asked for.", byDefault = "false")
            boolean broken) {}

    @Override
    public String name() {
      return "Make";
    }

    @Override
    public String doc() {
      return "Makes problems.";
    }

    @Override
    public int behaviourVersion() {
      return 1;
    }

    @Override
    public Class<MakeConfig> configType() {
      return MakeConfig.class;
    }

    @Override
    public Wiring wiring(MakeConfig config) {
      return Wiring.tables(List.of(), "problems");
    }

    @Override
    public Stage stage(MakeConfig config) {
      return new Make(config.shards(), config.broken());
    }
  }

  record Make(int shards, boolean broken) implements Stage {
    private record Number(int k) implements Unit.Parameters {}

    @Override
    public void drive(StageDriver driver) {
      if (broken) {
        throw new ModelException("There is no model 'nobody'.");
      }
      List<Unit> units = new ArrayList<>();
      for (int k = 0; k < shards; k++) {
        units.add(Unit.of(Unit.numbered(k), "shard", Map.of(), new Number(k)));
      }
      driver.run("", units);
    }

    @Override
    public void work(UnitContext context) {
      if (context.unit().name().equals(poison)) {
        throw new IllegalStateException("The toy unit is poisoned.");
      }
      for (int i = 0; i < 3; i++) {
        List<Message> messages =
            List.of(new Message("user", context.unit().parameters(Number.class).k() + "/" + i));
        context.write(
            Tables.PROBLEMS,
            new Problem(Hashes.problemId(messages), messages, null, "toy", null, Map.of()));
        context.progress(1, 3);
      }
      context.count(new Counts(0, 3, 3, 0, 0));
    }
  }

  /** Counts problems; every other unit trains. */
  static final class CountType implements StageType<CountType.CountConfig> {
    record CountConfig() {}

    @Override
    public String name() {
      return "Count";
    }

    @Override
    public String doc() {
      return "Counts problems.";
    }

    @Override
    public int behaviourVersion() {
      return 1;
    }

    @Override
    public Class<CountConfig> configType() {
      return CountConfig.class;
    }

    @Override
    public Wiring wiring(CountConfig config) {
      return Wiring.tables(List.of(Wiring.Port.required("problems")), "metrics");
    }

    @Override
    public Stage stage(CountConfig config) {
      return new Count();
    }
  }

  record Count() implements Stage {
    @Override
    public void drive(StageDriver driver) {
      List<Unit> units = new ArrayList<>(driver.unitPerShard("shard", "problems"));
      for (int k = 0; k < units.size(); k += 2) {
        units.set(k, units.get(k).thatTrains());
      }
      driver.run("count", units);
      driver.metric(Metric.of("", 0, 0, "shards", units.size()));
    }

    @Override
    public void work(UnitContext context) {
      int others = AT_WORK.getAndIncrement();
      List<Problem> problems = context.read("problems", Tables.PROBLEMS);
      context.write(
          Tables.METRICS,
          Metric.of("Count", 0, 0, "rows/" + context.unit().name(), problems.size()));
      context.count(new Counts(3, 1, 1, 0, 0));
      if (context.unit().training() && (others > 0 || AT_WORK.get() > 1)) {
        TRAINING_BESIDE.incrementAndGet();
      }
      AT_WORK.decrementAndGet();
    }
  }
}
