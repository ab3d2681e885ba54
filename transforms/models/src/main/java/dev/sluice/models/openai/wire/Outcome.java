package dev.sluice.models.openai.wire;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What became of one try of a request. */
public sealed interface Outcome {
  /** The class of a connection that did not stand or broke. */
  String CONNECTION = "connection";

  /**
   * It was answered.
   *
   * @param replies at least one
   * @param promptTokens tokens of the prompt, as the server accounts them
   * @param completionTokens tokens of all replies together
   */
  record Answered(List<Reply> replies, long promptTokens, long completionTokens)
      implements Outcome {}

  /**
   * It was not answered, or with something that is no answer.
   *
   * @param fate what follows
   * @param errorClass a short, stable name of the kind of error
   * @param message a sentence
   * @param pause how long the server asks to be left alone
   * @param spent whether the server may have worked on it, and may want to be paid
   * @param serverFails whether it speaks against the server and not against the request
   */
  record Trouble(
      Fate fate,
      String errorClass,
      String message,
      Optional<Duration> pause,
      boolean spent,
      boolean serverFails)
      implements Outcome {

    /** The same of a request whose answer may have cost something. */
    Trouble thatMayCost() {
      return new Trouble(fate, errorClass, message, pause, true, serverFails);
    }
  }

  /** What follows on trouble. */
  enum Fate {
    /** Another try may help. */
    RETRY,
    /** No try of this request will help. */
    DEAD,
    /** No request to this server will succeed. */
    FATAL
  }

  /** Trouble that a retry may fix. */
  static Trouble retry(String errorClass, String message) {
    return new Trouble(Fate.RETRY, errorClass, message, Optional.empty(), false, true);
  }
}
