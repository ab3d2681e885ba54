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
              "Replies of servers whose text held half of a surrogate pair, which no text in UTF-8 can hold; kept, with U+FFFD in its place. Absent if there are none."),
          MetricDefinition.of(
              name(Flaw.OVERLONG),
              "Replies of servers that are far longer than asked: of more than twice max_tokens as the server counts, or of more than 32 bytes for each; kept whole, and cut off as far as 'finish_reason' says. Absent if there are none."));

  private ReplyMetrics() {}

  /** The metric that counts replies with a flaw. */
  public static String name(Flaw flaw) {
    return "replies/" + flaw.name().toLowerCase(Locale.ROOT);
  }
}
