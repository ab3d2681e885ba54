package dev.sluice.pipelines.schedule.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CommandSenderTest extends ChannelContract {
  /** Takes the first line of the file of answers, notes a try, and does what the line says. */
  private static final String SCRIPT =
      """
      cd "$(dirname "$0")" || exit 9
      echo "$1" >> tries
      code=$(head -n 1 answers)
      sed -i 1d answers
      if [ "$code" = hang ]; then sleep 1000 & echo $! > hanging; wait; fi
      if [ "${code:-0}" = 0 ]; then cat > "accepted-$(wc -l < tries)"; fi
      echo "said $1" >&2
      exit "${code:-0}"
      """;

  private final Path folder;

  CommandSenderTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    Files.writeString(folder.resolve("tell.sh"), SCRIPT);
    Files.writeString(folder.resolve("answers"), "");
    Files.writeString(folder.resolve("tries"), "");
  }

  @Override
  Channel sender(Duration limit) {
    return new CommandSender("/bin/sh %s/tell.sh %s".formatted(folder, SECRET), limit);
  }

  @Override
  Channel toNobody() {
    return new CommandSender("%s/nobody.sh %s".formatted(folder, SECRET), LONG);
  }

  @Override
  void script(Answer... answers) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (Answer answer : answers) {
      lines
          .append(
              switch (answer) {
                case ACCEPTS -> "0";
                case FAILS -> "1";
                case REFUSES -> "126";
                case HANGS -> "hang";
              })
          .append('\n');
    }
    Files.writeString(folder.resolve("answers"), lines);
  }

  @Override
  int tries() throws IOException {
    return Files.readAllLines(folder.resolve("tries")).size();
  }

  @Override
  List<String> accepted() throws IOException {
    try (var files = Files.list(folder)) {
      List<Path> accepted =
          files
              .filter(file -> file.getFileName().toString().startsWith("accepted-"))
              .sorted()
              .toList();
      List<String> bodies = new ArrayList<>();
      for (Path file : accepted) {
        bodies.add(Files.readString(file));
      }
      return bodies;
    }
  }

  @Override
  String receiver() {
    return "command sh";
  }

  @Test
  void setsVariables() throws IOException {
    Path file = folder.resolve("environment");
    CommandSender sender = new CommandSender("env | grep SLUICE_ALERT_ | sort > " + file, LONG);
    assertThat(sender.send(RECOVERED)).isEqualTo(new Delivery.Delivered());
    assertThat(Files.readAllLines(file))
        .containsExactly(
            "SLUICE_ALERT_ABOVE=",
            "SLUICE_ALERT_AT=2027-03-29T01:20:00Z",
            "SLUICE_ALERT_BELOW=",
            "SLUICE_ALERT_CAUSE=failure",
            "SLUICE_ALERT_DUE=",
            "SLUICE_ALERT_FILE=configs/tiny.yaml",
            "SLUICE_ALERT_ID=" + RECOVERED.id(),
            "SLUICE_ALERT_METRIC=",
            "SLUICE_ALERT_RUN_ID=",
            "SLUICE_ALERT_SCHEDULE=nightly",
            "SLUICE_ALERT_STATE=recovered",
            "SLUICE_ALERT_TEXT=It runs again.",
            "SLUICE_ALERT_VALUE=");
    CommandSender metric =
        new CommandSender(
            "printf %s \"$SLUICE_ALERT_METRIC $SLUICE_ALERT_VALUE $SLUICE_ALERT_BELOW $SLUICE_ALERT_TEXT\" > "
                + file,
            LONG);
    assertThat(metric.send(RAISED)).isEqualTo(new Delivery.Delivered());
    assertThat(file).hasContent("accuracy/policy 0.5 0.6 " + RAISED.text());
  }

  @Test
  void leavesNothingBehindThatHangs() throws Exception {
    script(Answer.HANGS);
    assertThat(sender(Duration.ofSeconds(3)).send(RAISED))
        .isEqualTo(new Delivery.NotYet("The command sh runs longer than 3000 ms and was ended."));
    long hanging = Long.parseLong(Files.readString(folder.resolve("hanging")).strip());
    ProcessHandle.of(hanging).ifPresent(process -> process.onExit().join());
    assertThat(ProcessHandle.of(hanging).map(ProcessHandle::isAlive).orElse(false)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "exit 3                  | NotYet[problem=The command exit ends with exit code 3.]",
        "/no/such/program hunter2 | GivenUp[problem=The command program cannot be run: the shell ends with 127.]",
        "TOKEN=hunter2 false     | NotYet[problem=The command ends with exit code 1.]",
      })
  void judgesExitCodes(String command, String delivery) {
    assertThat(new CommandSender(command, LONG).send(RAISED)).hasToString(delivery);
  }
}
