package dev.sluice.stages.filtering;

import dev.sluice.records.Counts;
import dev.sluice.records.DroppedProblem;
import dev.sluice.records.Metric;
import dev.sluice.records.Problem;
import dev.sluice.records.ShardFile;
import dev.sluice.records.Tables;
import dev.sluice.records.config.Key;
import dev.sluice.stages.Stage;
import dev.sluice.stages.StageDriver;
import dev.sluice.stages.StageType;
import dev.sluice.stages.Unit;
import dev.sluice.stages.UnitContext;
import dev.sluice.stages.UnitResult;
import dev.sluice.stages.Wiring;
import dev.sluice.stages.Wiring.Port;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Leaves problems out that stand in a benchmark or repeat an earlier problem (METHODS 4.9). The
 * shards of the others stay as they are, so that later tables are cut alike.
 */
public final class FilterProblems implements StageType<FilterProblems.Config> {
  static final String NAME = "FilterProblems";

  private static final String PROBLEMS = "problems";
  private static final String COMPARE = "compare";
  private static final String KEPT = "kept";
  private static final String BENCHMARK = "benchmark";
  private static final String NEAR_DUPLICATE = "near_duplicate";

  /** The config block. */
  public record Config(
      @Key(
              value =
                  "Files of texts that no problem may be like: those that a model is measured on.",
              byDefault = "[]")
          List<BenchmarkFile> benchmarks,
      @Key(
              value =
                  "A problem is taken for a benchmark's text if both share a run of so many words and a subsequence, see below.",
              byDefault = "13",
              min = 1)
          int runWords,
      @Key(
              value =
                  "And if their longest common subsequence is more than this share of the shorter one's words.",
              byDefault = "0.6",
              min = 0,
              max = 1)
          double commonShare,
      @Key("When a problem nearly repeats an earlier one; absent: nobody looks for it.")
          @Nullable Alike nearDuplicates) {

    public Config {
      benchmarks = List.copyOf(benchmarks);
    }
  }

  /** A file of texts. */
  public record BenchmarkFile(
      @Key(value = "A JSONL, CSV or Parquet file.", refersTo = "file") String path,
      @Key(
              value = "The column that holds the text; a dot reaches into an object.",
              byDefault = "question")
          String column)
      implements Serializable {}

