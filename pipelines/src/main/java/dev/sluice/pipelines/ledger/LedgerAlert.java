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

  /** The same while somebody tries to deliver it; others leave it alone until then. */
  public LedgerAlert trying(Instant until) {
    return copy(told, tries + 1, until, problem, changes);
  }

  /** The same, to be tried again. */
  public LedgerAlert again(Instant from, String why) {
    return copy(false, tries, from, why, changes);
  }

  /** The same, delivered, or given up for a reason. */
  public LedgerAlert told(@Nullable String why) {
    return copy(true, tries, notBefore, why, changes);
  }

  /** The same as it is after a change. */
  public LedgerAlert changed() {
    return copy(told, tries, notBefore, problem, changes + 1);
  }

  private LedgerAlert copy(
      boolean over, int tried, Instant from, @Nullable String why, long version) {
    return new LedgerAlert(
        schedule, alert, raised, number, message, over, tried, from, why, version);
  }
}
