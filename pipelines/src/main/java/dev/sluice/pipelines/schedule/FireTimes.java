package dev.sluice.pipelines.schedule;

import dev.sluice.pipelines.cron.CronLine;
import dev.sluice.pipelines.cron.CronTimes;
import dev.sluice.pipelines.file.Schedule;
import dev.sluice.pipelines.file.Timestamps;
import dev.sluice.records.Hashes;
import dev.sluice.records.config.Durations;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a schedule fires: the times of its cron line or period, from {@code start} (inclusive) to
 * {@code end} (exclusive), without jitter. A schedule with {@code on_new_data} alone has none.
 */
public final class FireTimes {
  /** There is no fire before or from here on. */
  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

  private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");

  private final @Nullable CronTimes cron;
  private final @Nullable Duration every;
  private final Instant start;
  private final Instant end;

  /** Where {@link #every} counts from. */
  private final Instant origin;

  private final Duration jitter;

  private FireTimes(Schedule schedule) {
    ZoneId zone = ZoneId.of(schedule.timeZone());
    cron = schedule.cron() == null ? null : new CronTimes(CronLine.parse(schedule.cron()), zone);
    every = schedule.every() == null ? null : duration(schedule.every());
    start = schedule.start() == null ? FIRST : Timestamps.parse(schedule.start(), zone);
    end = schedule.end() == null ? LAST : Timestamps.parse(schedule.end(), zone);
    origin = schedule.start() == null ? Instant.EPOCH : start;
    jitter = schedule.jitter() == null ? Duration.ZERO : duration(schedule.jitter());
  }

  /** The times of a schedule that was checked. */
  public static FireTimes of(Schedule schedule) {
    return new FireTimes(schedule);
  }

  private static Duration duration(String text) {
    Duration duration = Durations.parse(text);
    if (duration == null) {
      throw new IllegalArgumentException("'" + text + "' is no duration such as 30s, 10m or 6h.");
    }
    return duration;
  }

  /** The first fire strictly after an instant. */
  public Optional<Instant> next(Instant after) {
    Instant from = after.isBefore(start) ? start.minusNanos(1) : after;
    Optional<Instant> fire = Optional.empty();
    if (cron != null) {
      fire = cron.next(from);
    } else if (every != null) {
      fire = ofPeriod(every, from);
    }
    return fire.filter(instant -> instant.isBefore(end));
  }

  private Optional<Instant> ofPeriod(Duration period, Instant after) {
    if (after.isBefore(origin)) {
      return Optional.of(origin);
    }
    if (!after.isBefore(LAST)) {
      return Optional.empty();
    }
    long millis = period.toMillis();
    long periods = Duration.between(origin, after).toMillis() / millis + 1;
    return Optional.of(origin.plusMillis(periods * millis));
  }

  /** The fires in (after, to], the earliest first; of more than {@code most}, the first ones. */
  public List<Instant> between(Instant after, Instant to, int most) {
    List<Instant> fires = new ArrayList<>();
    Optional<Instant> fire = next(after);
    while (fires.size() < most && fire.isPresent() && !fire.get().isAfter(to)) {
      fires.add(fire.get());
      fire = next(fire.get());
    }
    return fires;
  }

  /** The fires in (after, to], the earliest first; of more than {@code most}, the last ones. */
  public List<Instant> last(Instant after, Instant to, int most) {
    Instant until = to.isBefore(end) ? to : end.minusNanos(1);
    Instant floor = after.isAfter(FIRST) ? after : FIRST;
    // Windows that grow back from the end: a range of years may hold a fire each second.
    Duration window = Duration.ofHours(1);
    while (true) {
      Instant from = floor.plus(window).isBefore(until) ? until.minus(window) : floor;
      List<Instant> fires = between(from, until, Integer.MAX_VALUE);
      if (fires.size() >= most || from.equals(floor)) {
        return fires.subList(Math.max(0, fires.size() - Math.max(0, most)), fires.size());
      }
      window = window.multipliedBy(4);
    }
  }

  /**
   * How much later than due a fire starts: from zero inclusive to the schedule's jitter exclusive,
   * in milliseconds, evenly spread over names and times, and always the same for one fire.
   */
  public Duration jitter(String name, Instant due) {
    long hash = ByteBuffer.wrap(Hashes.bytes("jitter", name, due)).getLong();
    // The upper half of hash * jitter: the hash as a fraction of its range.
    return Duration.ofMillis(Math.multiplyHigh(hash >>> 1, jitter.toMillis() << 1));
  }
}
