package dev.sluice.pipelines.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FireTimesTest {
  private static final Instant END = Instant.parse("2100-01-01T00:00:00Z");

  /** Changes of the clock, by hand: local times and their offsets from each zone's law. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        // 02:00 +01:00 becomes 03:00 +02:00.
        "30 2 * * *       | Europe/Zurich | 2027-03-27T12:00:00Z | 2027-03-28T01:00:00Z 2027-03-29T00:30:00Z",
        "0,30 2 * * *     | Europe/Zurich | 2027-03-27T12:00:00Z | 2027-03-28T01:00:00Z 2027-03-29T00:00:00Z",
        "0 2,3 * * *      | Europe/Zurich | 2027-03-27T12:00:00Z | 2027-03-28T01:00:00Z 2027-03-29T00:00:00Z",
        "30 * * * *       | Europe/Zurich | 2027-03-28T00:00:00Z | 2027-03-28T00:30:00Z 2027-03-28T01:30:00Z",
        "30 */2 * * *     | Europe/Zurich | 2027-03-28T00:00:00Z | 2027-03-28T02:30:00Z 2027-03-28T04:30:00Z",
        // 03:00 +02:00 becomes 02:00 +01:00.
        "30 2 * * *       | Europe/Zurich | 2027-10-30T12:00:00Z | 2027-10-31T00:30:00Z 2027-11-01T01:30:00Z",
        "30 * * * *       | Europe/Zurich | 2027-10-31T00:00:00Z | 2027-10-31T00:30:00Z 2027-10-31T01:30:00Z",
        // From within the second pass through the hour.
        "45 2 * * *       | Europe/Zurich | 2027-10-31T01:10:00Z | 2027-11-01T01:45:00Z 2027-11-02T01:45:00Z",
        // 02:00 +10:30 becomes 02:30 +11:00; 02:00 +11:00 becomes 01:30 +10:30.
        "15 2 * * *       | Australia/Lord_Howe | 2027-10-02T00:00:00Z | 2027-10-02T15:30:00Z 2027-10-03T15:15:00Z",
        "45 1 * * *       | Australia/Lord_Howe | 2027-04-03T00:00:00Z | 2027-04-03T14:45:00Z 2027-04-04T15:15:00Z",
        "45 * * * *       | Australia/Lord_Howe | 2027-04-03T14:00:00Z | 2027-04-03T14:45:00Z 2027-04-03T15:15:00Z",
        // A day without a midnight: 00:00 -03:00 becomes 01:00 -02:00.
        "@daily           | America/Sao_Paulo | 2018-11-03T12:00:00Z | 2018-11-04T03:00:00Z 2018-11-05T02:00:00Z",
        // 30 December 2011 is not there: 24:00 -10:00 of the 29th becomes 00:00 +14:00 of the 31st.
        "0 6,18 * * *     | Pacific/Apia | 2011-12-30T05:00:00Z | 2011-12-30T10:00:00Z 2011-12-30T16:00:00Z",
        "0 */6 * * *      | Pacific/Apia | 2011-12-30T05:00:00Z | 2011-12-30T10:00:00Z 2011-12-30T16:00:00Z",
        "0 0 13 * FRI     | +05:45 | 2027-08-01T00:00:00Z | 2027-08-05T18:15:00Z 2027-08-12T18:15:00Z",
        // A star restricts beside the other field: Sundays of odd date; without it: either.
        "0 0 */2 * SUN    | UTC | 2027-01-01T00:00:00Z | 2027-01-03T00:00:00Z 2027-01-17T00:00:00Z",
        "0 0 1-31/2 * SUN | UTC | 2027-01-07T00:00:00Z | 2027-01-09T00:00:00Z 2027-01-10T00:00:00Z",
        "0 0 29 2 *       | UTC | 2096-03-01T00:00:00Z | 2104-02-29T00:00:00Z 2108-02-29T00:00:00Z",
        "0 0 29 2 */7     | UTC | 2027-01-01T00:00:00Z | 2032-02-29T00:00:00Z 2060-02-29T00:00:00Z",
        "5/25 0 1 * *     | UTC | 2027-01-01T00:05:00Z | 2027-01-01T00:30:00Z 2027-01-01T00:55:00Z",
      })
  void cron(String line, String zone, Instant after, String expected) {
    List<Instant> fires = FireTimes.of(Schedules.cron(line, zone)).between(after, Instant.MAX, 2);
    assertThat(fires.get(0) + " " + fires.get(1)).isEqualTo(expected);
  }

  /** Debian's rule: a star in the minute field goes by real time too, whatever the hour field. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "*/30 2 * * *       | Europe/Zurich       | 2027-10-30T12:00:00Z | 2027-10-31T00:00:00Z 2027-10-31T00:30:00Z 2027-10-31T01:00:00Z 2027-10-31T01:30:00Z 2027-11-01T01:00:00Z",
        "0-59/30 2 * * *    | Europe/Zurich       | 2027-10-30T12:00:00Z | 2027-10-31T00:00:00Z 2027-10-31T00:30:00Z 2027-11-01T01:00:00Z",
        "*/15 2 * * *       | Europe/Zurich       | 2027-03-27T12:00:00Z | 2027-03-29T00:00:00Z 2027-03-29T00:15:00Z",
        "0-59/15 2 * * *    | Europe/Zurich       | 2027-03-27T12:00:00Z | 2027-03-28T01:00:00Z 2027-03-29T00:00:00Z",
        "* 2 * * *          | America/New_York    | 2027-03-13T12:00:00Z | 2027-03-15T06:00:00Z 2027-03-15T06:01:00Z",
        "*/40 1 * * *       | America/New_York    | 2027-11-07T05:00:00Z | 2027-11-07T05:40:00Z 2027-11-07T06:00:00Z 2027-11-07T06:40:00Z 2027-11-08T06:00:00Z",
        "*/45 1 * * *       | Australia/Lord_Howe | 2027-04-03T00:00:00Z | 2027-04-03T14:00:00Z 2027-04-03T14:45:00Z 2027-04-03T15:15:00Z 2027-04-04T14:30:00Z",
        "*/30 6 * * *       | Pacific/Apia        | 2011-12-29T17:00:00Z | 2011-12-30T16:00:00Z 2011-12-30T16:30:00Z",
        "*/30 0 * * *       | America/Sao_Paulo   | 2018-11-03T12:00:00Z | 2018-11-05T02:00:00Z 2018-11-05T02:30:00Z",
        "*/59 1-2 * * SUN   | Europe/Zurich       | 2027-10-31T00:30:00Z | 2027-10-31T00:59:00Z 2027-10-31T01:00:00Z 2027-10-31T01:59:00Z 2027-11-07T00:00:00Z",
      })
  void cron_starInMinuteField_goesByRealTime(
      String line, String zone, Instant after, String expected) {
    int count = expected.split(" ", -1).length;
    assertThat(FireTimes.of(Schedules.cron(line, zone)).between(after, Instant.MAX, count))
        .extracting(Instant::toString)
        .containsExactly(expected.split(" ", -1));
  }

  @Test
  void bounds() {
    FireTimes times =
        FireTimes.of(
            Schedules.schedule(
                "0 0 * * *",
                null,
                "Europe/Zurich",
                "2027-03-27",
                "2027-03-30T00:00:00+02:00",
                null));
    assertThat(times.between(Instant.MIN, Instant.MAX, 10))
        .hasToString("[2027-03-26T23:00:00Z, 2027-03-27T23:00:00Z, 2027-03-28T22:00:00Z]");
    assertThat(times.last(Instant.MIN, Instant.MAX, 2))
        .hasToString("[2027-03-27T23:00:00Z, 2027-03-28T22:00:00Z]");
    // After is exclusive, to is inclusive.
    assertThat(
            times.between(
                Instant.parse("2027-03-26T23:00:00Z"), Instant.parse("2027-03-27T23:00:00Z"), 10))
        .hasToString("[2027-03-27T23:00:00Z]");
    assertThat(times.next(Instant.parse("2027-03-28T22:00:00Z"))).isEmpty();
    assertThat(times.last(Instant.MIN, Instant.MAX, 0)).isEmpty();
    assertThat(times.between(Instant.MIN, Instant.MAX, 0)).isEmpty();
  }

  @Test
  void periods() {
    FireTimes sixHours = FireTimes.of(Schedules.every("6h"));
    assertThat(sixHours.next(Instant.parse("2027-03-28T05:59:59.999Z")))
        .contains(Instant.parse("2027-03-28T06:00:00Z"));
    assertThat(sixHours.next(Instant.MIN)).contains(Instant.EPOCH);
    assertThat(sixHours.next(Instant.EPOCH)).contains(Instant.parse("1970-01-01T06:00:00Z"));

    // Six hours of real time, though the clock changes between; the start is a fire.
    FireTimes local =
        FireTimes.of(
            Schedules.schedule(
                null,
                "6h",
                "Europe/Zurich",
                "2027-03-28T00:30",
                "2027-03-28T13:30:00+02:00",
                null));
    assertThat(local.between(Instant.MIN, Instant.MAX, 10))
        .hasToString("[2027-03-27T23:30:00Z, 2027-03-28T05:30:00Z]");
    assertThat(local.last(Instant.MIN, Instant.MAX, 1)).hasToString("[2027-03-28T05:30:00Z]");

    // Thousands of years second by second, from the end.
    FireTimes seconds = FireTimes.of(Schedules.every("1s"));
    assertThat(seconds.last(Instant.MIN, Instant.parse("9000-01-01T00:00:01.5Z"), 3))
        .hasToString("[8999-12-31T23:59:59Z, 9000-01-01T00:00:00Z, 9000-01-01T00:00:01Z]");
    assertThat(
            FireTimes.of(Schedules.cron("* * * * *", "UTC"))
                .last(Instant.MIN, Instant.parse("9000-01-01T00:00:01Z"), 2))
        .hasToString("[8999-12-31T23:59:00Z, 9000-01-01T00:00:00Z]");
    assertThat(FireTimes.of(Schedules.cron("0 0 29 2 *", "UTC")).last(Instant.EPOCH, END, 2))
        .hasToString("[2092-02-29T00:00:00Z, 2096-02-29T00:00:00Z]");
    assertThat(FireTimes.of(Schedules.cron("0 0 29 2 *", "UTC")).last(Instant.EPOCH, END, 99))
        .hasSize(32);
  }

  @Test
  void newDataHasNoTimes() {
    FireTimes times = FireTimes.of(Schedules.onNewData());
    assertThat(times.next(Instant.MIN)).isEmpty();
    assertThat(times.last(Instant.MIN, Instant.MAX, 5)).isEmpty();
  }

  @Test
  void jitterIsDerivedAndEven() {
    FireTimes times = FireTimes.of(Schedules.jittered("10m"));
    Instant due = Instant.parse("2027-03-28T01:00:00Z");
    assertThat(times.jitter("nightly", due)).isEqualTo(Duration.ofMillis(57_099));
    assertThat(times.jitter("nightly", due)).isEqualTo(times.jitter("nightly", due));
    assertThat(times.jitter("hourly", due)).isNotEqualTo(times.jitter("nightly", due));
    long[] perMinute = new long[10];
    LongStream.range(0, 10_000)
        .map(i -> times.jitter("nightly", due.plusSeconds(3600 * i)).toMillis())
        .forEach(millis -> perMinute[(int) (millis / 60_000)]++);
    // A tenth each, give or take four standard deviations of thirty.
    assertThat(perMinute)
        .hasSize(10)
        .satisfies(
            counts -> {
              for (long count : counts) {
                assertThat(count).isBetween(880L, 1120L);
              }
            });
    assertThat(FireTimes.of(Schedules.cron("@hourly", "UTC")).jitter("nightly", due))
        .isEqualTo(Duration.ZERO);
  }
}
