package dev.sluice.models;

import dev.sluice.records.DeadLetter;

/**
 * Why a request alone could not be served.
 *
 * @param message a sentence
 * @param errorClass a short, stable name of the kind of error
 * @param attempts how often it was tried
 * @param retriable whether another try may help
 */
public record Failure(String message, String errorClass, int attempts, boolean retriable) {

  /** Of a model in this process, which answers the same every time. */
  static Failure of(String message) {
    return new Failure(message, DeadLetter.REQUEST, 1, false);
  }

  /**
   * The dead letter of a row that could not be made for it.
   *
   * @param failed the row that the request was about
   * @param doing what was being done, as the beginning of a sentence
   */
  public DeadLetter letter(Record failed, String doing, String stage, String recordId) {
    return DeadLetter.request(
        failed, doing + ": " + message, stage, recordId, errorClass, attempts, retriable);
  }
}
