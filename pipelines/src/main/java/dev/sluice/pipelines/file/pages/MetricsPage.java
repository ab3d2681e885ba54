package dev.sluice.pipelines.file.pages;

import dev.sluice.parts.Registry;
import dev.sluice.pipelines.file.StageTypes;
import dev.sluice.stages.MetricDefinition;
import dev.sluice.stages.ReplyMetrics;
import dev.sluice.stages.StageType;
import java.util.List;

/**
 * The page that defines every metric, in Markdown, made from the definitions of the stage types.
 */
public final class MetricsPage {
  private static final String HEAD =
      """
      # Metrics: what each number means

      Generated from the definitions in the code that writes the metrics.
      `sluice methods --metrics [NAME]` prints the same.

      `{who}` is `base` (the model before training) or `policy` (after); `{k}` is a number of samples.
      Intervals are 95 % intervals over problems, by bootstrap from a fixed seed, and `n` is the number
      of problems. Shares are between 0 and 1. Metrics of "the stage" are printed at the end of a run and
      are in its report; metrics by round or training step are in the table `metrics`:
      `sluice inspect RUN/STAGE --table metrics`.
      """;

  private MetricsPage() {}

  /** The page, with a line break at the end. */
  public static String markdown(Registry registry) {
    StringBuilder page = new StringBuilder(HEAD);
    for (StageType<?> type : StageTypes.of(registry).all()) {
      if (!type.metrics().isEmpty()) {
        table(page, type.name(), type.metrics());
      }
    }
    table(page, "Every stage that uses a model behind a server", ReplyMetrics.DEFINITIONS);
    return page.toString();
  }

  private static void table(StringBuilder page, String title, List<MetricDefinition> metrics) {
    page.append("\n## ").append(title).append("\n\n| metric | of | meaning |\n|---|---|---|\n");
    for (MetricDefinition metric : metrics) {
      page.append("| `")
          .append(metric.name())
          .append("` | ")
          .append(extent(metric))
          .append(" | ")
          .append(metric.meaning().replace("|", "\\|"))
          .append(" |\n");
    }
  }

  /** What one value of a metric is about, in words. */
  public static String extent(MetricDefinition metric) {
    return switch (metric.extent()) {
      case STAGE -> "the stage";
      case ROUND -> "each round";
      case STEP -> "training steps";
    };
  }
}
