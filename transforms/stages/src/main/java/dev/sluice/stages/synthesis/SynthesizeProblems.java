package dev.sluice.stages.synthesis;

import dev.sluice.records.Counts;
import dev.sluice.records.DeadLetter;
import dev.sluice.records.Hashes;
import dev.sluice.records.Message;
import dev.sluice.records.Problem;
import dev.sluice.records.Tables;
import dev.sluice.records.config.Key;
import dev.sluice.stages.Stage;
import dev.sluice.stages.StageDriver;
import dev.sluice.stages.StageType;
import dev.sluice.stages.Unit;
import dev.sluice.stages.UnitContext;
import dev.sluice.stages.Units;
import dev.sluice.stages.Wiring;
import dev.sluice.stages.arithmetic.Chain;
import dev.sluice.stages.arithmetic.ChainProblem;
import dev.sluice.stages.tasks.ArithmeticTask;
import dev.sluice.stages.tasks.TaskFormat;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
              : FileRows.count((ProblemSource.File) source);
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

    private static int read(UnitContext context, ProblemSource.File source, int from, int to) {
      Set<String> seen = new HashSet<>();
      List<Problem> fresh = new ArrayList<>();
      List<DeadLetter> letters = new ArrayList<>();
      FileRows.forEach(
          Path.of(source.path()),
          source.limit() == null ? Integer.MAX_VALUE : to,
          (row, index) -> {
            if (index >= to) {
              return;
            }
            String question = row.text(source.columns().getOrDefault("question", "question"));
            if (question == null || question.isBlank()) {
              if (index >= from) {
                letters.add(letter(row, index, "missing", "has no question"));
              }
              return;
            }
            String fault = fault(source, row, question);
            if (!fault.isEmpty()) {
              if (index >= from) {
                letters.add(letter(row, index, "invalid", fault));
              }
              return;
            }
            Problem problem = problem(source, row, question, index);
            if (!seen.add(problem.problemId())) {
              if (index >= from) {
                letters.add(letter(row, index, "duplicate", "asks what an earlier row asks"));
              }
            } else if (index >= from) {
              fresh.add(problem);
            }
          });
      fresh.forEach(problem -> context.write(Tables.PROBLEMS, problem));
      letters.forEach(context::dead);
      return letters.size();
    }

    /** What is wrong with a row's fields; empty if nothing is. */
    private static String fault(ProblemSource.File source, FileRows.Row row, String question) {
      String difficulty = difficulty(source, row);
      if (difficulty != null && !difficulty.matches("-?\\d{1,9}")) {
        return "has the difficulty '%s', which is not a whole number".formatted(difficulty);
      }
      return source.format().equals(ArithmeticTask.NAME) && !Chain.matches(question)
          ? "is not a chain of the arithmetic world, such as 23+4-8*3"
          : "";
    }

    private static @Nullable String difficulty(ProblemSource.File source, FileRows.Row row) {
      String column = source.columns().get("difficulty");
      return column == null ? null : row.text(column);
    }

    private static Problem problem(
        ProblemSource.File source, FileRows.Row row, String question, int index) {
      Map<String, String> columns = source.columns();
      Map<String, String> attributes = new HashMap<>();
      attributes.put(TaskFormat.ATTRIBUTE, source.format());
      attributes.put("row", Integer.toString(index));
      String difficulty = difficulty(source, row);
      List<Message> messages = List.of(Message.user(question));
      return new Problem(
          Hashes.problemId(messages),
          messages,
          columns.containsKey("reference_answer")
              ? row.text(columns.get("reference_answer"))
              : null,
          "file",
          difficulty == null ? null : Integer.valueOf(difficulty),
          attributes);
    }

    private static DeadLetter letter(FileRows.Row row, int index, String kind, String what) {
      return DeadLetter.of(
          row.toString(),
          "Reading problems: row %d (from 0) %s.".formatted(index, what),
          NAME,
          "row-" + index,
          kind);
    }
  }

  /** The name of the arithmetic world's format, for problems that are drawn. */
  static final Map<String, String> ARITHMETIC = Map.of(TaskFormat.ATTRIBUTE, ArithmeticTask.NAME);
}
