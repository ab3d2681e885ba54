package dev.sluice.pipelines.file;

import dev.sluice.records.config.Key;
import org.jspecify.annotations.Nullable;

/**
 * When to tell somebody, and how.
 *
 * @param on null where {@code metric} is given
 */
public record Alert(
    @Key("What to tell of; absent where `metric` is given.") @Nullable Cause on,
    @Key("Name of a metric, such as `accuracy/policy`.") @Nullable String metric,
    @Key("Told if the metric is below.") @Nullable Double below,
    @Key("Told if the metric is above.") @Nullable Double above,
    @Key("How long a fire may start late, such as `10m`.") @Nullable String grace,
    @Key("Address that is sent a JSON message; take it from the environment if it is secret.")
        @Nullable String webhook,
    @Key("Command that is run.") @Nullable String command,
    @Key("Address that is sent an e-mail.") @Nullable String email) {

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
