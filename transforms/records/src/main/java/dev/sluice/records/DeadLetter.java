package dev.sluice.records;

import dev.sluice.records.json.Json;
import dev.sluice.records.schema.Column;

/**
 * A row that could not be made: a row of the table {@code dead_letters}.
 *
 * @param errorClass a short, stable name of the kind of error, such as {@code unparsed}
 */
public record DeadLetter(
    @Column("The input row or request as JSON, shortened.") String failedRow,
    @Column(value = "What went wrong, as a sentence.", content = false) String errorMessage,
    @Column("Name of the stage type.") String stage,
    @Column("Id of the row that is missing.") String recordId,
    @Column("A short, stable name of the kind of error.") String errorClass,
    @Column(value = "How often it was tried.", content = false) int attempts,
    @Column("Whether another try may help.") boolean retriable) {
  /** The class of a request that got no usable reply. */
  public static final String REQUEST = "request";

  private static final int MAX_LENGTH = 4_000;

  /**
   * A request that got no usable reply.
   *
   * @param failed the row that the request was about
   * @param error what went wrong, as a sentence that says what was being done
   */
  public static DeadLetter request(Record failed, String error, String stage, String recordId) {
    return of(Json.compact(failed), error, stage, recordId, REQUEST);
  }

  /**
   * The same with what the model said about it.
   *
   * @param errorClass the kind of error
   * @param attempts how often it was tried
   * @param retriable whether another try may help
   */
  public static DeadLetter request(
      Record failed,
      String error,
      String stage,
      String recordId,
      String errorClass,
      int attempts,
      boolean retriable) {
    DeadLetter letter = request(failed, error, stage, recordId);
    return new DeadLetter(
        letter.failedRow(), error, stage, recordId, errorClass, attempts, retriable);
  }

  /** The same after so many tries. */
  public DeadLetter afterAttempts(int tries) {
    return new DeadLetter(failedRow, errorMessage, stage, recordId, errorClass, tries, retriable);
  }

  /**
   * A row that was tried once, and that another try would not mend.
   *
   * @param json the row as JSON
   */
  public static DeadLetter of(
      String json, String error, String stage, String recordId, String errorClass) {
    String row = json.length() > MAX_LENGTH ? json.substring(0, MAX_LENGTH) : json;
    return new DeadLetter(row, error, stage, recordId, errorClass, 1, false);
  }
}
