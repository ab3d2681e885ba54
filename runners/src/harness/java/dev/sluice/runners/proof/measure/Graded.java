package dev.sluice.runners.proof.measure;

import dev.sluice.export.Artifact;
import dev.sluice.records.Hashes;
import dev.sluice.records.Metric;
import dev.sluice.records.Problem;
import dev.sluice.records.Solution;
import dev.sluice.records.parquet.Tables;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * Evaluate's samples, graded, by test problem in the order of the problems. They are graded once
 * more since the metrics keep no values by problem; a mean that differs from Evaluate's own is an
 * error.
 *
 * @param base those of the policy before training
 * @param policy those of the policy after training
 * @param judge what the reward model says of the policy's samples at temperature 1
 */
public record Graded(List<Attempts> base, List<Attempts> policy, List<JudgeRate> judge) {
  private static final double EQUAL = 1e-9;

  /** Reads and grades the samples that an Evaluate stage kept. */
  static Graded read(Artifact evaluation) {
    Map<String, Problem> problems = new LinkedHashMap<>();
    evaluation
        .input("problems")
        .orElseThrow()
        .forEach(Tables.PROBLEMS, problem -> problems.put(problem.problemId(), problem));
    Map<String, Attempts> base = new LinkedHashMap<>();
    Map<String, Attempts> policy = new LinkedHashMap<>();
    problems.keySet().forEach(id -> base.put(id, new Attempts()));
    problems.keySet().forEach(id -> policy.put(id, new Attempts()));
    Draws draws = Draws.of(evaluation);
    evaluation.forEach(
        Tables.SOLUTIONS,
        row -> {
          Problem problem = Objects.requireNonNull(problems.get(row.problemId()));
          Attempts attempts = (ofBase(row) ? base : policy).get(row.problemId());
          draws
              .of(Objects.requireNonNull(attempts), row.sampleIndex())
              .add(Attempts.Attempt.of(problem, row));
        });
    Set<String> accepted = JudgeRate.accepted(evaluation);
    Graded graded =
        new Graded(
            List.copyOf(base.values()),
            List.copyOf(policy.values()),
            policy.values().stream().map(each -> JudgeRate.of(each.warm(), accepted)).toList());
    for (Measure measure : Measure.values()) {
      check(evaluation, measure.metric("base"), graded.base, measure::of);
      check(evaluation, measure.metric("policy"), graded.policy, measure::of);
    }
    check(evaluation, "judge/gap", graded.judge, JudgeRate::gap);
    return graded;
  }

  /** Whose sample it is: its id is a hash of the problem's, of who drew it, and of the index. */
  private static boolean ofBase(Solution row) {
    return row.solutionId()
        .equals(Hashes.childId(row.problemId(), "Evaluate/base", row.sampleIndex()));
  }

  private static <P> void check(
      Artifact evaluation, String metric, List<P> problems, ToDoubleFunction<P> value) {
    double mean = problems.stream().mapToDouble(value).average().orElse(0);
    double reported =
        evaluation.manifest().metrics().stream()
            .filter(each -> each.name().equals(metric))
            .mapToDouble(Metric::value)
            .findFirst()
            .orElse(Double.NaN);
    if (!(Math.abs(mean - reported) < EQUAL)) {
      throw new ProofException(
          "The samples in %s come to %s = %s, but the run reported %s: another version of Sluice graded them. Run it again with this one."
              .formatted(evaluation.folder(), metric, mean, reported));
    }
  }

  /** How many samples of a problem were drawn in which way: in this order, then a greedy one. */
  private record Draws(int warm, int cool) {

    static Draws of(Artifact evaluation) {
      Map<String, Object> config = evaluation.manifest().config();
      return new Draws(number(config, "samples"), number(config, "cool_samples"));
    }

    private static int number(Map<String, Object> config, String key) {
      return ((Number) Objects.requireNonNull(config.get(key), key)).intValue();
    }

    List<Attempts.Attempt> of(Attempts attempts, int index) {
      return index < warm
          ? attempts.warm()
          : index < warm + cool ? attempts.cool() : attempts.greedy();
    }
  }
}
