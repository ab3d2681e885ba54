package dev.sluice.pipelines.schedule;

import dev.sluice.pipelines.file.Alert;
import dev.sluice.pipelines.ledger.LedgerAlert;
import dev.sluice.pipelines.ledger.LedgerFire;
import dev.sluice.pipelines.ledger.LedgerFire.State;
import dev.sluice.pipelines.ledger.LedgerSchedule;
import dev.sluice.pipelines.ledger.ScheduleTables;
import dev.sluice.pipelines.schedule.alerts.AlertMessage;
import dev.sluice.records.Hashes;
import dev.sluice.records.config.Durations;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tells of what goes wrong, once when it begins and once when it is over. What is so is read from
 * the fires, and what was told stands in the ledger, so that a daemon that dies forgets nothing and
 * repeats nothing but what it was just sending.
 */
final class Telling {
  /** A message that could not be delivered so often is given up. */
  static final int MOST_TRIES = 10;

  private static final Duration SENDING = Duration.ofMinutes(2);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);

  private final ScheduledFiles files;
  private final Runs runs;
  private final AlertSender sender;

  private final Executor senders;
  private final List<Sending> sending = new ArrayList<>();

  /**
   * Tells through a sender.
   *
   * @param senders where messages are sent, since that may take long
   */
  Telling(ScheduledFiles files, Runs runs, AlertSender sender, Executor senders) {
    this.files = files;
    this.runs = runs;
    this.sender = sender;
    this.senders = senders;
  }

  /** A message on its way, and in the end what was met. */
  private record Sending(LedgerAlert row, CompletableFuture<Outcome> outcome) {}

  /** What sending met; no problem if it was delivered. */
  private record Outcome(@Nullable String problem, boolean refused) {}

  /** What an alert is about now. */
  private record Finding(
      boolean raised, @Nullable LedgerFire fire, String text, AlertMessage.@Nullable Bound metric) {

    Finding(boolean raised, @Nullable LedgerFire fire, String text) {
      this(raised, fire, text, null);
    }
  }

  /** Notes what has to be told, and delivers what is due. */
  void look(ScheduleTables tables, List<LedgerSchedule> schedules, Instant now) {
    collect(tables, now);
    Map<String, LedgerAlert> told =
        tables.alerts().stream()
            .collect(Collectors.toMap(row -> row.schedule() + " " + row.alert(), row -> row));
    List<LedgerFire> open = schedules.isEmpty() ? List.of() : tables.open();
    for (LedgerSchedule schedule : schedules) {
      ScheduledFile file = files.look(schedule.file()).file();
      if (file == null || file.alerts().isEmpty()) {
        continue;
      }
      LedgerFire last = tables.lastRun(schedule.name()).orElse(null);
      for (Alert alert : file.alerts()) {
        String key = key(alert);
        LedgerAlert row = told.get(schedule.name() + " " + key);
        note(
            tables,
            schedule,
            row,
            alert,
            key,
            () -> finding(alert, schedule, open, last, now),
            now);
        deliver(tables, schedule, alert, key, now);
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

  private static void note(
      ScheduleTables tables,
      LedgerSchedule schedule,
      @Nullable LedgerAlert row,
      Alert alert,
      String key,
      Supplier<Finding> look,
      Instant now) {
    // What is still on its way is delivered first, so that what ended is told to have begun.
    if (row != null && !row.told()) {
      return;
    }
    Finding found = look.get();
    boolean before = row != null && row.raised();
    if (found.raised() == before) {
      return;
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
    boolean unused = row == null ? tables.add(after) : tables.change(row, after);
  }

  private static String message(
      LedgerSchedule schedule, Alert alert, String key, Finding found, long number, Instant now) {
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

  private Finding finding(
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
      case OVER_BUDGET -> ofLast(schedule, last, Watching.OVER_BUDGET::equals);
      case MAX_RUNTIME -> ofLast(schedule, last, Watching::tookTooLong);
      case LATE -> late(alert, schedule, open, now);
    };
  }

  private static Finding ofLast(
      LedgerSchedule schedule, @Nullable LedgerFire last, Predicate<String> cause) {
    String reason = last == null || last.reason() == null ? "" : last.reason();
    boolean so = last != null && last.state() == State.FAILED && cause.test(reason);
    String how =
        last != null && last.state() == State.FAILED ? "failed of something else" : "succeeded";
    return new Finding(
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

  private static Finding late(
      Alert alert, LedgerSchedule schedule, List<LedgerFire> open, Instant now) {
    Duration grace = alert.grace() == null ? null : Durations.parse(alert.grace());
    Instant limit = now.minus(grace == null ? CatchUp.MISSED_AFTER : grace);
    for (LedgerFire fire : open) {
      if (fire.schedule().equals(schedule.name())
          && fire.state() == State.WAITING
          && fire.attempt() == 0
          && fire.kind() != LedgerFire.Kind.BACKFILL
          && fire.notBefore().isBefore(limit)) {
        return new Finding(
            true,
            fire,
            "The fire %s of schedule %s has not started.".formatted(fire.due(), schedule.name()));
      }
    }
    return new Finding(
        false, null, "No fire of schedule %s is late any more.".formatted(schedule.name()));
  }

  private Finding metric(
      Alert alert, String name, LedgerSchedule schedule, @Nullable LedgerFire last) {
    OptionalDouble value =
        last == null || last.state() != State.SUCCEEDED
            ? OptionalDouble.empty()
            : runs.metric(last, name);
    if (value.isEmpty()) {
      return new Finding(
          false, last, "%s of schedule %s has no value.".formatted(name, schedule.name()));
    }
    double v = value.getAsDouble();
    boolean low = alert.below() != null && v < alert.below();
    boolean high = alert.above() != null && v > alert.above();
    return new Finding(
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

  private void deliver(
      ScheduleTables tables, LedgerSchedule schedule, Alert alert, String key, Instant now) {
    LedgerAlert row =
        tables.alerts().stream()
            .filter(each -> each.schedule().equals(schedule.name()) && each.alert().equals(key))
            .findFirst()
            .orElse(null);
    if (row == null || row.told() || now.isBefore(row.notBefore())) {
      return;
    }
    // Others leave it alone for as long as this one may take.
    if (tables.change(row, row.trying(now.plus(SENDING)))) {
      LedgerAlert taken = row.trying(now.plus(SENDING)).changed();
      sending.add(
          new Sending(
              taken, CompletableFuture.supplyAsync(() -> send(alert, taken.message()), senders)));
    }
  }

  private Outcome send(Alert alert, String message) {
    try {
      sender.send(alert, message);
      return new Outcome(null, false);
    } catch (IOException e) {
      return new Outcome(String.valueOf(e.getMessage()), e instanceof AlertRefusedException);
    } catch (RuntimeException e) {
      // Its words may hold an address. The daemon goes on.
      return new Outcome("Sending met a " + e.getClass().getSimpleName() + ".", true);
    }
  }

  /** Notes what came of the messages that were being sent. */
  private void collect(ScheduleTables tables, Instant now) {
    for (Sending each : List.copyOf(sending)) {
      if (each.outcome().isDone()) {
        LedgerAlert row = each.row();
        Outcome met = each.outcome().join();
        String problem = met.problem();
        LedgerAlert after =
            problem == null || met.refused() || row.tries() >= MOST_TRIES
                ? row.told(problem)
                : row.again(now.plus(pause(row.tries())), problem);
        boolean unused = tables.change(row, after);
        sending.remove(each);
      }
    }
  }

  private static Duration pause(int tries) {
    return FIRST_PAUSE.multipliedBy(1L << Math.min(tries - 1, 9));
  }
}
