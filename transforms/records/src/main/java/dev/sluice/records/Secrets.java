package dev.sluice.records;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;

/**
 * What files of this process took from the environment, and what is shown in its place: in
 * warnings, errors, logs, dead letters, wherever a text speaks of what a program met. Safe for many
 * threads.
 */
public final class Secrets {
  /** A shorter one may stand in a sentence by chance. */
  private static final int SHORTEST = 4;

  /** The longest first, since one may be part of another. */
  private static final Map<String, String> KNOWN =
      new ConcurrentSkipListMap<>(
          Comparator.comparingInt(String::length).reversed().thenComparing(text -> text));

  private Secrets() {}

  /**
   * From now on a value is hidden.
   *
   * @param shown what stands for it, such as {@code ${NAME}}
   */
  public static void add(String value, String shown) {
    if (value.length() >= SHORTEST) {
      KNOWN.put(value, shown);
    }
  }

  /** Whether nothing is hidden here. */
  public static boolean none() {
    return KNOWN.isEmpty();
  }

  /**
   * The values that are held, each with what stands for it: for another process that meets them.
   */
  public static Map<String, String> among(Predicate<String> held) {
    Map<String, String> found = new TreeMap<>(KNOWN);
    found.keySet().removeIf(held.negate());
    return found;
  }

  /** The text with what stands for each value in its place. */
  public static String hidden(String text) {
    String hidden = text;
    for (Map.Entry<String, String> each : KNOWN.entrySet()) {
      hidden = hidden.replace(each.getKey(), each.getValue());
    }
    return hidden;
  }
}
