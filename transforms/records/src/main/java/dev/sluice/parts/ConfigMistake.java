package dev.sluice.parts;

import java.util.List;

/**
 * A mistake in a config that no single key shows.
 *
 * @param key path below {@code config}, such as {@code optimizer.decay_to}
 * @param message a sentence that names the value and the rule
 * @param word a name that is not known; empty if there is none
 * @param known the names that are: the nearest one to the word is suggested
 * @param line of a text of several lines at the key, from 1; 0 for the key itself
 */
public record ConfigMistake(String key, String message, String word, List<String> known, int line) {

  public ConfigMistake {
    known = List.copyOf(known);
  }

  public ConfigMistake(String key, String message, String word, List<String> known) {
    this(key, message, word, known, 0);
  }

  public ConfigMistake(String key, String message) {
    this(key, message, "", List.of());
  }

  /** A list of one mistake, or none if the message is empty. */
  public static List<ConfigMistake> unlessEmpty(String key, String message) {
    return message.isEmpty() ? List.of() : List.of(new ConfigMistake(key, message));
  }
}
