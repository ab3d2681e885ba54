package dev.sluice.stages.synthesis;

import dev.sluice.methods.arithmetic.ChainProblem;
import dev.sluice.methods.task.ArithmeticTask;
import dev.sluice.methods.task.TaskFormat;
import dev.sluice.records.Counts;
import dev.sluice.records.DeadLetter;
import dev.sluice.records.Metric;
import dev.sluice.records.Tables;
import dev.sluice.records.config.Key;
import dev.sluice.stages.MetricDefinition;
import dev.sluice.stages.Stage;
import dev.sluice.stages.StageDriver;
import dev.sluice.stages.StageType;
import dev.sluice.stages.Unit;
import dev.sluice.stages.UnitContext;
import dev.sluice.stages.Units;
import dev.sluice.stages.Wiring;
import dev.sluice.stages.synthesis.FileProblems.Fault;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Makes the table {@code problems}: the one cut into shards that every later table keeps. Of rows
 * of a file that ask the same, the first is the problem; the others are counted as duplicates.
 */
public final class SynthesizeProblems implements StageType<SynthesizeProblems.Config> {
  static final String NAME = "SynthesizeProblems";

  /** The config block. */
  public record Config(
      @Key("Where problems come from.") ProblemSource source,
      @Key(
              value = "Most problems of a shard: the unit of work of every later stage.",
              byDefault = "32",
              min = 1,
              resource = true)
          int shardProblems) {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String doc() {
    return "Makes problems: draws them or reads them from a file.";
  }

  @Override
  public int behaviourVersion() {
    return 1;
  }

  /**
   * Since 2, duplicates are counted apart and shards of a file have as many problems as asked for;
   * numbers with an exponent are written out.
   */
  @Override
  public int behaviourVersion(Config config) {
    return config.source() instanceof ProblemSource.File ? 2 : behaviourVersion();
  }

  @Override
  public Class<Config> configType() {
    return Config.class;
  }

  @Override
  public Wiring wiring(Config config) {
    // The reference column is written here, never read.
    return Wiring.tables(List.of(), "problems");
  }

  @Override
  public Look look(Config config) {
    if (!(config.source() instanceof ProblemSource.File file)) {
      return Look.NOTHING;
    }
    ProblemSource.Columns columns = file.columns();
    String at = "source.columns.";
    return FileLook.at(
        file.path(),
        "source.path",
        file.limit(),
        FileColumn.all(
            FileColumn.everyRow(at + "question", columns.question()),
            FileColumn.optional(at + "reference_answer", columns.referenceAnswer()),
            FileColumn.optional(at + "difficulty", columns.difficulty()),
            FileColumn.optional(at + "id", columns.id())));
  }

  @Override
  public List<MetricDefinition> metrics() {
    return List.of(
        MetricDefinition.of(
            "problems/duplicates",
            "Rows of the file that ask what an earlier row asks, and are left out."));
  }

  @Override
  public Stage stage(Config config) {
    return new Work(config.source(), config.shardProblems());
  }

  private record Work(ProblemSource source, int shardProblems) implements Stage {

    @Override
    public void drive(StageDriver driver) {
      if (source instanceof ProblemSource.Arithmetic drawn) {
        List<Unit> units = new ArrayList<>();
        for (int from = 0; from < drawn.count(); from += shardProblems) {
          units.add(unit(units.size(), from, Math.min(drawn.count(), from + shardProblems)));
        }
        driver.run("problems", units);
      } else {
        read(driver, (ProblemSource.File) source);
      }
    }

    private void read(StageDriver driver, ProblemSource.File file) {
      IndexedRows rows = rows(file);
      driver.run("problems", units(rows));
      driver.metric(Metric.of(NAME, 0, 0, "problems/duplicates", rows.repeated()));
      if (rows.repeated() > 0) {
        driver.warn(
            "%d of %d rows of '%s' ask what an earlier row asks and are left out as duplicates. If they hold further solutions, SampleSolutions reads these: file: {path: ..., solutions: COLUMN}."
                .formatted(rows.repeated(), rows.count(), file.path()));
      }
    }

    /** Units with the same number of problems, each over the rows up to the next one's first. */
    private List<Unit> units(IndexedRows rows) {
      List<Unit> units = new ArrayList<>();
      int from = 0;
      int problems = 0;
      for (int row = 0; row < rows.count(); row++) {
        if (rows.repeats(row)) {
          continue;
        }
        if (problems == shardProblems) {
          units.add(unit(units.size(), from, row));
          from = row;
          problems = 0;
        }
        problems++;
      }
      if (problems > 0) {
        units.add(unit(units.size(), from, rows.count()));
      }
      return units;
    }

    private static Unit unit(int index, int from, int to) {
      return Unit.of(Units.name(index), "shard", Map.of()).with("from", from).with("to", to);
    }

    @Override
    public void work(UnitContext context) {
      int from = Integer.parseInt(context.unit().params().get("from"));
      int to = Integer.parseInt(context.unit().params().get("to"));
      context.begin(Tables.PROBLEMS);
      if (source instanceof ProblemSource.Arithmetic drawn) {
        draw(context, drawn, from, to);
        context.count(new Counts(0, to - from, to - from, 0, 0));
      } else {
        context.count(read(context, (ProblemSource.File) source, from, to));
      }
    }

    private static void draw(
        UnitContext context, ProblemSource.Arithmetic source, int from, int to) {
      List<ChainProblem> problems = ArithmeticProblems.draw(source, context.seed(), to);
      for (ChainProblem drawn : problems.subList(from, to)) {
        context.write(Tables.PROBLEMS, ArithmeticProblems.row(drawn));
      }
    }

    private static IndexedRows rows(ProblemSource.File source) {
      return IndexedRows.of(Path.of(source.path()), source.limit(), new RowKey.OfProblem(source));
    }

    private static Counts read(UnitContext context, ProblemSource.File source, int from, int to) {
      IndexedRows rows = rows(source);
      int[] dead = new int[1];
      SortedSet<Integer> own =
          IntStream.range(from, to)
              .filter(row -> !rows.repeats(row))
              .boxed()
              .collect(Collectors.toCollection(TreeSet::new));
      rows.forEach(
          own,
          (row, index) -> {
            Fault fault = FileProblems.fault(source, row);
            if (fault == null) {
              context.write(Tables.PROBLEMS, FileProblems.problem(source, row, index));
            } else {
              context.dead(letter(row, index, fault));
              dead[0]++;
            }
          });
      return new Counts(0, own.size(), own.size() - dead[0], dead[0], 0);
    }

    private static DeadLetter letter(FileRow row, int index, Fault fault) {
      return DeadLetter.of(
          row.toString(),
          "Reading problems: row %d (from 0) %s.".formatted(index, fault.what()),
          NAME,
          "row-" + index,
          fault.kind());
    }
  }

  /** The name of the arithmetic world's format, for problems that are drawn. */
  static final Map<String, String> ARITHMETIC = Map.of(TaskFormat.ATTRIBUTE, ArithmeticTask.NAME);
}
