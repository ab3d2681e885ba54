package dev.sluice.records.parquet;

import dev.sluice.records.Printable;
import org.jspecify.annotations.Nullable;

/** A file that cannot be read as the table, or as the Parquet file, that it should be. */
public final class TableException extends RuntimeException {
  public TableException(String message) {
    super(Printable.sentence(message));
  }

  public TableException(String message, @Nullable Throwable cause) {
    super(Printable.sentence(message), cause);
  }
}
