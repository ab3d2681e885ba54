package dev.sluice.export.split;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Where a problem goes.
 *
 * @param reason what decided
 * @param part index of the part, from 0; {@link #NO_PART} if the problem is left out
 * @param neighbours earlier near-duplicates, one of each part that has any, by part; empty if the
 *     hash, the stratum or an earlier export decided
 */
public record Placed(Reason reason, int part, List<Neighbour> neighbours) {
  /** The part of a problem that is left out. */
  public static final int NO_PART = -1;

  public Placed {
    neighbours = List.copyOf(neighbours);
  }

  /** What decides on a part. */
  public enum Reason {
    /** The hash of the problem's id. */
    HASH,
    /** The shares of its stratum, against the hash. */
    STRATUM,
    /** Earlier near-duplicates, all of one part. */
    FOLLOWS,
    /** The assignment of an earlier export. */
    HELD,
    /** Earlier near-duplicates of several parts: the problem is left out. */
    LEFT_OUT
  }

  /**
   * An earlier problem that is a near-duplicate.
   *
   * @param id its id
   * @param part its part
   * @param similarity share of common runs of words, from the rule's threshold to 1
   */
  public record Neighbour(String id, int part, double similarity) {}

  /** Whether the problem goes to no part. */
  public boolean leftOut() {
    return part == NO_PART;
  }

  /**
   * The ids of the neighbours with their parts, such as {@code 'a' (train), 'b' (test)}.
   *
   * @param names names of the parts, in order
   */
  public String neighbours(List<String> names) {
    return neighbours.stream()
        .map(near -> "'%s' (%s)".formatted(near.id(), names.get(near.part())))
        .collect(Collectors.joining(", "));
  }
}
