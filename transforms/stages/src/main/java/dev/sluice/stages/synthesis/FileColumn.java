package dev.sluice.stages.synthesis;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A column that a config names.
 *
 * @param key the config's key that names it
 * @param name the column's name
 * @param need which rows have to have it
 * @param instead a column that rows may have in its place; null if there is none
 */
public record FileColumn(String key, String name, Need need, @Nullable String instead) {

  /** Which rows have to have a column. */
  enum Need {
    EVERY_ROW,
    /** At least one of all rows of the file. */
    SOME_ROW,
    NO_ROW
  }

  /** A column without which a row is lost. */
  static FileColumn everyRow(String key, String name) {
    return new FileColumn(key, name, Need.EVERY_ROW, null);
  }

  /** A column that at least one row of the file must have. */
  public static FileColumn someRow(String key, String name) {
    return new FileColumn(key, name, Need.SOME_ROW, null);
  }

  /** A column that no row has to have; null if none is named. */
  static @Nullable FileColumn optional(String key, @Nullable String name) {
    return name == null ? null : new FileColumn(key, name, Need.NO_ROW, null);
  }

  /** The same, with another column that will do in its place. */
  FileColumn unless(String other) {
    return new FileColumn(key, name, need, other);
  }

  /** Those that are named. */
  static List<FileColumn> all(@Nullable FileColumn... columns) {
    return Arrays.stream(columns).filter(Objects::nonNull).map(Objects::requireNonNull).toList();
  }
}
