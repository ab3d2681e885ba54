package dev.sluice.records.manifest;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt asked again and what it took over from an earlier one, in rows of the primary
 * table. Dead letters count as the rows that they stand for.
 *
 * @param attempt the attempt that rows were taken over from; null if they are of units that an
 *     attempt finished before it failed
 * @param where the condition of the rows that were asked again; null if dead letters were
 * @param asked how many rows were asked again
 * @param taken how many rows were taken over as they were
 */
public record RetriedRows(
    @Nullable String attempt, @Nullable String where, long asked, long taken) {

  /** In words. */
  public String text() {
    return String.format(
        Locale.ROOT,
        "%,d of %,d rows (%s); %,d copied%s",
        asked,
        asked + taken,
        where == null ? "dead letters" : "where " + where,
        taken,
        attempt == null ? "" : " from the attempt " + attempt);
  }
}
