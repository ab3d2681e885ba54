package dev.sluice.records;

import dev.sluice.records.parquet.Table;
import java.util.List;
import java.util.Map;

/** Rows of every table, with nulls, empty lists and texts of many alphabets. */
public final class SampleRows {
  private static final String UNICODE = "π ≈ 3,14 · 数学 · \uD83E\uDD13 · \"quote\"\n\ttab";

  private SampleRows() {}

  static final List<SolutionScore> SOLUTION_SCORES =
      List.of(
          new SolutionScore("s0", "p0", "reward.base", 0.25, List.of(0.5, 0.25), "m0"),
          new SolutionScore("0:1", "p1", "reward.file", 1, List.of(), "m0"));

  static final List<TextVector> TEXT_VECTORS =
      List.of(
          new TextVector("p0", List.of(0.6f, -0.8f)),
          new TextVector("test.jsonl:0", List.of(1f, 0f)));

  static final List<DroppedProblem> DROPPED_PROBLEMS =
      List.of(
          new DroppedProblem("p0", "benchmark", "test.jsonl:3", 0.75),
          new DroppedProblem("p1", "near_duplicate", "p0", 1));

  public static final List<Problem> PROBLEMS =
      List.of(
          new Problem(
              "p0",
              List.of(new Message("system", "Count."), new Message("user", UNICODE)),
              "42",
              "arithmetic",
              3,
              Map.of("gate", "lines:3", "b", "", "a", UNICODE)),
          new Problem("p1", List.of(), null, "", null, Map.of()),
          new Problem("p2", List.of(Message.user("2+2")), null, "file", 0, Map.of("k", "v")));

  public static final List<Solution> SOLUTIONS =
      List.of(
          new Solution(
              "s0",
              "p0",
              0,
              UNICODE,
              List.of("a", "", UNICODE),
              "42",
              "stop",
              12,
              34,
              -0.25,
              -1e-300,
              "m",
              true,
              "h0"),
          new Solution(
              "s1", "p0", 1, "", List.of(), null, "length", 0, 0, null, null, "", null, "h1"),
          new Solution(
              "s2",
              "p2",
              0,
              "x",
              List.of("x"),
              "",
              "file",
              0,
              0,
              null,
              0.0,
              "column",
              false,
              "h2"));

  public static final List<Rubric> RUBRICS =
      List.of(
          new Rubric("r0", "p0", null, List.of(), "abstains"),
          new Rubric(
              "r1",
              "p0",
              "s0",
              List.of(
                  new Criterion("line_0", UNICODE, 1.5, "equals"),
                  new Criterion("answer", "", 0, "judge")),
              "consensus of 3"));

  public static final List<Verification> VERIFICATIONS =
      List.of(
          new Verification(
              "v0",
              "s0",
              "p0",
              0,
              "initial",
              List.of(true, false, true),
              false,
              UNICODE,
              true,
              5,
              6,
              "judge"),
          new Verification(
              "v1", "s0", "p0", 1, "initial", List.of(), null, "?", false, 5, 1, "judge"));

  static final List<StepLabel> STEP_LABELS =
      List.of(
          new StepLabel(
              "s0",
              "p0",
              "labelled",
              List.of("a", "b"),
              List.of(1.0, 0.25),
              List.of(true, false),
              1,
              false,
              8,
              List.of(1.0, 0.75),
              "step_majority",
              "v0"),
          new StepLabel(
              "s1",
              "p0",
              "few_votes",
              List.of(),
              List.of(),
              List.of(),
              -1,
              null,
              0,
              List.of(),
              "step_majority",
              null));

  public static final List<Preference> PREFERENCES =
      List.of(new Preference("f0", "p0", UNICODE, "good", "bad", 0.5, 1.0, "s0", "s1"));

  public static final List<Rollout> ROLLOUTS =
      List.of(
          new Rollout(
              "o0",
              1,
              "p0",
              0,
              UNICODE,
              List.of(5, 0, 7),
              List.of(-0.5f, -0f, Float.MIN_VALUE),
              "stop",
              Map.of("process", 0.5, "format", 1.0),
              1.5,
              -0.125,
              List.of(0.1, Double.NaN, Double.NEGATIVE_INFINITY),
              List.of(new StepSpan(0, 2), new StepSpan(2, 3)),
              List.of(true, false)),
          new Rollout(
              "o1", 0, "p0", 1, "", List.of(), List.of(), "length", Map.of(), 0, 0.0, List.of(),
              List.of(), List.of()));

  static final List<RolloutAdvantage> ADVANTAGES =
      List.of(
          new RolloutAdvantage("o0", 2, -0.125, List.of()),
          new RolloutAdvantage("o1", 2, 0.25, List.of(0.5, 0.0)));

  static final List<Metric> METRICS =
      List.of(
          new Metric("Evaluate", 0, 0, "accuracy/policy", 0.5, 0.4, 0.6, 400),
          Metric.of("TrainReward", 2, 100, "loss", 1.25),
          Metric.of("TrainReward", 0, 0, "time/step", 0.018));

  static final List<Example> EXAMPLES =
      List.of(
          new Example("e0", UNICODE, "done", 1.0, List.of(0.5, 1.0), List.of("s0", "v0")),
          new Example("e1", "", "", 0.0, List.of(), List.of()));

  public static final List<DeadLetter> DEAD_LETTERS =
      List.of(new DeadLetter("{}", "No reply came.", "VerifySolutions", "v9", "timeout", 3, true));

  /** Rows of a table. */
  @SuppressWarnings("unchecked")
  public static <R extends Record> List<R> of(Table<R> table) {
    return (List<R>)
        switch (table.name()) {
          case "problems" -> PROBLEMS;
          case "dropped_problems" -> DROPPED_PROBLEMS;
          case "text_vectors" -> TEXT_VECTORS;
          case "solutions" -> SOLUTIONS;
          case "rubrics" -> RUBRICS;
          case "verifications" -> VERIFICATIONS;
          case "step_labels" -> STEP_LABELS;
          case "preferences" -> PREFERENCES;
          case "rollouts", "dev_rollouts" -> ROLLOUTS;
          case "advantages" -> ADVANTAGES;
          case "solution_scores" -> SOLUTION_SCORES;
          case "metrics" -> METRICS;
          case "examples" -> EXAMPLES;
          case "dead_letters" -> DEAD_LETTERS;
          default -> throw new IllegalArgumentException("No sample rows of " + table);
        };
  }
}
