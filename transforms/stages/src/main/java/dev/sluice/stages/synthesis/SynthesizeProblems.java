package dev.sluice.stages.synthesis;

import dev.sluice.records.Counts;
import dev.sluice.records.DeadLetter;
import dev.sluice.records.Hashes;
import dev.sluice.records.Tables;
import dev.sluice.records.config.Key;
import dev.sluice.stages.Stage;
import dev.sluice.stages.StageDriver;
import dev.sluice.stages.StageType;
import dev.sluice.stages.Unit;
import dev.sluice.stages.UnitContext;
import dev.sluice.stages.Units;
import dev.sluice.stages.Wiring;
import dev.sluice.stages.arithmetic.ChainProblem;
import dev.sluice.stages.synthesis.FileProblems.Fault;
import dev.sluice.stages.tasks.ArithmeticTask;
import dev.sluice.stages.tasks.TaskFormat;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes the table {@code problems}: the one cut into shards that every later table keeps. A problem
 * that stands twice in a file is kept the first time; the second is a dead letter.
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
  public Stage stage(Config config) {
    return new Work(config.source(), config.shardProblems());
  }

  private record Work(ProblemSource source, int shardProblems) implements Stage {

    @Override
    public void drive(StageDriver driver) {
      int count =
          source instanceof ProblemSource.Arithmetic drawn
              ? drawn.count()
              : rows((ProblemSource.File) source).count();
      List<Unit> units = new ArrayList<>();
      for (int from = 0; from < count; from += shardProblems) {
        units.add(
            Unit.of(Units.name(units.size()), "shard", Map.of())
                .with("from", from)
                .with("to", Math.min(count, from + shardProblems)));
      }
      driver.run("problems", units);
    }

    @Override
    public void work(UnitContext context) {
      int from = Integer.parseInt(context.unit().params().get("from"));
      int to = Integer.parseInt(context.unit().params().get("to"));
      context.begin(Tables.PROBLEMS);
      int dead =
          source instanceof ProblemSource.Arithmetic drawn
              ? draw(context, drawn, from, to)
              : read(context, (ProblemSource.File) source, from, to);
      context.count(new Counts(0, to - from, to - from - dead, dead, 0));
    }

    private static int draw(
        UnitContext context, ProblemSource.Arithmetic source, int from, int to) {
      List<ChainProblem> problems = ArithmeticProblems.draw(source, context.seed(), to);
      for (ChainProblem drawn : problems.subList(from, to)) {
        context.write(Tables.PROBLEMS, ArithmeticProblems.row(drawn));
      }
      return 0;
    }

    private static IndexedRows rows(ProblemSource.File source) {
      return IndexedRows.of(Path.of(source.path()), source.limit(), new RowKey.ProblemId(source));
    }

    private static int read(UnitContext context, ProblemSource.File source, int from, int to) {
      IndexedRows rows = rows(source);
      int[] dead = new int[1];
      SortedSet<Integer> own =
          IntStream.range(from, to).boxed().collect(Collectors.toCollection(TreeSet::new));
      rows.forEach(
          own,
          (row, index) -> {
            Fault fault = fault(source, rows, row, index);
            if (fault == null) {
              context.write(Tables.PROBLEMS, FileProblems.problem(source, row, index));
            } else {
              context.dead(letter(row, index, fault));
              dead[0]++;
            }
          });
      return dead[0];
    }

    private static @Nullable Fault fault(
        ProblemSource.File source, IndexedRows rows, FileRow row, int index) {
      Fault fault = FileProblems.fault(source, row);
      if (fault != null) {
        return fault;
      }
      String id = Hashes.problemId(FileProblems.messages(source, row));
      return rows.first(id) == index
          ? null
          : new Fault("duplicate", "asks what an earlier row asks");
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
