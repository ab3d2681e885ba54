package dev.sluice.pipelines.schedule.alerts;

import dev.sluice.records.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs a shell command, with the message in environment variables and as JSON on its standard
 * input. Exit code 0 is a delivery; 126 and 127, the shell's for what it cannot run, are final.
 * What the command prints is dropped.
 */
final class CommandSender implements Channel {
  private final String command;
  private final Duration limit;

  /**
   * A sender by a command.
   *
   * @param limit how long it may run
   */
  CommandSender(String command, Duration limit) {
    this.command = command;
    this.limit = limit;
  }

  @Override
  public Delivery send(AlertMessage message) {
    try {
      // A file, since a pipe blocks if the command does not read.
      Path input = Files.createTempFile("sluice-alert", ".json");
      try {
        Files.writeString(input, message.json());
        return run(message, input);
      } finally {
        Files.deleteIfExists(input);
      }
    } catch (IOException e) {
      return notYet("cannot be started");
    }
  }

  private Delivery run(AlertMessage message, Path input) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder("/bin/sh", "-c", command)
            .redirectInput(input.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    describe(message, builder.environment());
    Process process = builder.start();
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        return notYet("runs longer than " + limit.toMillis() + " ms and was ended");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return notYet("was ended, since the process stops");
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    int code = process.exitValue();
    if (code == 0) {
      return new Delivery.Delivered();
    }
    return code == 126 || code == 127
        ? new Delivery.GivenUp(
            "The %s cannot be run: the shell ends with %d.".formatted(receiver(), code))
        : notYet("ends with exit code " + code);
  }

  private static void describe(AlertMessage message, Map<String, String> environment) {
    AlertMessage.Bound metric = message.metric();
    put(environment, "ID", message.id());
    put(environment, "SCHEDULE", message.schedule());
    put(environment, "FILE", message.file());
    put(environment, "CAUSE", AlertMessage.lower(message.cause()));
    put(environment, "STATE", AlertMessage.lower(message.state()));
    put(environment, "AT", message.at());
    put(environment, "DUE", message.due());
    put(environment, "RUN_ID", message.runId());
    put(environment, "TEXT", message.text());
    put(environment, "METRIC", metric == null ? null : metric.name());
    put(environment, "VALUE", metric == null ? null : metric.value());
    put(environment, "BELOW", metric == null ? null : metric.below());
    put(environment, "ABOVE", metric == null ? null : metric.above());
  }

  /** Empty for what there is not, so that nothing of the surroundings is taken for it. */
  private static void put(Map<String, String> environment, String name, @Nullable Object value) {
    environment.put(
        "SLUICE_ALERT_" + name, value == null ? "" : value.toString().replace("\0", ""));
  }

  private Delivery notYet(String what) {
    return new Delivery.NotYet("The %s %s.".formatted(receiver(), what));
  }

  /** The program alone: a secret may stand among its arguments, or in an assignment before it. */
  @Override
  public String receiver() {
    String program = command.strip().split("\\s", 2)[0];
    return program.matches("[A-Za-z0-9_./-]+")
        ? "command " + Secrets.hidden(program.substring(program.lastIndexOf('/') + 1))
        : "command";
  }

  @Override
  public String toString() {
    return receiver();
  }
}
