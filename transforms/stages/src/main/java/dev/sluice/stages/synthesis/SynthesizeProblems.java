package dev.sluice.stages.synthesis;

import dev.sluice.methods.task.ArithmeticTask;
import dev.sluice.methods.task.TaskFormat;
import dev.sluice.records.config.Key;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.MetricDefinition;
import dev.sluice.stages.Stage;
import dev.sluice.stages.StageDriver;
import dev.sluice.stages.StageType;
import dev.sluice.stages.Unit;
import dev.sluice.stages.UnitContext;
import dev.sluice.stages.Wiring;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Makes the table {@code problems}: the one cut into shards that every later table keeps. Of rows
 * of a file that ask the same, the first is the problem; the others are counted as duplicates.
 */
public final class SynthesizeProblems implements StageType<SynthesizeProblems.Config> {
  static final String NAME = "SynthesizeProblems";

  /** The config block. */
  public record Config(
      @Key("Source of the problems.") ProblemSource source,
      @Key(
              value =
                  "Maximum number of problems per shard. A shard is the unit of distribution in all later stages.",
              byDefault = "32",
              min = 1,
              tuning = true)
          int shardProblems)
      implements Serializable {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String doc() {
    return "Generates problems, or reads them from a file.";
  }

  @Override
  public int behaviourVersion() {
    return 1;
  }

  /**
   * Since 2, duplicates are counted apart and shards of a file have as many problems as asked for;
   * numbers with an exponent are written out. A source that changes raises its own version.
   */
  @Override
  public int behaviourVersion(Config config) {
    return config.source() instanceof FileSource ? 2 : behaviourVersion();
  }

  @Override
  public Class<Config> configType() {
    return Config.class;
  }

  @Override
  public Wiring wiring(Config config) {
    // The reference column is written here, never read.
    return Wiring.tables(List.of(), "problems").using(List.of(config.source()));
  }

  @Override
  public Look look(Config config) {
    return config.source().look();
  }

  @Override
  public List<MetricDefinition> metrics() {
    return List.of(
        MetricDefinition.of(
            "problems/duplicates",
            "Rows of the file that repeat the question of an earlier row and are skipped."));
  }

  @Override
  public Stage stage(Config config) {
    return new Work(config);
  }

  private record Work(Config config) implements Stage {

    @Override
    public void drive(StageDriver driver) {
      ProblemSource.Cut cut = config.source().cut(config.shardProblems());
      List<Unit> units = new ArrayList<>();
      for (ProblemSource.Rows rows : cut.shards()) {
        units.add(Unit.of(Unit.numbered(units.size()), "shard", Map.of(), rows));
      }
      driver.run("problems", units);
      cut.metrics().forEach(driver::metric);
      cut.warning().ifPresent(driver::warn);
    }

    @Override
    public void work(UnitContext context) {
      ProblemSource.Rows rows = context.unit().parameters(ProblemSource.Rows.class);
      context.begin(Tables.PROBLEMS);
      context.count(config.source().write(context, rows.from(), rows.to()));
    }
  }

  /** The name of the arithmetic world's format, for problems that are drawn. */
  static final Map<String, String> ARITHMETIC = Map.of(TaskFormat.ATTRIBUTE, ArithmeticTask.NAME);
}
