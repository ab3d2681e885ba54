package dev.sluice.runners.cli.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.runners.cli.Said;
import dev.sluice.runners.cli.Toys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sluice schedule next}. */
final class ScheduleNextCommandTest {
  private final Path folder;

  ScheduleNextCommandTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private Path file(String schedule) throws IOException {
    return Files.writeString(
        folder.resolve("toy.yaml"),
        """
        name: toy
        pipeline:
          type: chain
          transforms:
            - {type: Make, name: made}
        %s
        """
            .formatted(schedule));
  }

  private Said sluice(String... words) {
    return Said.of(Toys.services(), folder.resolve("workspace"), words);
  }

  private Said next(Path file, String... more) {
    List<String> words = new ArrayList<>(List.of("schedule", "next", file.toString()));
    words.addAll(List.of(more));
    return sluice(words.toArray(String[]::new));
  }

  @Test
  void printsTimes() throws IOException {
    Path file = file("schedule: {cron: \"30 2 * * *\", time_zone: Europe/Zurich, end: 2027-03-30}");
    Said json = next(file, "-n", "2", "--from", "2027-03-27T01:30:00Z", "--json");
    assertThat(json.code()).as(json.err()).isZero();
    assertThat(json.out())
        .isEqualTo("{\"fires\":[\"2027-03-28T01:00:00Z\",\"2027-03-29T00:30:00Z\"]}\n");
    Said text = next(file, "--from", "2027-03-27T02:30:00+02:00");
    assertThat(text.out())
        .isEqualTo(
            """
            in Europe/Zurich                in UTC
            Sat 2027-03-27 02:30:00 +01:00  2027-03-27T01:30:00Z
            Sun 2027-03-28 03:00:00 +02:00  2027-03-28T01:00:00Z
            Mon 2027-03-29 02:30:00 +02:00  2027-03-29T00:30:00Z
            """);
    Said over = next(file, "--from", "2027-03-30T00:00:00Z");
    assertThat(over.code()).isZero();
    assertThat(over.out())
        .isEqualTo("The schedule has no time after 2027-03-30T00:00:00Z: it ends at 2027-03-30.\n");
    assertThat(next(file("schedule: {every: 1d}"), "--json").json().path("fires")).hasSize(5);
  }

  @Test
  void newDataHasNoTimes() throws IOException {
    Path file = file("schedule: {on_new_data: \"data/*.jsonl\"}");
    assertThat(next(file).out())
        .isEqualTo(
            "The schedule has no times: it runs when there is new data in 'data/*.jsonl'.\n");
    assertThat(next(file, "--json").out()).isEqualTo("{\"fires\":[]}\n");
  }

  @Test
  void refusesMistakes() throws IOException {
    Path none = file("seed: 8");
    Said said = next(none, "--json");
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.out()).isEmpty();
    assertThat(said.err())
        .isEqualTo(
            none
                + " has no schedule; give it a block such as 'schedule: {cron: \"0 2 * * *\", time_zone: Europe/Zurich}'.\n");
    assertThat(next(none, "-n", "0").err())
        .isEqualTo("-n is how many times to show, from 1 to 10000, but is 0.\n");
    assertThat(next(none, "--from", "tomorrow").err())
        .isEqualTo(
            "--from must be a time with its offset, such as 2027-03-28T00:00:00Z or 2027-03-28T01:00:00+01:00, but is 'tomorrow'.\n");

    Said broken = next(file("schedule: {cron: \"0 0 30 2 *\"}"));
    assertThat(broken.code()).isEqualTo(2);
    assertThat(broken.err())
        .contains(
            "toy.yaml:6:18: schedule.cron: must fire at some time, but '0 0 30 2 *' never does");

    Said alone = sluice("schedule");
    assertThat(alone.code()).isEqualTo(2);
  }
}
