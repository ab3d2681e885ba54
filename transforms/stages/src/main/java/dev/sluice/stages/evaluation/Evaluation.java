package dev.sluice.stages.evaluation;

import dev.sluice.records.Problem;
import dev.sluice.stages.UnitContext;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What suites measure: the config, the tables and the problems with their references. */
public final class Evaluation {
  private final EvaluateConfig config;
  private final UnitContext context;
  private final Map<String, Problem> problems;
  private @Nullable StoredMetrics stored;

  Evaluation(EvaluateConfig config, UnitContext context) {
    this.config = config;
    this.context = context;
    this.problems = Report.problems(context, "problems");
  }

  /** The stage's config. */
  public EvaluateConfig config() {
    return config;
  }

  /** The tables that the stage reads, and those that its units made. */
  public UnitContext context() {
    return context;
  }

  /** The problems that models are measured on, by their ids, in the order of the table. */
  public Map<String, Problem> problems() {
    return problems;
  }

  /** What earlier stages left, read once for all suites. */
  StoredMetrics stored() {
    StoredMetrics known = stored;
    if (known == null) {
      known = new StoredMetrics(context);
      stored = known;
    }
    return known;
  }
}
