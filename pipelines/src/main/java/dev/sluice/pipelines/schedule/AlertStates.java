package dev.sluice.pipelines.schedule;

import dev.sluice.pipelines.file.Alert;
import dev.sluice.pipelines.ledger.LedgerFire;
import dev.sluice.pipelines.ledger.LedgerSchedule;
import dev.sluice.pipelines.schedule.alerts.AlertMessage;
import dev.sluice.records.config.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Whether what an alert watches for is so now, and what there is to say of it. */
final class AlertStates {
  private final Runs runs;

  AlertStates(Runs runs) {
    this.runs = runs;
  }

  /** What an alert is about now. */
  record State(
      boolean raised, @Nullable LedgerFire fire, String text, AlertMessage.@Nullable Bound metric) {

    State(boolean raised, @Nullable LedgerFire fire, String text) {
      this(raised, fire, text, null);
    }
  }

  /**
   * Looks at what an alert of a schedule watches.
   *
   * @param open all fires that are not over
   * @param last the schedule's last fire that ran; null if there is none
   */
  State look(
      Alert alert,
      LedgerSchedule schedule,
      List<LedgerFire> open,
      @Nullable LedgerFire last,
      Instant now) {
    if (alert.metric() != null) {
      return metric(alert, alert.metric(), schedule, last);
    }
    return switch (Objects.requireNonNull(alert.on())) {
      case FAILURE -> ofLast(schedule, last, reason -> true);
      case OVER_BUDGET -> ofLast(schedule, last, RunMonitor.OVER_BUDGET::equals);
      case MAX_RUNTIME -> ofLast(schedule, last, RunMonitor::tookTooLong);
      case LATE -> late(alert, schedule, open, now);
    };
  }

  private static State ofLast(
      LedgerSchedule schedule, @Nullable LedgerFire last, Predicate<String> cause) {
    String reason = last == null || last.reason() == null ? "" : last.reason();
    boolean so = last != null && last.state() == LedgerFire.State.FAILED && cause.test(reason);
    String how =
        last != null && last.state() == LedgerFire.State.FAILED
            ? "failed of something else"
            : "succeeded";
    return new State(
        so,
        last,
        so
            ? "The fire %s of schedule %s failed: %s".formatted(due(last), schedule.name(), reason)
            : "That is over: the fire %s of schedule %s %s."
                .formatted(due(last), schedule.name(), how));
  }

  private static Object due(@Nullable LedgerFire fire) {
    return fire == null ? "" : fire.due();
  }

  private static State late(
      Alert alert, LedgerSchedule schedule, List<LedgerFire> open, Instant now) {
    Duration grace = alert.grace() == null ? null : Durations.parse(alert.grace());
    Instant limit = now.minus(grace == null ? CatchUp.MISSED_AFTER : grace);
    for (LedgerFire fire : open) {
      if (fire.schedule().equals(schedule.name())
          && fire.state() == LedgerFire.State.WAITING
          && fire.attempt() == 0
          && fire.kind() != LedgerFire.Kind.BACKFILL
          && fire.notBefore().isBefore(limit)) {
        return new State(
            true,
            fire,
            "The fire %s of schedule %s has not started.".formatted(fire.due(), schedule.name()));
      }
    }
    return new State(
        false, null, "No fire of schedule %s is late any more.".formatted(schedule.name()));
  }

  private State metric(
      Alert alert, String name, LedgerSchedule schedule, @Nullable LedgerFire last) {
    OptionalDouble value =
        last == null || last.state() != LedgerFire.State.SUCCEEDED
            ? OptionalDouble.empty()
            : runs.metric(last, name);
    if (value.isEmpty()) {
      return new State(
          false, last, "%s of schedule %s has no value.".formatted(name, schedule.name()));
    }
    double v = value.getAsDouble();
    boolean low = alert.below() != null && v < alert.below();
    boolean high = alert.above() != null && v > alert.above();
    return new State(
        low || high,
        last,
        "%s of schedule %s is %s%s"
            .formatted(
                name,
                schedule.name(),
                v,
                low
                    ? ", below " + alert.below() + "."
                    : high ? ", above " + alert.above() + "." : ", within its bounds again."),
        new AlertMessage.Bound(name, v, alert.below(), alert.above()));
  }
}
