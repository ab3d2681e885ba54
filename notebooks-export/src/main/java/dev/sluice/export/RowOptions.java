package dev.sluice.export;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which rows an export writes, and what they hold.
 *
 * @param where condition on the columns of the tables that a row is made of; null for all rows
 * @param columns the columns to write, in their order; empty for all
 * @param limit maximum number of rows, a sample by hash; null for all
 * @param balance whether each part gets as many rows of correct solutions as of incorrect ones
 * @param duplicates what becomes of equal texts
 * @param round the score from which on a step is labelled correct, for soft labels; null to refuse
 *     them where a format holds true and false alone
 */
public record RowOptions(
    @Nullable String where,
    List<String> columns,
    @Nullable Integer limit,
    boolean balance,
    Duplicates duplicates,
    @Nullable Double round) {

  /** All rows with all columns; equal texts are pooled. */
  public static final RowOptions ALL =
      new RowOptions(null, List.of(), null, false, Duplicates.POOL, null);

  public RowOptions {
    columns = List.copyOf(columns);
  }

  /** The same rows that fulfil a condition. */
  public RowOptions where(String condition) {
    return new RowOptions(condition, columns, limit, balance, duplicates, round);
  }

  /** These columns alone. */
  public RowOptions columns(String... names) {
    return new RowOptions(where, List.of(names), limit, balance, duplicates, round);
  }

  /** At most this many rows. */
  public RowOptions limit(int rows) {
    return new RowOptions(where, columns, rows, balance, duplicates, round);
  }

  /** As many correct as incorrect ones. */
  public RowOptions balanced() {
    return new RowOptions(where, columns, limit, true, duplicates, round);
  }

  /** With other treatment of equal texts. */
  public RowOptions duplicates(Duplicates other) {
    return new RowOptions(where, columns, limit, balance, other, round);
  }

  /** With soft labels rounded. */
  public RowOptions round(double from) {
    return new RowOptions(where, columns, limit, balance, duplicates, from);
  }
}
