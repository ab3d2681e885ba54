package dev.sluice.records;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The nearest known name to one that is not known. */
public final class Names {
  /** Shorter words are near too many. */
  private static final int MIN_MISSPELT = 5;

  private Names() {}

  /**
   * The known name that someone may have meant: the one with the fewest edits (insert, delete,
   * replace, swap neighbours; at most a third of the letters), else one that the name abbreviates
   * ({@code temp}, {@code lr}), else one whose first words it misspells ({@code referense}); null
   * if none is near.
   */
  public static @Nullable String nearest(String name, Collection<String> known) {
    String wanted = plain(name);
    String best = null;
    int fewest = Integer.MAX_VALUE;
    for (String candidate : known) {
      int edits = edits(wanted, plain(candidate));
      int allowed = Math.max(1, Math.max(wanted.length(), candidate.length()) / 3);
      if (edits <= allowed && edits < fewest && edits < candidate.length()) {
        fewest = edits;
        best = candidate;
      }
    }
    if (best != null) {
      return best;
    }
    for (String candidate : known) {
      if (abbreviates(wanted, plain(candidate))) {
        return candidate;
      }
    }
    for (String candidate : known) {
      if (misspellsBeginning(wanted, plain(candidate))) {
        return candidate;
      }
    }
    return null;
  }

  /** Whether the first words of a candidate are near the name. */
  private static boolean misspellsBeginning(String name, String candidate) {
    for (int end = candidate.indexOf('_'); end > 0; end = candidate.indexOf('_', end + 1)) {
      String words = candidate.substring(0, end);
      if (end >= MIN_MISSPELT && edits(name, words) <= Math.max(name.length(), end) / 4) {
        return true;
      }
    }
    return false;
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
  }

  private static boolean abbreviates(String name, String candidate) {
    if (name.length() >= 3 && (candidate.startsWith(name) || name.startsWith(candidate + "_"))) {
      return true;
    }
    StringBuilder initials = new StringBuilder();
    for (int i = 0; i < candidate.length(); i++) {
      if (i == 0 || candidate.charAt(i - 1) == '_') {
        initials.append(candidate.charAt(i));
      }
    }
    return name.length() >= 2 && name.contentEquals(initials);
  }

  /** The optimal string alignment distance. */
  private static int edits(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + change);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
