package dev.sluice.stages.filtering;

import dev.sluice.parts.ConfigMistake;
import dev.sluice.records.DroppedProblem;
import dev.sluice.records.Metric;
import dev.sluice.records.Problem;
import dev.sluice.records.manifest.Counts;
import dev.sluice.records.manifest.ShardFile;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.MetricDefinition;
import dev.sluice.stages.Stage;
import dev.sluice.stages.StageDriver;
import dev.sluice.stages.StageType;
import dev.sluice.stages.Unit;
import dev.sluice.stages.UnitContext;
import dev.sluice.stages.UnitResult;
import dev.sluice.stages.Wiring;
import dev.sluice.stages.Wiring.Port;
import dev.sluice.stages.synthesis.FileColumn;
import dev.sluice.stages.synthesis.FileLook;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Leaves problems out that stand in a benchmark or repeat an earlier problem (METHODS 4.9). The
 * shards of the others stay as they are, so that later tables are cut alike.
 */
public final class FilterProblems implements StageType<FilterProblemsConfig> {
  static final String NAME = "FilterProblems";
  static final String PROBLEMS = "problems";

  /** The port at which a unit finds the vectors of texts. */
  static final String VECTORS = "vectors";

  private static final String COMPARE = "compare";
  private static final String EMBED = "embed";
  private static final String EMBED_BENCHMARK = "embed_benchmark";
  private static final String KEPT = "kept";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String doc() {
    return "Removes problems that overlap with a benchmark or nearly repeat an earlier problem.";
  }

  @Override
  public int behaviourVersion() {
    return 1;
  }

  @Override
  public Class<FilterProblemsConfig> configType() {
    return FilterProblemsConfig.class;
  }

  @Override
  public Wiring wiring(FilterProblemsConfig config) {
    // References travel through; what is left out depends on questions alone.
    return Wiring.tables(List.of(Port.required(PROBLEMS)), PROBLEMS, "dropped_problems")
        .evaluating();
  }

  @Override
  public List<ConfigMistake> check(FilterProblemsConfig config) {
    return config.benchmarks().isEmpty()
            && config.nearDuplicates() == null
            && config.paraphrases() == null
        ? List.of(
            new ConfigMistake(
                "benchmarks",
                "the stage has nothing to do; name a file under 'benchmarks', or give 'near_duplicates' or 'paraphrases'"))
        : List.of();
  }

  @Override
  public Look look(FilterProblemsConfig config) {
    Look all = Look.NOTHING;
    for (int i = 0; i < config.benchmarks().size(); i++) {
      String key = "benchmarks[%d].".formatted(i);
      FilterProblemsConfig.BenchmarkFile file = config.benchmarks().get(i);
      FileColumn column = FileColumn.someRow(key + "column", file.column());
      all = all.and(FileLook.at(file.path(), key + "path", null, List.of(column)));
    }
    return all;
  }

  @Override
  public List<MetricDefinition> metrics() {
    return List.of(
        MetricDefinition.of("filter/kept", "Problems kept."),
        MetricDefinition.of(
            "filter/benchmark", "Problems removed because they overlap with a benchmark."),
        MetricDefinition.of(
            "filter/near_duplicate",
            "Problems removed because an earlier one has nearly the same words."),
        MetricDefinition.of(
            "filter/paraphrase",
            "Problems removed because an earlier one says the same in other words; only with 'paraphrases'."));
  }

  @Override
  public Stage stage(FilterProblemsConfig config) {
    return new Work(config);
  }

  private record Work(FilterProblemsConfig config) implements Stage {

    @Override
    public void drive(StageDriver driver) {
      List<Unit> units = driver.unitPerShard("shard", PROBLEMS);
      if (comparesProblems()) {
        UnitResult compared = driver.runAside("compare", List.of(compare(driver))).get(0);
        List<ShardFile> dropped =
            List.of(Objects.requireNonNull(compared.table("dropped_problems")));
        units = units.stream().map(unit -> unit.with(COMPARE, dropped)).toList();
      }
      Map<String, Double> sums = new HashMap<>();
      for (UnitResult result : driver.run("filter", units)) {
        result.values().forEach((name, value) -> sums.merge(name, value, Double::sum));
      }
      List<String> reasons =
          new ArrayList<>(List.of(KEPT, CompareUnit.BENCHMARK, CompareUnit.NEAR_DUPLICATE));
      if (config.paraphrases() != null) {
        reasons.add(CompareUnit.PARAPHRASE);
      }
      for (String reason : reasons) {
        driver.metric(Metric.of(NAME, 0, 0, "filter/" + reason, sums.getOrDefault(reason, 0.0)));
      }
    }

    /** Whether what is left out depends on other problems. */
    private boolean comparesProblems() {
      return config.nearDuplicates() != null || config.paraphrases() != null;
    }

    /** The unit that decides on all problems, with the vectors that it needs. */
    private Unit compare(StageDriver driver) {
      Map<String, List<ShardFile>> inputs = new TreeMap<>(driver.inputs(PROBLEMS));
      if (config.paraphrases() != null) {
        List<Unit> embed = new ArrayList<>();
        for (int i = 0; i < config.benchmarks().size(); i++) {
          embed.add(
              Unit.of(
                  "benchmark-" + Unit.numbered(i),
                  EMBED_BENCHMARK,
                  Map.of(),
                  new EmbedUnit.Parameters(i)));
        }
        embed.addAll(driver.unitPerShard(EMBED, PROBLEMS));
        inputs.put(
            VECTORS,
            driver.runAside("embed", embed).stream()
                .map(result -> Objects.requireNonNull(result.table(Tables.TEXT_VECTORS.name())))
                .toList());
      }
      return Unit.of(COMPARE, COMPARE, inputs);
    }

    @Override
    public void work(UnitContext context) {
      switch (context.unit().kind()) {
        case COMPARE -> new CompareUnit(config, context).work();
        case EMBED -> new EmbedUnit(config, context).problems();
        case EMBED_BENCHMARK -> new EmbedUnit(config, context).benchmark();
        default -> filter(context);
      }
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
      if (!comparesProblems()) {
        Benchmarks known = Benchmarks.of(config);
        return problem -> CompareUnit.inBenchmark(problem.problemId(), problem.question(), known);
      }
      Map<String, DroppedProblem> compared = new HashMap<>();
      context.forEach(COMPARE, Tables.DROPPED_PROBLEMS, row -> compared.put(row.problemId(), row));
      return problem -> compared.get(problem.problemId());
    }
  }
}
