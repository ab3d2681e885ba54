package dev.sluice.models.numerics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;

/**
 * The search for the smallest group of rows that makes a computation batch-invariant. Kernels of a
 * matrix product treat whole tiles of rows alike and the rest in another way; which tile, and from
 * how many rows on, is theirs alone. So it is measured: rows of one kind must have the same bits in
 * every number of groups and at every place.
 */
public final class RowGroups {
  /** Most rows that are tried. */
  public static final int MAX_ROWS = 512;

  /** Groups that are tried; the first is taken if none will do. */
  private static final List<Integer> GROUPS = List.of(4, 8, 16, 32, 64);

  /** Numbers of groups that are always tried. */
  private static final List<Integer> ALWAYS = List.of(1, 2, 3);

  /** Numbers of groups that are tried as long as the work allows. */
  private static final List<Integer> BESIDES =
      List.of(4, 8, 16, 5, 6, 7, 9, 11, 12, 13, 15, 17, 24, 31, 32, 33, 40, 48, 63, 64, 100, 128);

  /** Multiplications that a group may take beyond what is always tried: some milliseconds. */
  private static final double MAX_WORK = 1e9;

  /** Rows repeat after so many: a number that divides no group. */
  private static final int KINDS = 3;

  private final double workOfRow;

  /**
   * @param workOfRow multiplications that a row takes
   */
  public RowGroups(long workOfRow) {
    this.workOfRow = workOfRow;
  }

  /** What a row is made from: rows of one kind have the same input. */
  public static int kind(int row) {
    return row % KINDS;
  }

  /**
   * What a computation gave.
   *
   * @param consistent whether rows of one kind are equal
   * @param kinds a hash of the bits of each kind of row that it had
   */
  public record Rows(boolean consistent, Map<Integer, Integer> kinds) {
    /**
     * Compares the rows of one computation.
     *
     * @param values row by row
     * @param period row i has the input of row i modulo the period
     */
    public static Rows of(float[] values, int rows, int period) {
      int width = values.length / rows;
      boolean consistent = true;
      Map<Integer, Integer> kinds = new HashMap<>();
      for (int row = 0; row < rows; row++) {
        int hash = 1;
        for (int i = row * width; i < (row + 1) * width; i++) {
          hash = 31 * hash + Float.floatToRawIntBits(values[i]);
        }
        Integer before = kinds.putIfAbsent(kind(row % period), hash);
        consistent &= before == null || before == hash;
      }
      return new Rows(consistent, kinds);
    }

    /** Whether rows of the same kinds are equal in both. */
    boolean agrees(Rows other) {
      return consistent
          && other.consistent
          && kinds.keySet().stream()
              .filter(other.kinds::containsKey)
              .allMatch(kind -> Objects.equals(kinds.get(kind), other.kinds.get(kind)));
    }
  }

  /**
   * The smallest group that will do.
   *
   * @param byRows the computation with so many rows
   * @param byGroup more computations for a group, whose rows must agree among each other
   */
  public Invariance smallest(IntFunction<Rows> byRows, IntFunction<List<Rows>> byGroup) {
    Map<Integer, Rows> known = new HashMap<>();
    for (int group : GROUPS) {
      List<Rows> counted =
          counts(group).stream()
              .map(count -> known.computeIfAbsent(count * group, byRows::apply))
              .toList();
      if (agree(counted) && agree(byGroup.apply(group))) {
        return new Invariance(group, true);
      }
    }
    return new Invariance(GROUPS.get(0), false);
  }

  private static boolean agree(List<Rows> all) {
    return all.stream().allMatch(each -> each.agrees(all.get(0)));
  }

  /** Numbers of groups that are tried: all that are cheap. */
  List<Integer> counts(int group) {
    List<Integer> counts = new ArrayList<>(ALWAYS);
    double work = 0;
    for (int each : BESIDES) {
      if (each * group <= MAX_ROWS) {
        work += each * group * workOfRow;
        if (work <= MAX_WORK) {
          counts.add(each);
        }
      }
    }
    return counts;
  }
}
