package dev.sluice.export.format;

import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a format.
 *
 * @param type the record, whose components are the columns
 * @param of makes a row of an item; null for an item that the format leaves out
 * @param leavesOut the items that it leaves out, such as "solutions called incorrect"; null if none
 * @param <I> what a row is made of
 * @param <R> the record
 */
public record Rows<I, R extends Record>(
    Class<R> type, BiFunction<I, Place, @Nullable R> of, @Nullable String leavesOut) {

  /** A row of every item. */
  public static <I, R extends Record> Rows<I, R> of(Class<R> type, Function<I, R> of) {
    return new Rows<>(type, (item, place) -> of.apply(item), null);
  }

  /** A row of every item, which depends on its place. */
  public static <I, R extends Record> Rows<I, R> placed(
      Class<R> type, BiFunction<I, Place, @Nullable R> of) {
    return new Rows<>(type, of, null);
  }

  /** Rows of some items. */
  public static <I, R extends Record> Rows<I, R> some(
      Class<R> type, String leavesOut, Function<I, @Nullable R> of) {
    return new Rows<>(type, (item, place) -> of.apply(item), leavesOut);
  }
}
