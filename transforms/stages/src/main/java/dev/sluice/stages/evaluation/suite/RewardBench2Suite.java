package dev.sluice.stages.evaluation.suite;

import dev.sluice.parts.ConfigMistake;
import dev.sluice.parts.Method;
import dev.sluice.records.Metric;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import dev.sluice.records.manifest.ShardFile;
import dev.sluice.stages.MetricDefinition;
import dev.sluice.stages.UnitContext;
import dev.sluice.stages.evaluation.Bootstrap;
import dev.sluice.stages.evaluation.ByProblem;
import dev.sluice.stages.evaluation.EvaluateConfig;
import dev.sluice.stages.evaluation.Evaluation;
import dev.sluice.stages.evaluation.Suite;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** How often a reward model finds the right one of four responses, and how it treats ties. */
@Kind(
    value = "rewardbench2",
    doc =
        "Accuracy of a reward model at finding the right one of four responses, by subset of RewardBench 2, the score of Ties, and the mean of the subsets.")
@Method(
    name = "RewardBench 2",
    paper = "RewardBench 2, arXiv 2506.01937; utils.py of the repository",
    formula =
        "row = 1/k if the right response shares the highest score with k - 1 others, else 0; Ties = 0.30 tied accuracy + 0.30 reference accuracy + 0.20 mean [m > s] + 0.20 mean [min(m, r) > s] + 0.01 mean tanh(min(m, r) / s - 1); score = mean of the subsets",
    papers = "2506.01937",
    departs =
        "A subset without a row in the file is left out of the mean. A tied prompt with a single right answer has the spread 0, where the script fails. Rows of Ties need ids 'tied:NUMBER' and 'ref:NUMBER'; others are left out.")
public record RewardBench2Suite(@Key("Rows of the benchmark.") BenchRows rows) implements Suite {
  private static final String TIES = "ties";

  /** Without a file. */
  public RewardBench2Suite() {
    this(BenchRows.USUAL);
  }

  @Override
  public Set<String> models() {
    return rows.models();
  }

  @Override
  public boolean scores() {
    return true;
  }

  @Override
  public boolean ofStoredTables() {
    return true;
  }

  @Override
  public List<ConfigMistake> check(String key) {
    return rows.check(key + ".rows");
  }

  @Override
  public List<Judging> judging(
      EvaluateConfig config, List<ShardFile> problems, Map<String, List<ShardFile>> tables) {
    return rows.units(name(), problems);
  }

  @Override
  public void judge(EvaluateConfig config, UnitContext context) {
    rows.work(name(), config, context);
  }

  @Override
  public List<Metric> metrics(Evaluation evaluation) {
    Map<String, List<BenchRows.Scored>> subsets = new TreeMap<>();
    for (BenchRows.Scored row : rows.scored(name(), evaluation.context())) {
      String subset = RewardBenchSuite.word(row.subset());
      if (!subset.equals(TIES) || BestOfFour.prompt(row) != null) {
        subsets.computeIfAbsent(subset, name -> new ArrayList<>()).add(row);
      }
    }
    List<Metric> metrics = new ArrayList<>();
    if (subsets.isEmpty()) {
      return metrics;
    }
    long seed = evaluation.context().seed();
    Map<String, ToDoubleFunction<int[]>> values = new LinkedHashMap<>();
    Map<String, Integer> sizes = new LinkedHashMap<>();
    subsets.forEach(
        (subset, own) -> {
          List<Integer> numbers = numbers(subset, own);
          sizes.put(subset, numbers.size());
          values.put(subset, value(subset, own, numbers));
        });
    int all = sizes.values().stream().mapToInt(Integer::intValue).sum();
    metrics.add(metric("score", all, seed, drawn -> score(values, sizes, drawn)));
    values.forEach(
        (subset, value) ->
            metrics.add(metric(subset, Objects.requireNonNull(sizes.get(subset)), seed, value)));
    return metrics;
  }

  /** What is drawn in a subset: rows by their index, prompts of Ties with their reference. */
  private static List<Integer> numbers(String subset, List<BenchRows.Scored> rows) {
    if (subset.equals(TIES)) {
      return BestOfFour.prompts(rows).stream()
          .map(BestOfFour.Prompt::number)
          .distinct()
          .sorted()
          .toList();
    }
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      numbers.add(i);
    }
    return numbers;
  }

  private static ToDoubleFunction<int[]> value(
      String subset, List<BenchRows.Scored> rows, List<Integer> numbers) {
    if (subset.equals(TIES)) {
      List<BestOfFour.Prompt> prompts = BestOfFour.prompts(rows);
      return drawn -> {
        Map<Integer, Integer> times = new TreeMap<>();
        for (int i = 0; i < drawn.length; i++) {
          times.put(numbers.get(i), drawn[i]);
        }
        return BestOfFour.ties(prompts, times);
      };
    }
    double[] worth =
        rows.stream()
            .mapToDouble(
                row ->
                    row.chosen().stream()
                        .mapToDouble(score -> BestOfFour.worth(score, row.rejected()))
                        .average()
                        .orElse(0))
            .toArray();
    return drawn -> Bootstrap.mean(worth, drawn);
  }

  /** The mean of the subsets of which something was drawn. */
  private static double score(
      Map<String, ToDoubleFunction<int[]>> values, Map<String, Integer> sizes, int[] drawn) {
    double sum = 0;
    int count = 0;
    int from = 0;
    for (Map.Entry<String, ToDoubleFunction<int[]>> entry : values.entrySet()) {
      int to = from + Objects.requireNonNull(sizes.get(entry.getKey()));
      int[] own = Arrays.copyOfRange(drawn, from, to);
      if (Arrays.stream(own).sum() > 0) {
        sum += entry.getValue().applyAsDouble(own);
        count++;
      }
      from = to;
    }
    return count == 0 ? 0 : sum / count;
  }

  private static Metric metric(String name, int n, long seed, ToDoubleFunction<int[]> value) {
    return ByProblem.metric(
        "rewardbench2/" + name,
        value.applyAsDouble(BestOfFour.once(n)),
        Bootstrap.interval(n, seed, value),
        n);
  }

  @Override
  public List<MetricDefinition> definitions() {
    return List.of(
        MetricDefinition.of("rewardbench2/score", "Mean of the subsets that the file has rows of."),
        MetricDefinition.of(
            "rewardbench2/ties",
            "Score of the subset Ties, of accuracies and margins; it can slightly exceed 1."),
        MetricDefinition.of(
            "rewardbench2/{subset}",
            "Share of the subset's rows whose right response has the highest score; a response that shares it with k - 1 others counts 1/k."));
  }
}
