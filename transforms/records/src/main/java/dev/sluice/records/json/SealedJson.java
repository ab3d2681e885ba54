package dev.sluice.records.json;

import dev.sluice.records.Hashes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * JSON files that know whether they are whole: an object with {@code format_version} and, as its
 * last key, {@code hash}: SHA-256 of the canonical JSON of everything else. How the hash is made
 * never changes, whatever the version, so that a damaged file is told from a newer one.
 */
public final class SealedJson {
  /** Version of the format on disk that this program writes, and the newest that it reads. */
  public static final int FORMAT_VERSION = 1;

  private static final String VERSION = "format_version";
  private static final String HASH = "hash";

  private SealedJson() {}

  /** The JSON of a record that has a component {@code formatVersion}. */
  public static String write(Record record) {
    Map<String, @Nullable Object> tree =
        copy((Map<?, ?>) Objects.requireNonNull(Json.tree(record)));
    tree.put(HASH, Hashes.hex(Json.canonical(tree)));
    return Json.pretty(tree);
  }

  /**
   * Reads a record.
   *
   * @param where the file's name, for messages
   * @return empty if the file is unreadable, incomplete or not what was written
   * @throws NewerFormatException if it was written whole by a newer program
   */
  public static <R extends Record> Optional<R> read(byte[] json, String where, Class<R> type) {
    try {
      if (!(Json.parse(json) instanceof Map<?, ?> parsed)) {
        return Optional.empty();
      }
      Map<String, @Nullable Object> tree = copy(parsed);
      Object hash = tree.remove(HASH);
      if (!(tree.get(VERSION) instanceof Long version)
          || !Hashes.hex(Json.canonical(tree)).equals(hash)) {
        return Optional.empty();
      }
      if (version > FORMAT_VERSION) {
        throw new NewerFormatException(where, version, FORMAT_VERSION);
      }
      return Optional.of(Json.bind(tree, type));
    } catch (JsonException e) {
      return Optional.empty();
    }
  }

  private static Map<String, @Nullable Object> copy(Map<?, ?> map) {
    Map<String, @Nullable Object> copy = new LinkedHashMap<>();
    map.forEach((key, value) -> copy.put(key.toString(), value));
    return copy;
  }
}
