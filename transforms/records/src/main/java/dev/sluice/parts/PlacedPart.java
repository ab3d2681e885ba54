package dev.sluice.parts;

import dev.sluice.records.config.Key;
import dev.sluice.records.schema.RecordSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A part of a config with its place.
 *
 * @param key path below {@code config}, such as {@code reward[0]}
 */
public record PlacedPart(String key, Part part) {

  /** The parts of a config, in the order of its keys; those within parts included. */
  public static List<PlacedPart> in(Record config) {
    List<PlacedPart> found = new ArrayList<>();
    collect("", config, found);
    return found;
  }

  private static void collect(String key, @Nullable Object value, List<PlacedPart> found) {
    if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        collect("%s[%d]".formatted(key, i), list.get(i), found);
      }
    } else if (value instanceof Map<?, ?> map) {
      map.forEach((name, inner) -> collect(key + "." + name, inner, found));
    } else if (value instanceof Record block) {
      if (block instanceof Part part) {
        found.add(new PlacedPart(key, part));
      }
      for (RecordSchema.Field field : RecordSchema.of(block.getClass()).fields()) {
        Key described = field.key();
        if (described != null) {
          String path = key.isEmpty() ? field.name() : key + "." + field.name();
          collect(described.inline() ? key : path, field.get(block), found);
        }
      }
    }
  }

  /** The word that selects the part in a file. */
  public String word() {
    return part.name();
  }
}
