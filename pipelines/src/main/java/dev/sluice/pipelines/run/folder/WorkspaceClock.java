package dev.sluice.pipelines.run.folder;

import dev.sluice.pipelines.store.ArtifactStore;
import dev.sluice.pipelines.store.Workspace;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * The times by which a workspace orders runs, attempts and reruns: a hybrid logical clock (Kulkarni
 * et al., "Logical Physical Clocks", 2014). It follows the machine's clock, but never says a time
 * that the workspace has seen before, so that what begins later sorts behind although a clock was
 * set back or another machine's is slow. Whether a process lives is told by the machine's clock.
 */
public final class WorkspaceClock extends Clock {
  /** Runs at once may have said later times than the newest. */
  private static final int RUNS_READ = 8;

  /** Clocks of machines that are kept in time differ by less. */
  private static final Duration WORTH_SAYING = Duration.ofSeconds(5);

  private final Clock machine;
  private Instant last;

  private WorkspaceClock(Clock machine) {
    this.machine = machine;
    this.last = Instant.EPOCH;
  }

  /**
   * The clock of a workspace, ahead of all that its runs have said.
   *
   * @param workspace its folder, which may not be there yet
   * @param machine the machine's clock
   */
  public static WorkspaceClock of(Workspace workspace, Clock machine) {
    WorkspaceClock clock = new WorkspaceClock(machine);
    List<RunFolder> runs = RunFolder.all(workspace);
    runs.subList(Math.max(0, runs.size() - RUNS_READ), runs.size())
        .forEach(run -> clock.advance(run.latest()));
    return clock;
  }

  /** The machine's clock alone, for who only reads. */
  static WorkspaceClock plain() {
    return new WorkspaceClock(Clock.systemUTC());
  }

  /** Goes ahead of every attempt and every kept reply of a workspace. */
  public void advance(ArtifactStore store) {
    store.latest().ifPresent(this::advance);
  }

  /** Goes ahead of a time that was seen. */
  public synchronized void advance(Instant seen) {
    last = seen.isAfter(last) ? seen : last;
  }

  /** The machine's clock. */
  Clock machine() {
    return machine;
  }

  /** By how much the machine's clock is behind what the workspace has seen, if that is much. */
  public synchronized Optional<Duration> behind() {
    Duration behind = Duration.between(machine.instant(), last);
    return behind.compareTo(WORTH_SAYING) > 0 ? Optional.of(behind) : Optional.empty();
  }

  /** A time in whole milliseconds, later than any before it. */
  @Override
  public synchronized Instant instant() {
    Instant now = machine.instant().truncatedTo(ChronoUnit.MILLIS);
    last = now.isAfter(last) ? now : last.truncatedTo(ChronoUnit.MILLIS).plusMillis(1);
    return last;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("Times of a workspace are in UTC.");
  }
}
