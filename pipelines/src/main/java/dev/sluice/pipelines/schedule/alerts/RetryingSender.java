package dev.sluice.pipelines.schedule.alerts;

import java.time.Duration;
import java.util.Optional;

/** Tries until a message arrives, at most {@link Backoff#TRIES} times. Blocks between the tries. */
public final class RetryingSender implements Channel {
  private final Channel sender;
  private final Sleeper sleeper;

  /** Waits. */
  public interface Sleeper {
    void sleep(Duration duration) throws InterruptedException;
  }

  public RetryingSender(Channel sender, Sleeper sleeper) {
    this.sender = sender;
    this.sleeper = sleeper;
  }

  @Override
  public Delivery send(AlertMessage message) {
    for (int tries = 1; ; tries++) {
      Delivery delivery = sender.send(message);
      if (!(delivery instanceof Delivery.NotYet notYet)) {
        return delivery;
      }
      Optional<Duration> wait = Backoff.after(tries, message.id());
      if (wait.isEmpty()) {
        return new Delivery.GivenUp("%s It was tried %d times.".formatted(notYet.problem(), tries));
      }
      try {
        sleeper.sleep(wait.get());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return delivery;
      }
    }
  }

  @Override
  public String receiver() {
    return sender.receiver();
  }

  @Override
  public String toString() {
    return receiver();
  }
}
