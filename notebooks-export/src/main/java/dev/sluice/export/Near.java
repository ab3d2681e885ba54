package dev.sluice.export;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Names near a mistyped one. */
public final class Near {
  private Near() {}

  /** {@code ; did you mean 'x' or 'y'?}, or a full stop if nothing is near. */
  public static String suggestion(String typed, Collection<String> known) {
    String lower = typed.toLowerCase(Locale.ROOT);
    List<String> near =
        known.stream()
            .filter(name -> distance(lower, name) <= Math.max(2, name.length() / 3))
            .sorted(
                Comparator.<String>comparingInt(name -> distance(lower, name))
                    .thenComparing(Comparator.naturalOrder()))
            .limit(2)
            .toList();
    return near.isEmpty()
        ? "."
        : near.stream()
            .map(name -> "'" + name + "'")
            .collect(Collectors.joining(" or "))
            .transform(names -> "; did you mean " + names + "?");
  }

  /** Least number of insertions, deletions and changes of a character (Levenshtein 1966). */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
