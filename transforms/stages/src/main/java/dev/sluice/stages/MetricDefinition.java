package dev.sluice.stages;

import java.util.regex.Pattern;

/**
 * What a metric means. Stands beside the code that writes it; {@code docs/metrics.md} is generated
 * from all of them.
 *
 * @param name the name, with {@code {...}} for a part that varies, such as {@code accuracy/{who}}
 * @param extent what one value is about
 * @param meaning what the value says, as a sentence
 */
public record MetricDefinition(String name, Extent extent, String meaning) {

  /** What one value of a metric is about. */
  public enum Extent {
    /** The whole stage: printed at the end of a run, and in its report. */
    STAGE,
    /** A round of training: only in the table {@code metrics}. */
    ROUND,
    /** A step of training: only in the table {@code metrics}. */
    STEP
  }

  private static final Pattern PART = Pattern.compile("\\{[a-z_]+\\}");

  /** A metric of the whole stage. */
  public static MetricDefinition of(String name, String meaning) {
    return new MetricDefinition(name, Extent.STAGE, meaning);
  }

  /** A metric of every round. */
  public static MetricDefinition perRound(String name, String meaning) {
    return new MetricDefinition(name, Extent.ROUND, meaning);
  }

  /** A metric of training steps. */
  public static MetricDefinition perStep(String name, String meaning) {
    return new MetricDefinition(name, Extent.STEP, meaning);
  }

  /** Whether it defines the metric of this name. */
  public boolean defines(String metric) {
    StringBuilder regex = new StringBuilder();
    int from = 0;
    for (var part = PART.matcher(name); part.find(); from = part.end()) {
      regex.append(Pattern.quote(name.substring(from, part.start()))).append("[a-z0-9_]+?");
    }
    regex.append(Pattern.quote(name.substring(from)));
    return metric.matches(regex.toString());
  }
}
