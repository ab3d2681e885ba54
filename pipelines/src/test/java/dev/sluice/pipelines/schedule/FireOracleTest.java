package dev.sluice.pipelines.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.records.Hashes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Fire times against those that src/test/python/fires.py found minute by minute. */
final class FireOracleTest {
  private static final Instant BEGIN = Instant.parse("2027-01-01T00:00:00Z");
  private static final Instant END = Instant.parse("2028-01-01T00:00:00Z");

  private static Stream<JsonNode> fixture(String part) {
    try {
      JsonNode fixture =
          new ObjectMapper()
              .readTree(
                  Files.readString(
                      Path.of("src/test/resources/dev/sluice/pipelines/schedule/fires.json")));
      return StreamSupport.stream(fixture.path(part).spliterator(), false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Stream<JsonNode> windows() {
    return fixture("windows");
  }

  static Stream<JsonNode> years() {
    return fixture("years");
  }

  /** The fixture's hash of fires. */
  static String hash(List<Instant> fires) {
    String all = fires.stream().map(Instant::toString).collect(Collectors.joining("\n"));
    return HexFormat.of()
        .formatHex(Hashes.sha256().digest(all.getBytes(StandardCharsets.UTF_8)))
        .substring(0, 16);
  }

  /** How many, a hash of all, and those within three hours of each change, in minutes from it. */
  private static String summary(List<Instant> fires, List<Instant> changes, int most) {
    List<List<Long>> near = new ArrayList<>();
    for (Instant change : changes) {
      List<Long> minutes =
          fires.stream()
              .filter(f -> Duration.between(change, f).abs().compareTo(Duration.ofHours(3)) <= 0)
              .map(f -> Duration.between(change, f).toMinutes())
              .toList();
      int n = minutes.size();
      near.add(
          n <= most
              ? minutes
              : Stream.concat(
                      minutes.subList(0, most / 2).stream(),
                      minutes.subList(n - most / 2, n).stream())
                  .toList());
    }
    return "%d fires, %s, near changes %s"
        .formatted(fires.size(), hash(fires), near)
        .replace(" ", "");
  }

  private static String summary(JsonNode expected) {
    return "%d fires, %s, near changes %s"
        .formatted(
            expected.path("count").asInt(), expected.path("sha256").asText(), expected.path("near"))
        .replace(" ", "");
  }

  @ParameterizedTest
  @MethodSource("windows")
  void aroundChangesOfTheClock(JsonNode window) {
    Instant change = Instant.parse(window.path("change").asText());
    Instant after = Instant.parse(window.path("after").asText());
    Instant to = Instant.parse(window.path("to").asText());
    String zone = window.path("zone").asText();
    List<String> found = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    window
        .path("lines")
        .fields()
        .forEachRemaining(
            line -> {
              FireTimes times = FireTimes.of(Schedules.cron(line.getKey(), zone));
              List<Instant> fires = times.between(after, to, Integer.MAX_VALUE);
              found.add(line.getKey() + ": " + summary(fires, List.of(change), 8));
              expected.add(line.getKey() + ": " + summary(line.getValue()));
              assertThat(times.last(after, to, 3))
                  .isEqualTo(fires.subList(Math.max(0, fires.size() - 3), fires.size()));
            });
    assertThat(found).hasSizeGreaterThan(40).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("years")
  void throughAYear(JsonNode year) {
    JsonNode schedule = year.path("schedule");
    String zone = year.path("zone").asText();
    FireTimes times =
        FireTimes.of(
            Schedules.schedule(
                schedule.path("cron").textValue(),
                schedule.path("every").textValue(),
                zone,
                schedule.path("start").textValue(),
                schedule.path("end").textValue(),
                null));
    List<Instant> fires = times.between(BEGIN, END, Integer.MAX_VALUE);
    assertThat(summary(fires, changes(ZoneId.of(zone).getRules()), 4)).isEqualTo(summary(year));
    if (!fires.isEmpty()) {
      assertThat(fires.get(0)).isEqualTo(year.path("first").asText());
      assertThat(fires.get(fires.size() - 1)).isEqualTo(year.path("last").asText());
    }
    assertThat(times.last(BEGIN, END, 1000))
        .isEqualTo(fires.subList(Math.max(0, fires.size() - 1000), fires.size()));
  }

  private static List<Instant> changes(ZoneRules rules) {
    List<Instant> changes = new ArrayList<>();
    ZoneOffsetTransition change = rules.nextTransition(BEGIN);
    while (change != null && change.getInstant().isBefore(END)) {
      changes.add(change.getInstant());
      change = rules.nextTransition(change.getInstant());
    }
    return changes;
  }
}
