package dev.sluice.export.split;

import dev.sluice.export.Split;
import java.util.HashMap;
import java.util.Map;

/**
 * Shares the problems of each stratum out, one after another. After k problems each part has its
 * share of k, rounded down or up. A problem gets the part of its hash, so that small strata come
 * near the shares among them; unless the part is ahead of its share, or two parts together would
 * get so far ahead that a third one falls behind. Then the part gets it that has to have its next
 * problem first: earliest deadline first, which meets all deadlines that can be met (Tijdeman, The
 * Chairman Assignment Problem, 1980).
 */
final class Strata {
  private static final double ROUNDING = 1e-9;

  private final double[] shares;
  private final Map<String, Stratum> strata = new HashMap<>();

  Strata(Split split) {
    shares = split.parts().stream().mapToDouble(part -> part.share().doubleValue()).toArray();
  }

  /** The part of the next problem of a stratum whose hash asks for a part. */
  int next(String stratum, int wanted) {
    return strata.computeIfAbsent(stratum, name -> new Stratum()).next(wanted);
  }

  /** Counts a problem of a stratum that has its part already. */
  void count(String stratum, int part) {
    strata.computeIfAbsent(stratum, name -> new Stratum()).add(part);
  }

  private final class Stratum {
    private final int[] placed = new int[shares.length];
    private int problems;

    int next(int wanted) {
      int part = due(wanted) && safe(wanted) ? wanted : first();
      add(part);
      return part;
    }

    void add(int part) {
      placed[part]++;
      problems++;
    }

    /** Whether a part has less than its share of the problems with the next one. */
    private boolean due(int part) {
      return placed[part] < shares[part] * (problems + 1) - ROUNDING;
    }

    /**
     * Whether the parts that are ahead, with the next problem in this one, are so by less than one
     * problem in all. Then no other part has to wait: what is ahead later is so by less.
     */
    private boolean safe(int part) {
      double ahead = 0;
      for (int p = 0; p < shares.length; p++) {
        int with = placed[p] + (p == part ? 1 : 0);
        ahead += Math.max(0, with - shares[p] * (problems + 1));
      }
      return ahead < 1 - ROUNDING;
    }

    /** Of the parts that are due, the one whose next problem would come too late first. */
    private int first() {
      int first = -1;
      for (int p = 0; p < shares.length; p++) {
        if (due(p) && (first < 0 || deadline(p) < deadline(first))) {
          first = p;
        }
      }
      return Math.max(0, first);
    }

    /** How many problems there are when a part's share comes to one more than it has. */
    private double deadline(int part) {
      return (placed[part] + 1) / shares[part];
    }
  }
}
