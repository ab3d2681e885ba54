package dev.sluice.jinja;

import java.util.Collection;
import java.util.Comparator;

/** What somebody may have meant. */
public final class Names {
  private static final int MAX_DISTANCE = 3;

  private Names() {}

  /** {@code " (did you mean 'x'?)"}, or nothing if no name is near. */
  public static String nearest(String name, Collection<String> known) {
    return known.stream()
        .filter(other -> distance(name, other) <= Math.min(MAX_DISTANCE, other.length() / 2 + 1))
        .min(Comparator.comparingInt((String other) -> distance(name, other)).thenComparing(x -> x))
        .map(other -> " (did you mean '" + other + "'?)")
        .orElse("");
  }

  private static int distance(String left, String right) {
    int[] row = new int[right.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[right.length()];
  }
}
