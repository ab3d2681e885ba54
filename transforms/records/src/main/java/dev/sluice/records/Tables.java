package dev.sluice.records;

/** All tables, in the order in which a chain writes them. */
public final class Tables {
  /** Problems. */
  public static final Table<Problem> PROBLEMS = new Table<>("problems", Problem.class);

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

  /** Metrics. */
  public static final Table<Metric> METRICS = new Table<>("metrics", Metric.class);

  /** Training examples. */
  public static final Table<Example> EXAMPLES = new Table<>("examples", Example.class);

  /** Rows that could not be made. */
  public static final Table<DeadLetter> DEAD_LETTERS =
      new Table<>("dead_letters", DeadLetter.class);

  private Tables() {}
}
