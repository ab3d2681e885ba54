package dev.sluice.stages;

import dev.sluice.models.Flaw;
import java.util.List;
import java.util.Locale;

/** What every stage reports of replies with flaws; only where there are any. */
public final class ReplyMetrics {
  /** What the metrics mean. */
  public static final List<MetricDefinition> DEFINITIONS =
      List.of(
          MetricDefinition.of(
              name(Flaw.UNPAIRED),
              "Server replies with an unpaired surrogate, which UTF-8 cannot represent. They are kept with U+FFFD in its place. Absent if there are none."),
          MetricDefinition.of(
              name(Flaw.OVERLONG),
              "Server replies that are far longer than requested: more than twice max_tokens by the server's count, or more than 32 bytes per requested token. They are kept whole and count as truncated. Absent if there are none."));

  private ReplyMetrics() {}

  /** The metric that counts replies with a flaw. */
  public static String name(Flaw flaw) {
    return "replies/" + flaw.name().toLowerCase(Locale.ROOT);
  }
}
