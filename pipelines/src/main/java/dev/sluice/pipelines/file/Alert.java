package dev.sluice.pipelines.file;

import dev.sluice.records.config.Key;
import org.jspecify.annotations.Nullable;

/**
 * When to tell somebody, and how.
 *
 * @param on null where {@code metric} is given
 */
public record Alert(
    @Key("Event that raises the alert. Omit it if `metric` is set.") @Nullable Cause on,
    @Key("Metric to watch, such as `accuracy/policy`.") @Nullable String metric,
    @Key("Raises the alert if the metric is below this value.") @Nullable Double below,
    @Key("Raises the alert if the metric is above this value.") @Nullable Double above,
    @Key("Delay after which a scheduled run counts as late, such as `10m`.") @Nullable String grace,
    @Key(
            "URL that receives the alert as a JSON POST. Take it from the environment if it is secret.")
        @Nullable String webhook,
    @Key("Shell command that receives the alert on standard input.") @Nullable String command,
    @Key("E-mail address that receives the alert.") @Nullable String email) {

  /** What an alert tells of. */
  public enum Cause {
    FAILURE,
    LATE,
    OVER_BUDGET,
    MAX_RUNTIME
  }

  public Alert {
    if ((on == null) == (metric == null)) {
      throw new IllegalArgumentException(
          "an alert needs exactly one of the keys 'on' (failure, late, over_budget, max_runtime) and 'metric'");
    }
    if (metric != null && below == null && above == null) {
      throw new IllegalArgumentException("an alert on a metric needs the key 'below' or 'above'");
    }
    if (metric == null && (below != null || above != null)) {
      throw new IllegalArgumentException("'below' and 'above' need the key 'metric'");
    }
    if (grace != null && on != Cause.LATE) {
      throw new IllegalArgumentException("'grace' needs 'on: late'");
    }
  }
}
