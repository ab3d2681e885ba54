package dev.sluice.stages.synthesis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** One column of a JSONL, CSV or Parquet file as texts. */
public final class TextFile {
  private TextFile() {}

  /**
   * Hands on the text of every row; that of a row without one is empty.
   *
   * @param column name of the field; a dot reaches into an object
   * @throws IllegalArgumentException if the file is missing, of an unknown kind, broken at a line,
   *     or no row has the field
   */
  public static void forEach(Path file, String column, Consumer<String> consumer) {
    int[] found = new int[2];
    try (FileRows rows = FileRows.open(file, Integer.MAX_VALUE)) {
      rows.forEach(
          0,
          0,
          (row, index, begin) -> {
            String text = row.text(column);
            consumer.accept(text == null ? "" : text);
            found[0]++;
            found[1] += text == null ? 0 : 1;
            return true;
          });
    }
    if (found[0] > 0 && found[1] == 0) {
      throw new IllegalArgumentException(
          "Reading '%s': none of its %d rows has a field '%s'. Name the column that holds the text."
              .formatted(file, found[0], column));
    }
  }

  /** Changes when the file does. */
  public static String stamp(Path file) {
    try {
      return Files.exists(file)
          ? Files.size(file) + " " + Files.getLastModifiedTime(file)
          : "missing";
    } catch (IOException e) {
      throw new UncheckedIOException("The file " + file + " cannot be read.", e);
    }
  }
}
