package dev.sluice.methods.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a query.
 *
 * @param rows its rows if it ran to its end; a row is a list of texts, numbers by their value
 * @param failure why it did not, in SQLite's words or the name of the limit; null if it did
 */
public record SqlResult(List<List<String>> rows, @Nullable String failure) {

  public SqlResult {
    rows = List.copyOf(rows);
  }

  static SqlResult failed(String reason) {
    return new SqlResult(List.of(), reason);
  }

  /** Whether it ran to its end. */
  public boolean ran() {
    return failure == null;
  }
}
