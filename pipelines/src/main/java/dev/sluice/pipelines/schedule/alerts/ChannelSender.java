package dev.sluice.pipelines.schedule.alerts;

import dev.sluice.pipelines.file.Alert;
import dev.sluice.pipelines.schedule.AlertRefusedException;
import dev.sluice.pipelines.schedule.AlertSender;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Sends a message by every way that its alert names, and by none again that it took. */
public final class ChannelSender implements AlertSender {
  private final Map<String, String> environment;

  /** Message and receiver of what is done while another way of the same alert is not. */
  private final Set<String> done = ConcurrentHashMap.newKeySet();

  /**
   * A sender.
   *
   * @param environment where SLUICE_SMTP_URL and SLUICE_SMTP_FROM are
   */
  public ChannelSender(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  @Override
  public void send(Alert alert, String message) throws IOException {
    AlertMessage parsed = AlertMessage.parse(message);
    List<String> notYet = new ArrayList<>();
    List<String> givenUp = new ArrayList<>();
    for (Channel channel : channels(alert)) {
      String key = parsed.id() + " " + channel.receiver();
      Delivery delivery = done.contains(key) ? new Delivery.Delivered() : channel.send(parsed);
      if (delivery instanceof Delivery.NotYet problem) {
        notYet.add(problem.problem());
      } else if (delivery instanceof Delivery.GivenUp problem) {
        givenUp.add(problem.problem());
      } else {
        done.add(key);
      }
    }
    if (!notYet.isEmpty()) {
      notYet.addAll(givenUp);
      throw new IOException(String.join(" ", notYet));
    }
    done.removeIf(key -> key.startsWith(parsed.id() + " "));
    if (!givenUp.isEmpty()) {
      throw new AlertRefusedException(String.join(" ", givenUp));
    }
  }

  private List<Channel> channels(Alert alert) throws AlertRefusedException {
    try {
      return Channels.of(alert, environment);
    } catch (IllegalArgumentException e) {
      throw new AlertRefusedException(String.valueOf(e.getMessage()));
    }
  }
}
