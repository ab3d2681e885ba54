package dev.sluice.pipelines.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an alert of a schedule last told, or has to tell.
 *
 * @param schedule the schedule's name
 * @param alert which alert of its file, and what it tells of
 * @param raised whether what it tells of is so now
 * @param number how often that changed
 * @param message what is told, as JSON; nothing secret
 * @param told whether it was delivered, or given up
 * @param tries how often it was tried to deliver
 * @param notBefore when it is tried again
 * @param problem what the last try met; null for nothing
 * @param changes how often the row was changed
 */
public record LedgerAlert(
    String schedule,
    String alert,
    boolean raised,
    long number,
    String message,
    boolean told,
    int tries,
    Instant notBefore,
    @Nullable String problem,
    long changes) {

  LedgerAlert changed() {
    return new LedgerAlert(
        schedule, alert, raised, number, message, told, tries, notBefore, problem, changes + 1);
  }
}
