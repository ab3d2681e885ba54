package dev.sluice.records.parquet;

import dev.sluice.records.DeadLetter;
import dev.sluice.records.DroppedProblem;
import dev.sluice.records.Example;
import dev.sluice.records.Metric;
import dev.sluice.records.Preference;
import dev.sluice.records.Problem;
import dev.sluice.records.Rollout;
import dev.sluice.records.RolloutAdvantage;
import dev.sluice.records.Rubric;
import dev.sluice.records.Solution;
import dev.sluice.records.SolutionScore;
import dev.sluice.records.StepLabel;
import dev.sluice.records.TextVector;
import dev.sluice.records.Verification;
import java.util.List;
import java.util.stream.Collectors;

/**
 * All tables, in the order in which a chain writes them. The records of their rows describe the
 * columns; those texts are in every file's footer and in the specification of the format.
 *
 * <p>A column that is not content (an origin, the text of an error) stays out of digests; so no
 * stage may let its rows depend on one.
 */
public final class Tables {
  /** Problems. */
  public static final Table<Problem> PROBLEMS = new Table<>("problems", Problem.class);

  /** Problems that were kept out. */
  public static final Table<DroppedProblem> DROPPED_PROBLEMS =
      new Table<>("dropped_problems", DroppedProblem.class);

  /** Texts as vectors, from which a stage sees which say the same; part of no artifact. */
  public static final Table<TextVector> TEXT_VECTORS =
      new Table<>("text_vectors", TextVector.class);

  /** Solutions. */
  public static final Table<Solution> SOLUTIONS = new Table<>("solutions", Solution.class);

  /** Rubrics. */
  public static final Table<Rubric> RUBRICS = new Table<>("rubrics", Rubric.class);

  /** Votes. */
  public static final Table<Verification> VERIFICATIONS =
      new Table<>("verifications", Verification.class);

  /** Step labels. */
  public static final Table<StepLabel> STEP_LABELS = new Table<>("step_labels", StepLabel.class);

  /** Preferences. */
  public static final Table<Preference> PREFERENCES = new Table<>("preferences", Preference.class);

  /** Rollouts that train the policy. */
  public static final Table<Rollout> ROLLOUTS = new Table<>("rollouts", Rollout.class);

  /** Rollouts on the dev problems, for curves and alarms. */
  public static final Table<Rollout> DEV_ROLLOUTS = new Table<>("dev_rollouts", Rollout.class);

  /** Advantages that are estimated over a whole round. */
  public static final Table<RolloutAdvantage> ADVANTAGES =
      new Table<>("advantages", RolloutAdvantage.class);

  /** Scores of solutions that a reward model is measured on. */
  public static final Table<SolutionScore> SOLUTION_SCORES =
      new Table<>("solution_scores", SolutionScore.class);

  /** Metrics. */
  public static final Table<Metric> METRICS =
      new Table<>("metrics", Metric.class, metric -> !metric.timing());

  /** Training examples. */
  public static final Table<Example> EXAMPLES = new Table<>("examples", Example.class);

  /** Rows that could not be made. */
  public static final Table<DeadLetter> DEAD_LETTERS =
      new Table<>("dead_letters", DeadLetter.class);

  private static final List<Table<?>> ALL =
      List.of(
          PROBLEMS,
          DROPPED_PROBLEMS,
          TEXT_VECTORS,
          SOLUTIONS,
          RUBRICS,
          VERIFICATIONS,
          STEP_LABELS,
          PREFERENCES,
          ROLLOUTS,
          DEV_ROLLOUTS,
          ADVANTAGES,
          SOLUTION_SCORES,
          METRICS,
          EXAMPLES,
          DEAD_LETTERS);

  private Tables() {}

  /** Every table. */
  public static List<Table<?>> all() {
    return ALL;
  }

  /** The table of this name. */
  public static Table<?> named(String name) {
    for (Table<?> table : ALL) {
      if (table.name().equals(name)) {
        return table;
      }
    }
    throw new IllegalArgumentException(
        "There is no table '%s'; the tables are %s."
            .formatted(name, ALL.stream().map(Table::name).collect(Collectors.joining(", "))));
  }
}
