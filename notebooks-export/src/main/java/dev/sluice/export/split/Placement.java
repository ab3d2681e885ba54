package dev.sluice.export.split;

import dev.sluice.export.Split;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Places problems in the parts of a split, one after another in the order of their table. A problem
 * that is a near-duplicate of earlier ones goes to their part, and to none if they are of several.
 * Any other problem gets the part of its id's hash ({@link Split#part}), or what the shares of its
 * stratum leave. So a problem keeps its part when the table grows, and no near-duplicates are in
 * two parts.
 *
 * <p>Keeps about 600 bytes for a problem of 25 words. Not for several threads.
 */
public final class Placement {
  private final Split split;
  private final @Nullable NearTexts texts;
  private final Strata strata;
  private final Map<String, Integer> held = new HashMap<>();
  private int heldApart;
  private boolean placing;

  private Placement(Split split, @Nullable NearRule near) {
    this.split = split;
    texts = near == null ? null : new NearTexts(near, split.parts().size());
    strata = new Strata(split);
  }

  /**
   * Without any problem.
   *
   * @param near when a problem follows another one; null if none does
   */
  public static Placement of(Split split, @Nullable NearRule near) {
    return new Placement(split, near);
  }

  /**
   * Takes over the part that an earlier export gave to a problem. All such problems come before the
   * first that is placed, in the order in which they were placed; then placing goes on as if it had
   * never stopped.
   *
   * @param text of the problem, its question
   * @param stratum of the problem; null if it has none
   * @param part index of its part
   * @throws IllegalArgumentException if the split has no such part
   * @throws IllegalStateException if a problem was placed already
   */
  public void hold(String id, String text, @Nullable String stratum, int part) {
    if (part < 0 || part >= split.parts().size()) {
      throw new IllegalArgumentException(
          "Holding the problem '%s' in part %d: the split %s has the parts 0 to %d."
              .formatted(id, part, split, split.parts().size() - 1));
    }
    if (placing) {
      throw new IllegalStateException(
          "Holding the problem '%s': problems of earlier exports come before the first that is placed."
              .formatted(id));
    }
    held.put(id, part);
    if (!join(id, text, part) && stratum != null) {
      strata.count(stratum, part);
    }
  }

  /** How many problems of earlier exports have a near-duplicate in another part than their own. */
  public int heldApart() {
    return heldApart;
  }

  /**
   * Places the next problem. Each id is placed once.
   *
   * @param text of the problem, its question
   * @param stratum of the problem; null if its hash alone decides
   */
  public Placed place(String id, String text, @Nullable String stratum) {
    placing = true;
    Integer earlier = held.get(id);
    if (earlier != null) {
      return new Placed(Placed.Reason.HELD, earlier, List.of());
    }
    if (texts == null) {
      return free(id, stratum);
    }
    long[] runs = texts.runs(text);
    List<Placed.Neighbour> neighbours = texts.find(runs);
    if (neighbours.size() > 1) {
      return new Placed(Placed.Reason.LEFT_OUT, Placed.NO_PART, neighbours);
    }
    Placed placed =
        neighbours.isEmpty()
            ? free(id, stratum)
            : new Placed(Placed.Reason.FOLLOWS, neighbours.get(0).part(), neighbours);
    texts.add(runs, id, placed.part());
    return placed;
  }

  private Placed free(String id, @Nullable String stratum) {
    int hashed = split.part(id);
    int part = stratum == null ? hashed : strata.next(stratum, hashed);
    return new Placed(part == hashed ? Placed.Reason.HASH : Placed.Reason.STRATUM, part, List.of());
  }

  /** Adds a held text; whether it has near-duplicates among those before it. */
  private boolean join(String id, String text, int part) {
    if (texts == null) {
      return false;
    }
    long[] runs = texts.runs(text);
    List<Placed.Neighbour> neighbours = texts.find(runs);
    texts.add(runs, id, part);
    heldApart += neighbours.stream().anyMatch(near -> near.part() != part) ? 1 : 0;
    return !neighbours.isEmpty();
  }
}
