package dev.sluice.pipelines.schedule;

import dev.sluice.pipelines.file.Alert;
import dev.sluice.pipelines.ledger.LedgerAlert;
import dev.sluice.pipelines.ledger.ScheduleTables;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Sends messages, again after growing pauses while receivers fail, and notes what came of it. */
final class Delivery {
  /** A message that could not be delivered so often is given up. */
  static final int MAX_TRIES = 10;

  private static final Duration SENDING = Duration.ofMinutes(2);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);

  private final AlertSender sender;
  private final Executor senders;
  private final List<Sending> sending = new ArrayList<>();

  /**
   * Delivers through a sender.
   *
   * @param senders where messages are sent, since that may take long
   */
  Delivery(AlertSender sender, Executor senders) {
    this.sender = sender;
    this.senders = senders;
  }

  /** A message on its way, and in the end what was met. */
  private record Sending(LedgerAlert row, CompletableFuture<Outcome> outcome) {}

  /** What sending met; no problem if it was delivered. */
  private record Outcome(@Nullable String problem, boolean refused) {}

  /** Sends what a row says, if it was not told and its time has come. */
  void deliver(ScheduleTables tables, LedgerAlert row, Alert alert, Instant now) {
    if (row.told() || now.isBefore(row.notBefore())) {
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
  void collect(ScheduleTables tables, Instant now) {
    for (Sending each : List.copyOf(sending)) {
      if (each.outcome().isDone()) {
        LedgerAlert row = each.row();
        Outcome met = each.outcome().join();
        String problem = met.problem();
        LedgerAlert after =
            problem == null || met.refused() || row.tries() >= MAX_TRIES
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
