package dev.sluice.records;

/**
 * A row that could not be made: a row of the table {@code dead_letters}.
 *
 * @param failedRow the input row or request as JSON, shortened to 4,000 characters
 * @param errorMessage what went wrong, as a sentence
 * @param stage name of the stage type
 * @param recordId id of the row that is missing
 * @param errorClass a short, stable name of the kind of error, such as {@code unparsed}
 * @param attempts how often it was tried
 * @param retriable whether another try may help
 */
public record DeadLetter(
    String failedRow,
    String errorMessage,
    String stage,
    String recordId,
    String errorClass,
    int attempts,
    boolean retriable) {}
