package dev.sluice.pipelines.schedule;

import dev.sluice.pipelines.file.Alert;
import java.io.IOException;

/** Delivers messages of alerts. */
@FunctionalInterface
public interface AlertSender {
  /**
   * Tries once to deliver a message to where its alert says.
   *
   * @param message JSON
   * @throws AlertRefusedException if another try would change nothing
   * @throws IOException if it was not delivered, with a sentence that holds nothing secret
   */
  void send(Alert alert, String message) throws IOException;
}