  /** When two problems are nearly the same. */
  public record Alike(
      @Key(value = "Words of a run.", byDefault = "3", min = 1) int runWords,
      @Key(
              value = "Share of common runs of words from which on the later problem is left out.",
              byDefault = "0.8",
              max = 1)
          double similarity)
      implements Serializable {

    public Alike {
      if (!(similarity > 0)) {
        throw new IllegalArgumentException("similarity is above 0, not " + similarity);
      }
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String doc() {
    return "Leaves problems out that stand in a benchmark or nearly repeat an earlier problem.";
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
    // References travel through; what is left out depends on questions alone.
    return Wiring.tables(List.of(Port.required(PROBLEMS)), PROBLEMS, "dropped_problems")
        .evaluating();
  }

  @Override
  public List<Mistake> check(Config config) {
    return config.benchmarks().isEmpty() && config.nearDuplicates() == null
        ? List.of(
            new Mistake(
                "benchmarks",
                "the stage has nothing to do; name a file under 'benchmarks', or give 'near_duplicates'"))
        : List.of();
  }

  @Override
  public Stage stage(Config config) {
    return new Work(
        config.benchmarks(), config.runWords(), config.commonShare(), config.nearDuplicates());
  }

  private record Work(
      List<BenchmarkFile> benchmarks, int runWords, double commonShare, @Nullable Alike alike)
      implements Stage {

    @Override
    public void drive(StageDriver driver) {
      List<Unit> units = driver.unitPerShard("shard", PROBLEMS);
      if (alike != null) {
        Unit compare = Unit.of(COMPARE, COMPARE, driver.inputs(PROBLEMS));
        UnitResult compared = driver.runAside("compare", List.of(compare)).get(0);
        units = units.stream().map(unit -> beside(unit, compared)).toList();
      }
      Map<String, Double> sums = new HashMap<>();
      for (UnitResult result : driver.run("filter", units)) {
        result.values().forEach((name, value) -> sums.merge(name, value, Double::sum));
      }
      for (String reason : List.of(KEPT, BENCHMARK, NEAR_DUPLICATE)) {
        driver.metric(Metric.of(NAME, 0, 0, "filter/" + reason, sums.getOrDefault(reason, 0.0)));
      }
    }

    /** The same unit with the table of what is left out. */
    private static Unit beside(Unit unit, UnitResult compared) {
      Map<String, List<ShardFile>> inputs = new HashMap<>(unit.inputs());
      inputs.put(COMPARE, List.of(Objects.requireNonNull(compared.table("dropped_problems"))));
      return Unit.of(unit.name(), unit.kind(), inputs);
    }

    @Override
    public void work(UnitContext context) {
      if (context.unit().kind().equals(COMPARE)) {
        compare(context, Objects.requireNonNull(alike));
      } else {
        filter(context);
      }
    }

    /**
     * Decides on all problems, in their order: of what stands in a benchmark nothing is a repeat.
     */
    private void compare(UnitContext context, Alike rule) {
      context.begin(Tables.DROPPED_PROBLEMS);
      Benchmarks known = Benchmarks.of(benchmarks, runWords, commonShare);
      List<String> ids = new ArrayList<>();
      List<String> questions = new ArrayList<>();
      context.forEach(
          PROBLEMS,
          Tables.PROBLEMS,
          problem -> {
            DroppedProblem dropped = inBenchmark(problem, known);
            if (dropped == null) {
              ids.add(problem.problemId());
              questions.add(problem.question());
            } else {
              context.write(Tables.DROPPED_PROBLEMS, dropped);
            }
          });
      for (NearDuplicates.Repeat repeat :
          new NearDuplicates(rule.runWords(), rule.similarity()).of(questions)) {
        context.write(
            Tables.DROPPED_PROBLEMS,
            new DroppedProblem(
                ids.get(repeat.index()),
                NEAR_DUPLICATE,
                ids.get(repeat.of()),
                repeat.similarity()));
      }
      context.count(Counts.NONE);
    }

    private void filter(UnitContext context) {
      context.begin(Tables.PROBLEMS);
      context.begin(Tables.DROPPED_PROBLEMS);
      Function<Problem, @Nullable DroppedProblem> decided = decided(context);
      List<Problem> problems = context.read(PROBLEMS, Tables.PROBLEMS);
      Map<String, Integer> counts = new HashMap<>();
      for (Problem problem : problems) {
        DroppedProblem dropped = decided.apply(problem);
        if (dropped == null) {
          context.write(Tables.PROBLEMS, problem);
        } else {
          context.write(Tables.DROPPED_PROBLEMS, dropped);
        }
        counts.merge(dropped == null ? KEPT : dropped.reason(), 1, Integer::sum);
      }
      counts.forEach(context::value);
      int kept = counts.getOrDefault(KEPT, 0);
      context.count(new Counts(problems.size(), kept, kept, 0, 0));
    }

    /** Why a problem is left out, null if it is kept: as it was compared, else by benchmarks. */
    private Function<Problem, @Nullable DroppedProblem> decided(UnitContext context) {
      if (alike == null) {
        Benchmarks known = Benchmarks.of(benchmarks, runWords, commonShare);
        return problem -> inBenchmark(problem, known);
      }
      Map<String, DroppedProblem> compared = new HashMap<>();
      context.forEach(COMPARE, Tables.DROPPED_PROBLEMS, row -> compared.put(row.problemId(), row));
      return problem -> compared.get(problem.problemId());
    }

    private static @Nullable DroppedProblem inBenchmark(Problem problem, Benchmarks known) {
      Benchmarks.Found found = known.find(problem.question());
      return found == null
          ? null
          : new DroppedProblem(
              problem.problemId(), BENCHMARK, found.file() + ":" + found.row(), found.share());
    }
  }
}
