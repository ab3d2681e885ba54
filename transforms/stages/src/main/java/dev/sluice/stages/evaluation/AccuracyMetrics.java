package dev.sluice.stages.evaluation;

import dev.sluice.methods.label.ModalAnswer;
import dev.sluice.methods.task.TaskFormat;
import dev.sluice.records.Metric;
import dev.sluice.records.Problem;
import dev.sluice.records.Solution;
import dev.sluice.stages.MetricDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** How often a model solves problems, and its answers' majority. */
record AccuracyMetrics(EvaluateConfig config, Map<String, Problem> problems, long seed) {
  /** What the metrics mean. */
  static final List<MetricDefinition> DEFINITIONS =
      List.of(
          MetricDefinition.of(
              "accuracy/{who}",
              "Share of samples at temperature 1 whose final answer equals the reference by value, averaged over problems. {who} is base (the model before training) or policy (after)."),
          MetricDefinition.of(
              "accuracy/{who}_greedy", "The same for one greedy completion per problem."),
          MetricDefinition.of("accuracy/{who}_t07", "The same for samples at temperature 0.7."),
          MetricDefinition.of(
              "maj_at_{k}/{who}",
              "Share of problems whose most frequent answer among {k} samples at temperature 1 is correct. Samples without an answer abstain."),
          MetricDefinition.of(
              "pass_at_{k}/{who}",
              "Probability that at least one of {k} samples at temperature 1 is correct: the unbiased estimate from all samples, averaged over problems."),
          MetricDefinition.of(
              "process_accuracy/{who}",
              "Share of samples at temperature 1 whose steps are all correct. Only for tasks with gold step labels."));

  List<Metric> of(String who, List<Solution> solutions) {
    SampleUnit.Drawn drawn = SampleUnit.Drawn.of(config, solutions);
    Map<String, List<Solution>> warm = ByProblem.group(drawn.warm(), Solution::problemId);
    Map<String, List<Solution>> cool = ByProblem.group(drawn.cool(), Solution::problemId);
    Map<String, List<Solution>> greedy = ByProblem.group(drawn.greedy(), Solution::problemId);
    int k = config.samples();
    List<Metric> metrics = new ArrayList<>();
    add(metrics, ByProblem.mean("accuracy/" + who, warm, this::accuracy, seed));
    add(metrics, ByProblem.mean("accuracy/" + who + "_greedy", greedy, this::accuracy, seed));
    add(metrics, ByProblem.mean("accuracy/" + who + "_t07", cool, this::accuracy, seed));
    add(metrics, ByProblem.mean("maj_at_" + k + "/" + who, warm, this::majority, seed));
    for (int pass : passes(k)) {
      String name = "pass_at_" + pass + "/" + who;
      add(metrics, ByProblem.mean(name, warm, samples -> pass(samples, pass), seed));
    }
    if (problems.values().stream().allMatch(Truth::hasSteps)) {
      add(metrics, ByProblem.mean("process_accuracy/" + who, warm, this::process, seed));
    }
    return metrics;
  }

  private static void add(List<Metric> metrics, @Nullable Metric metric) {
    if (metric != null) {
      metrics.add(metric);
    }
  }

  private Problem problem(Solution solution) {
    return Objects.requireNonNull(problems.get(solution.problemId()));
  }

  private double accuracy(List<Solution> samples) {
    return samples.stream()
        .mapToDouble(sample -> Truth.right(problem(sample), sample) ? 1 : 0)
        .average()
        .orElse(0);
  }

  private double process(List<Solution> samples) {
    return samples.stream()
        .mapToDouble(sample -> Truth.processRight(problem(sample), sample.text()) ? 1 : 0)
        .average()
        .orElse(0);
  }

  /** The k of pass@k: all powers of two up to the number of samples, and that number. */
  static List<Integer> passes(int samples) {
    List<Integer> passes = new ArrayList<>();
    for (long k = 1; k < samples; k *= 2) {
      passes.add((int) k);
    }
    passes.add(samples);
    return passes;
  }

  private double pass(List<Solution> samples, int k) {
    int right =
        (int) samples.stream().filter(sample -> Truth.right(problem(sample), sample)).count();
    return SampledAccuracy.passAtK(samples.size(), right, Math.min(k, samples.size()));
  }

  /** Whether the answer given most often is right; samples without an answer abstain. */
  private double majority(List<Solution> samples) {
    if (samples.isEmpty()) {
      return 0;
    }
    List<@Nullable String> answers = new ArrayList<>();
    samples.forEach(sample -> answers.add(sample.finalAnswer()));
    List<String> classes = TaskFormat.of(problem(samples.get(0))).classes(answers);
    return ModalAnswer.of(classes)
        .map(
            mode ->
                IntStream.range(0, classes.size())
                        .filter(i -> mode.equals(classes.get(i)))
                        .anyMatch(i -> Truth.right(problem(samples.get(i)), samples.get(i)))
                    ? 1.0
                    : 0.0)
        .orElse(0.0);
  }
}
