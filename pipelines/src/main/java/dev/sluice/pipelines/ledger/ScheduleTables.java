package dev.sluice.pipelines.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Schedules and their fires in a ledger. Whoever changes a row says how it was; the change is
 * refused if somebody else was faster, so that of several daemons one fires.
 */
public final class ScheduleTables {
  private static final Rows<LedgerSchedule> SCHEDULES =
      new Rows<>("schedules", LedgerSchedule.class, List.of("name"));
  private static final Rows<LedgerFire> FIRES =
      new Rows<>("fires", LedgerFire.class, List.of("schedule", "due"));
  private static final Rows<LedgerDaemon> DAEMONS =
      new Rows<>("daemons", LedgerDaemon.class, List.of("id"));
  private static final Rows<LedgerAlert> ALERTS =
      new Rows<>("alerts", LedgerAlert.class, List.of("schedule", "alert"));

  private final Ledger.Access access;

  ScheduleTables(Ledger.Access access) {
    this.access = access;
  }

  /** All schedules by name. */
  public List<LedgerSchedule> schedules() {
    return access.read((c, w) -> SCHEDULES.read(c, w, "ORDER BY name"));
  }

  /** A schedule, if there is one of the name. */
  public Optional<LedgerSchedule> schedule(String name) {
    return access.read((c, w) -> SCHEDULES.read(c, w, "AND name = ?", name)).stream().findFirst();
  }

  /** Adds a schedule; false if there is one of its name. */
  public boolean add(LedgerSchedule schedule) {
    return access.write((c, w) -> SCHEDULES.insert(c, w, schedule));
  }

  /**
   * Changes a schedule and adds fires, as one; fires that have a row already stay as they are.
   *
   * @param before as it was read
   * @return whether it was done; not if somebody else changed the schedule since
   */
  public boolean change(LedgerSchedule before, LedgerSchedule after, List<LedgerFire> fires) {
    return access.write(
        (c, w) -> {
          if (!SCHEDULES.replace(c, w, after.changed(), before.changes())) {
            return false;
          }
          return insert(c, w, fires);
        });
  }

  /** Forgets a schedule and what was told of it; its fires stay. */
  public void remove(String name) {
    boolean unused =
        access.write(
            (c, w) -> {
              SCHEDULES.delete(c, w, "AND name = ?", name);
              ALERTS.delete(c, w, "AND schedule = ?", name);
              return true;
            });
  }

  /** Adds fires that have no row yet. */
  public void add(List<LedgerFire> fires) {
    boolean unused = access.write((c, w) -> insert(c, w, fires));
  }

  private static boolean insert(Connection connection, String workspace, List<LedgerFire> fires)
      throws SQLException {
    for (LedgerFire fire : fires) {
      boolean unused = FIRES.insert(connection, workspace, fire);
    }
    return true;
  }

  /** Changes a fire; false if somebody else changed it since it was read. */
  public boolean change(LedgerFire before, LedgerFire after) {
    return access.write((c, w) -> FIRES.replace(c, w, after.changed(), before.changes()));
  }

  /** Fires that are to start or run, the earliest first. */
  public List<LedgerFire> open() {
    return access.read(
        (c, w) -> FIRES.read(c, w, "AND state IN ('waiting', 'running') ORDER BY due, schedule"));
  }

  /** A fire, if there is one of the schedule at that moment. */
  public Optional<LedgerFire> fire(String schedule, Instant due) {
    return access
        .read((c, w) -> FIRES.read(c, w, "AND schedule = ? AND due = ?", schedule, due.toString()))
        .stream()
        .findFirst();
  }

  /** Fires of a schedule that are due from a moment to another, both included, in order. */
  public List<LedgerFire> fires(String schedule, Instant from, Instant to) {
    return access.read(
        (c, w) ->
            FIRES.read(
                c,
                w,
                "AND schedule = ? AND due >= ? AND due <= ? ORDER BY due",
                schedule,
                from.toString(),
                to.toString()));
  }

  /** The latest fire of a schedule that was started or is over. */
  public Optional<LedgerFire> last(String schedule) {
    return latest(schedule, "state <> 'waiting'");
  }

  /** The latest fire of a schedule that succeeded or failed. */
  public Optional<LedgerFire> lastRun(String schedule) {
    return latest(schedule, "state IN ('succeeded', 'failed')");
  }

  private Optional<LedgerFire> latest(String schedule, String which) {
    String rest = "AND schedule = ? AND " + which + " ORDER BY due DESC LIMIT 1";
    return access.read((c, w) -> FIRES.read(c, w, rest, schedule)).stream().findFirst();
  }

  /** The fires that runs were started for, those of one schedule or of all. */
  public List<LedgerFire> withRuns(@Nullable String schedule) {
    return access.read(
        (c, w) ->
            schedule == null
                ? FIRES.read(c, w, "AND run_id IS NOT NULL ORDER BY due")
                : FIRES.read(
                    c, w, "AND run_id IS NOT NULL AND schedule = ? ORDER BY due", schedule));
  }

  /** The daemons that said they are there and did not say they went. */
  public List<LedgerDaemon> daemons() {
    return access.read((c, w) -> DAEMONS.read(c, w, "ORDER BY id"));
  }

  /** Says that a daemon lives. */
  public void alive(LedgerDaemon daemon, Instant now) {
    boolean unused =
        access.write(
            (c, w) -> {
              DAEMONS.put(c, w, daemon.at(now));
              return true;
            });
  }

  /** A daemon is gone. */
  public void gone(String id) {
    boolean unused =
        access.write(
            (c, w) -> {
              DAEMONS.delete(c, w, "AND id = ?", id);
              return true;
            });
  }

  /** What alerts told last, or have to tell. */
  public List<LedgerAlert> alerts() {
    return access.read((c, w) -> ALERTS.read(c, w, "ORDER BY schedule, alert"));
  }

  /** Adds an alert that told nothing before; false if there is one. */
  public boolean add(LedgerAlert alert) {
    return access.write((c, w) -> ALERTS.insert(c, w, alert));
  }

  /** Changes an alert; false if somebody else changed it since it was read. */
  public boolean change(LedgerAlert before, LedgerAlert after) {
    return access.write((c, w) -> ALERTS.replace(c, w, after.changed(), before.changes()));
  }
}
