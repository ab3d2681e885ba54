package dev.sluice.records.json;

/** A file that was written whole by a newer program than this one. */
public final class NewerFormatException extends RuntimeException {
  /** A file of version {@code found} where {@code known} is the newest known. */
  public NewerFormatException(String where, long found, int known) {
    super(
        "The file %s has format version %d; this program reads up to version %d. Use a newer Sluice, or another workspace."
            .formatted(where, found, known));
  }
}
