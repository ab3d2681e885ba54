package dev.sluice.runners.serve;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.pipelines.ledger.LedgerFire;
import dev.sluice.pipelines.ledger.LedgerFire.State;
import dev.sluice.pipelines.ledger.LedgerSchedule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the daemon is.
 *
 * @param schedules all of them
 * @param open fires that wait or run
 * @param looked when it last looked at them; null before the first time
 * @param problem why it cannot look now; null if it can
 */
record Health(
    List<LedgerSchedule> schedules,
    List<LedgerFire> open,
    @Nullable Instant looked,
    @Nullable String problem) {

  /** Before the first look. */
  static final Health STARTING = new Health(List.of(), List.of(), null, null);

  private static final Duration SILENT = Duration.ofSeconds(60);

  /** Whether it does what it is there for. */
  boolean well() {
    return problem == null && (looked == null || looked.plus(SILENT).isAfter(Instant.now()));
  }

  long count(State state) {
    return open.stream().filter(fire -> fire.state() == state).count();
  }

  /** Seconds by which the fire that waits longest is late. */
  double lateness() {
    Instant now = Instant.now();
    return open.stream()
        .filter(fire -> fire.state() == State.WAITING && fire.notBefore().isBefore(now))
        .mapToDouble(fire -> Duration.between(fire.notBefore(), now).toMillis() / 1000.0)
        .max()
        .orElse(0);
  }

  ObjectNode json() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("state", well() ? "ok" : problem == null ? "silent" : "waiting")
        .put("schedules", schedules.size())
        .put("paused", schedules.stream().filter(LedgerSchedule::paused).count())
        .put("broken", schedules.stream().filter(each -> each.problem() != null).count())
        .put("running", count(State.RUNNING))
        .put("waiting", count(State.WAITING))
        .put("lateness_seconds", lateness())
        .put("last_look", looked == null ? null : looked.toString())
        .put("problem", problem);
  }
}
