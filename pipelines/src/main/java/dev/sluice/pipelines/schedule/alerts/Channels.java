package dev.sluice.pipelines.schedule.alerts;

import dev.sluice.pipelines.file.Alert;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The ways out that an alert of a pipeline file names. */
final class Channels {
  private static final Duration ANSWER = Duration.ofSeconds(20);
  private static final Duration COMMAND = Duration.ofSeconds(60);

  private Channels() {}

  /**
   * One sender for each of webhook, command and e-mail that is given.
   *
   * @param environment where SLUICE_SMTP_URL and SLUICE_SMTP_FROM are
   * @throws IllegalArgumentException if an address is none; the message is a sentence and holds
   *     nothing secret
   */
  public static List<Channel> of(Alert alert, Map<String, String> environment) {
    List<Channel> senders = new ArrayList<>();
    if (alert.webhook() != null) {
      senders.add(new WebhookSender(alert.webhook(), ANSWER));
    }
    if (alert.command() != null) {
      senders.add(new CommandSender(alert.command(), COMMAND));
    }
    if (alert.email() != null) {
      senders.add(
          new EmailSender(
              variable(environment, "SLUICE_SMTP_URL"),
              variable(environment, "SLUICE_SMTP_FROM"),
              alert.email(),
              ANSWER));
    }
    return List.copyOf(senders);
  }

  private static String variable(Map<String, String> environment, String name) {
    String value = environment.getOrDefault(name, "");
    if (value.isBlank()) {
      throw new IllegalArgumentException(
          "An alert is to be sent by e-mail, which needs the environment variable %s; it is not set."
              .formatted(name));
    }
    return value;
  }
}
