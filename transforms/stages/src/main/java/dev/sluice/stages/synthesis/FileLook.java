package dev.sluice.stages.synthesis;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.records.Printable;
import dev.sluice.records.parquet.FileFields;
import dev.sluice.records.parquet.TableException;
import dev.sluice.stages.StageType.Look;
import dev.sluice.stages.synthesis.FileColumn.Need;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A look at the first rows of a file, before any work begins. A column that the format fixes for
 * all rows is there or not; a key of JSON may come in a later row, so that one that the first rows
 * lack is a mistake only where every row needs it.
 */
public final class FileLook {
  private static final int ROWS = 100;
  private static final int NAMES_SHOWN = 20;

  private final String path;
  private final List<FileRow> rows = new ArrayList<>();
  private final List<ConfigMistake> mistakes = new ArrayList<>();
  private final List<ConfigMistake> warnings = new ArrayList<>();

  /** What the format fixes; null if rows choose their keys. */
  private @Nullable FileFields fixed;

  /** Whether every row that will be read was looked at. */
  private boolean whole;

  private FileLook(String path) {
    this.path = path;
  }

  /**
   * What is wrong with a file's ending, its first rows or its columns.
   *
   * @param pathKey the config's key of the path
   * @param limit most rows that are read of it; null for all
   * @param columns those that are read of it
   */
  public static Look at(
      String path, String pathKey, @Nullable Integer limit, List<FileColumn> columns) {
    FileLook look = new FileLook(path);
    try {
      look.read(limit);
    } catch (IllegalArgumentException | TableException | UncheckedIOException e) {
      return new Look(
          List.of(new ConfigMistake(pathKey, String.valueOf(e.getMessage()))), List.of());
    }
    columns.forEach(look::column);
    if (look.rows.isEmpty()) {
      look.warnings.add(
          new ConfigMistake(
              pathKey, "'%s' has no rows, so there is nothing to read".formatted(path)));
    }
    return new Look(look.mistakes, look.warnings);
  }

  private void read(@Nullable Integer limit) {
    int most = limit == null ? ROWS : Math.min(ROWS, limit);
    try (FileRows file = FileRows.open(Path.of(path), most)) {
      fixed = file.fields();
      file.forEach(
          0,
          0,
          (row, index, begin) -> {
            rows.add(row);
            return rows.size() < most;
          });
    }
    whole = rows.size() < most || (limit != null && limit == most);
  }

  private void column(FileColumn column) {
    if (fixed != null) {
      if (!fixed.has(column.name())) {
        List<String> known = fixed.paths();
        mistakes.add(
            mistake(
                column,
                "'%s' has no column '%s'; it has %s".formatted(path, column.name(), shown(known)),
                known));
      }
      return;
    }
    if (rows.isEmpty() || found(column.name())) {
      return;
    }
    List<String> known = List.copyOf(names());
    boolean replaced = column.instead() != null && found(column.instead());
    boolean needed = column.need() == Need.EVERY_ROW || (column.need() == Need.SOME_ROW && whole);
    boolean mistaken = needed && !replaced;
    String message =
        "%s column '%s'%s; %s %s"
            .formatted(
                nobody(),
                column.name(),
                mistaken ? "" : ", and rows without it are read all the same",
                rows.size() == 1 && whole ? "it has" : "they have",
                shown(known));
    (mistaken ? mistakes : warnings).add(mistake(column, message, known));
  }

  private String nobody() {
    return whole && rows.size() == 1
        ? "the only row of '%s' has no".formatted(path)
        : "none of the %s%d rows of '%s' has a".formatted(whole ? "" : "first ", rows.size(), path);
  }

  private boolean found(String name) {
    return rows.stream().anyMatch(row -> row.has(name));
  }

  private static ConfigMistake mistake(FileColumn column, String message, List<String> known) {
    return new ConfigMistake(column.key(), Printable.sentence(message), column.name(), known);
  }

  /** All paths to values in the rows. */
  private Set<String> names() {
    Set<String> names = new TreeSet<>();
    rows.forEach(row -> collect("", row.object(), names));
    return names;
  }

  private static void collect(String path, JsonNode node, Set<String> names) {
    if (node.isObject()) {
      node.fields()
          .forEachRemaining(
              field -> {
                String name = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
                collect(name, field.getValue(), names);
              });
    } else if (node.isArray() && node.size() > 0 && node.get(0).isObject()) {
      collect(path + FileFields.EACH, node.get(0), names);
    } else {
      names.add(path);
    }
  }

  private static String shown(List<String> names) {
    return names.isEmpty()
        ? "none"
        : String.join(", ", names.subList(0, Math.min(NAMES_SHOWN, names.size())))
            + (names.size() > NAMES_SHOWN ? " and others" : "");
  }
}
