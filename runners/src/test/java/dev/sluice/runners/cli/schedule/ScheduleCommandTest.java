package dev.sluice.runners.cli.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.runners.cli.Said;
import dev.sluice.runners.cli.Toys;
import dev.sluice.runners.cli.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScheduleCommandTest {
  private final Path folder;
  private final Path workspace;

  ScheduleCommandTest(@TempDir Path folder) {
    this.folder = folder;
    workspace = folder.resolve("workspace");
  }

  private Path file(String name, String schedule) throws IOException {
    return Files.writeString(
        folder.resolve(name + ".yaml"),
        """
        name: %s
        pipeline:
          type: chain
          transforms:
            - {type: Make, name: made}
        %s
        """
            .formatted(name, schedule));
  }

  private Said sluice(String... words) {
    return Said.of(Toys.services(), workspace, words);
  }

  @Test
  void addsListsPausesResumesAndRemoves() throws IOException {
    Path nightly = file("nightly", "schedule: {cron: '0 2 * * *', time_zone: Europe/Zurich}");
    Path fed = file("fed", "schedule: {on_new_data: 'data/*.jsonl'}");
    assertThat(sluice("schedule", "list").out())
        .isEqualTo("There are no schedules. Add one with 'sluice schedule add FILE'.\n");
    assertThat(
            sluice("schedule", "add", nightly.toString(), "--json")
                .json()
                .path("added")
                .asBoolean())
        .isTrue();
    assertThat(sluice("schedule", "add", fed.toString()).out())
        .isEqualTo(
            """
            added schedule fed: it has no times; it waits for new data
            'sluice serve' runs what is scheduled.
            """);
    assertThat(
            sluice("schedule", "add", nightly.toString(), "--json")
                .json()
                .path("added")
                .asBoolean())
        .isFalse();
    assertThat(sluice("schedule", "pause", "nightly").out())
        .isEqualTo("paused nightly; an active run continues\n");
    JsonNode list = sluice("schedule", "list", "--json").json().path("schedules");
    assertThat(list).hasSize(2);
    assertThat(list.get(0).path("name").asText()).isEqualTo("fed");
    assertThat(list.get(0).path("state").asText()).isEqualTo("active");
    assertThat(list.get(0).path("next").isNull()).isTrue();
    assertThat(list.get(1).path("state").asText()).isEqualTo("paused");
    assertThat(list.get(1).path("last").isNull()).isTrue();
    assertThat(sluice("schedule", "resume", "nightly").out()).isEqualTo("resumed nightly\n");
    JsonNode resumed = sluice("schedule", "list", "--json").json().path("schedules").get(1);
    assertThat(resumed.path("next").asText()).matches("20..-..-..T0[01]:00:00Z");
    Files.writeString(fed, "name: fed\n");
    assertThat(sluice("schedule", "list").out())
        .contains("fed: " + fed + ":1:1: pipeline: required key 'pipeline' is missing");
    assertThat(sluice("schedule", "remove", "fed").code()).isZero();
    assertThat(sluice("schedule", "list", "--json").json().path("schedules")).hasSize(1);
  }

  @Test
  void refusesWhatIsNoScheduleAndNamesTheNearest() throws IOException {
    Path plain = file("plain", "");
    Said none = sluice("schedule", "add", plain.toString());
    assertThat(none.code()).isEqualTo(ExitCode.MISTAKE);
    assertThat(none.err())
        .isEqualTo(
            "The file %s has no block 'schedule', which says when it runs, such as schedule: {cron: \"0 2 * * *\"}.\n"
                .formatted(plain));
    assertThat(workspace).doesNotExist();
    Said never =
        sluice("schedule", "add", file("never", "schedule: {cron: '0 0 30 2 *'}").toString());
    assertThat(never.code()).isEqualTo(ExitCode.MISTAKE);
    assertThat(never.err()).contains("never.yaml:6:18: schedule.cron: ");
    assertThat(
            sluice("schedule", "add", file("nightly", "schedule: {every: 1h}").toString()).code())
        .isZero();
    Said wrong = sluice("schedule", "pause", "nightli");
    assertThat(wrong.code()).isEqualTo(ExitCode.MISTAKE);
    assertThat(wrong.err()).isEqualTo("There is no schedule 'nightli'; did you mean 'nightly'?\n");
    assertThat(sluice("runs", "--schedule", "nightli").code()).isEqualTo(ExitCode.MISTAKE);
  }

  @Test
  void backfillsARangeOnce() throws IOException {
    Path daily = file("daily", "schedule: {cron: '0 2 * * *', time_zone: Europe/Zurich}");
    assertThat(sluice("schedule", "add", daily.toString()).code()).isZero();
    String[] range = {
      "schedule", "backfill", "daily", "--from", "2026-03-27", "--to", "2026-03-31"
    };
    JsonNode dry = sluice(with(range, "--dry-run", "--json")).json();
    assertThat(dry.path("fires").toString())
        .isEqualTo(
            "[\"2026-03-27T01:00:00Z\",\"2026-03-28T01:00:00Z\",\"2026-03-29T01:00:00Z\",\"2026-03-30T00:00:00Z\"]");
    assertThat(sluice(range).out())
        .endsWith(
            """
            4 fires of daily wait
            No daemon is there to run them; start one with 'sluice serve'.
            """);
    assertThat(sluice(range).out())
        .isEqualTo("0 fires of daily wait; 4 ran already, wait or run (--reprocess)\n");
    Said backwards =
        sluice("schedule", "backfill", "daily", "--from", "2026-03-31", "--to", "2026-03-27");
    assertThat(backwards.code()).isEqualTo(ExitCode.MISTAKE);
    assertThat(backwards.err())
        .isEqualTo(
            "A backfill goes from a moment to a later one, but 2026-03-30T22:00:00Z is not before 2026-03-26T23:00:00Z.\n");
    Said noTime =
        sluice("schedule", "backfill", "daily", "--from", "yesterday", "--to", "2026-03-27");
    assertThat(noTime.err())
        .isEqualTo(
            "--from is a day or a time such as 2027-03-01 or 2027-03-01T06:00, not 'yesterday'.\n");
  }

  private static String[] with(String[] words, String... more) {
    String[] all = Arrays.copyOf(words, words.length + more.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return all;
  }
}
