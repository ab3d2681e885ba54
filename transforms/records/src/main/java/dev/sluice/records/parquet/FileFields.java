package dev.sluice.records.parquet;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields that a file's format fixes for all of its rows: the header of a CSV file, the schema
 * of a Parquet file.
 *
 * @param fields what is inside a field, by its name; items of a list are inside {@link #EACH}
 * @param open whether each row chooses the names itself, as in a map
 */
public record FileFields(Map<String, FileFields> fields, boolean open) {
  /** Stands for the items of a list. */
  public static final String EACH = "[*]";

  static final FileFields VALUE = new FileFields(Map.of(), false);
  static final FileFields MAP = new FileFields(Map.of(), true);

  public FileFields {
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  /** Fields that hold plain values. */
  public static FileFields flat(List<String> names) {
    Map<String, FileFields> fields = new LinkedHashMap<>();
    names.forEach(name -> fields.put(name, VALUE));
    return new FileFields(fields, false);
  }

  static FileFields list(FileFields items) {
    return new FileFields(Map.of(EACH, items), false);
  }

  /**
   * Whether rows can have a field.
   *
   * @param path a name, or names with dots between them and {@code [*]} for items of a list
   */
  public boolean has(String path) {
    if (fields.containsKey(path)) {
      return true;
    }
    FileFields at = this;
    for (String name : path.replace(EACH, "." + EACH).split("\\.", -1)) {
      if (at.open) {
        return true;
      }
      FileFields next = at.fields.get(name);
      if (next == null && !name.equals(EACH)) {
        return false;
      }
      // A field that is no list is taken for its only item.
      at = next == null ? at : next;
    }
    return true;
  }

  /** All paths that lead to a value or into a map. */
  public List<String> paths() {
    List<String> paths = new ArrayList<>();
    collect(null, paths);
    return paths;
  }

  private void collect(@Nullable String path, List<String> paths) {
    fields.forEach(
        (name, inner) -> {
          String whole = path == null ? name : path + (name.equals(EACH) ? "" : ".") + name;
          boolean texts = inner.fields.size() == 1 && VALUE.equals(inner.fields.get(EACH));
          if (inner.fields.isEmpty() || texts) {
            paths.add(whole);
          } else {
            inner.collect(whole, paths);
          }
        });
  }
}
