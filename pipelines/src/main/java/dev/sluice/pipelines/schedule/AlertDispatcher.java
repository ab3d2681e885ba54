package dev.sluice.pipelines.schedule;

import dev.sluice.pipelines.file.Alert;
import dev.sluice.pipelines.ledger.LedgerAlert;
import dev.sluice.pipelines.ledger.LedgerFire;
import dev.sluice.pipelines.ledger.LedgerSchedule;
import dev.sluice.pipelines.ledger.ScheduleTables;
import dev.sluice.pipelines.schedule.alerts.AlertMessage;
import dev.sluice.records.Hashes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tells of what goes wrong, once when it begins and once when it is over. What is so is read from
 * the fires, and what was told stands in the ledger, so that a daemon that dies forgets nothing and
 * repeats nothing but what it was just sending.
 */
final class AlertDispatcher {
  private final ScheduledFiles files;
  private final AlertStates states;
  private final Delivery delivery;

  /**
   * Tells through a sender.
   *
   * @param senders where messages are sent, since that may take long
   */
  AlertDispatcher(ScheduledFiles files, Runs runs, AlertSender sender, Executor senders) {
    this.files = files;
    states = new AlertStates(runs);
    delivery = new Delivery(sender, senders);
  }

  /** Notes what has to be told, and delivers what is due. */
  void look(ScheduleTables tables, List<LedgerSchedule> schedules, Instant now) {
    delivery.collect(tables, now);
    Map<String, LedgerAlert> told =
        tables.alerts().stream()
            .collect(Collectors.toMap(row -> row.schedule() + " " + row.alert(), row -> row));
    List<LedgerFire> open = schedules.isEmpty() ? List.of() : tables.open();
    for (LedgerSchedule schedule : schedules) {
      List<Alert> alerts = files.look(schedule.file()).alerts();
      if (alerts.isEmpty()) {
        continue;
      }
      LedgerFire last = tables.lastRun(schedule.name()).orElse(null);
      for (Alert alert : alerts) {
        String key = key(alert);
        LedgerAlert row =
            note(
                tables,
                schedule,
                told.get(schedule.name() + " " + key),
                alert,
                key,
                () -> states.look(alert, schedule, open, last, now),
                now);
        if (row != null) {
          delivery.deliver(tables, row, alert, now);
        }
      }
    }
  }

  /** Names an alert in the ledger: what it tells of and how, but not where. */
  static String key(Alert alert) {
    String what =
        alert.metric() == null
            ? String.valueOf(alert.on()).toLowerCase(Locale.ROOT)
            : alert.metric();
    List<String> parts = new ArrayList<>(List.of(what));
    if (alert.below() != null) {
      parts.add("below " + alert.below());
    }
    if (alert.above() != null) {
      parts.add("above " + alert.above());
    }
    String address =
        Objects.requireNonNullElse(alert.webhook(), "")
            + Objects.requireNonNullElse(alert.command(), "")
            + Objects.requireNonNullElse(alert.email(), "");
    parts.add(Hashes.id("alert", address).substring(0, 8));
    return String.join(" ", parts);
  }

  /** Gives the alert's row as it is now; null if there is none, or another daemon was faster. */
  private static @Nullable LedgerAlert note(
      ScheduleTables tables,
      LedgerSchedule schedule,
      @Nullable LedgerAlert row,
      Alert alert,
      String key,
      Supplier<AlertStates.State> look,
      Instant now) {
    // What is still on its way is delivered first, so that what ended is told to have begun.
    if (row != null && !row.told()) {
      return row;
    }
    AlertStates.State found = look.get();
    boolean before = row != null && row.raised();
    if (found.raised() == before) {
      return row;
    }
    long number = row == null ? 1 : row.number() + 1;
    LedgerAlert after =
        new LedgerAlert(
            schedule.name(),
            key,
            found.raised(),
            number,
            message(schedule, alert, key, found, number, now),
            false,
            0,
            now,
            null,
            row == null ? 0 : row.changes());
    if (row == null) {
      return tables.add(after) ? after : null;
    }
    return tables.change(row, after) ? after.changed() : null;
  }

  private static String message(
      LedgerSchedule schedule,
      Alert alert,
      String key,
      AlertStates.State found,
      long number,
      Instant now) {
    LedgerFire fire = found.fire();
    return new AlertMessage(
            // Whoever gets a message twice, since an answer was lost, knows it by this.
            "%s/%s/%d".formatted(schedule.name(), key, number),
            schedule.name(),
            schedule.file(),
            alert.on() == null
                ? AlertMessage.Cause.METRIC
                : AlertMessage.Cause.valueOf(alert.on().name()),
            found.raised() ? AlertMessage.State.RAISED : AlertMessage.State.RECOVERED,
            now,
            fire == null ? null : fire.due(),
            fire == null ? null : fire.runId(),
            found.text(),
            found.metric())
        .json();
  }
}
