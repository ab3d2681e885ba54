package dev.sluice.records.config;

import java.util.List;

/**
 * An older way to write a key of a config block. It stays valid: the block is read as if it were
 * written the new way, with one warning.
 *
 * @param key path of the old key below the block, such as {@code loss.aggregation}
 * @param words the single values that are meant, or empty for every value
 * @param now what stands for it
 */
public record KeyMigration(String key, List<String> words, List<Setting> now) {

  public KeyMigration {
    words = List.copyOf(words);
    now = List.copyOf(now);
  }

  /** The value stands at another path: it moves there, unless something stands there already. */
  public static KeyMigration moved(String key, String... paths) {
    return new KeyMigration(key, List.of(), List.of(paths).stream().map(Setting::new).toList());
  }

  /** A word stands at another path. */
  public static KeyMigration wordsMoved(String key, List<String> words, String path) {
    return new KeyMigration(key, words, List.of(new Setting(path)));
  }

  /** A word is another value at another path. */
  public static KeyMigration word(String key, String word, String path, String yaml) {
    return new KeyMigration(key, List.of(word), List.of(new Setting(path, yaml)));
  }

  /**
   * What is set.
   *
   * @param path below the block; {@code reward[process].score} means the key {@code score} of every
   *     entry of the list whose kind is {@code process}
   * @param yaml the value; empty for the old key's
   */
  public record Setting(String path, String yaml) {
    Setting(String path) {
      this(path, "");
    }
  }
}
