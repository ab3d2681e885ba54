package dev.sluice.methods.selection;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A solution with its reward.
 *
 * @param id the solution's id
 * @param index of the sample within its problem, from 0
 * @param text the solution
 * @param reward a finite number
 * @param right whether the reward calls the solution right
 */
public record Candidate(String id, int index, String text, double reward, boolean right) {
  /** Rising indices; ids only tell apart what should have an index of its own. */
  static final Comparator<Candidate> BY_INDEX =
      Comparator.comparingInt(Candidate::index).thenComparing(Candidate::id);

  /** The highest reward first, the lowest index among equals. */
  static final Comparator<Candidate> BEST_FIRST =
      Comparator.comparingDouble(Candidate::reward).reversed().thenComparing(BY_INDEX);

  /** The lowest reward first, the lowest index among equals. */
  static final Comparator<Candidate> WORST_FIRST =
      Comparator.comparingDouble(Candidate::reward).thenComparing(BY_INDEX);

  /**
   * Candidates by rising index.
   *
   * @param distinct whether of equal texts only the one with the lowest index is kept
   */
  static List<Candidate> ordered(List<Candidate> candidates, boolean distinct) {
    Set<String> texts = new HashSet<>();
    List<Candidate> ordered = new ArrayList<>();
    for (Candidate each : candidates.stream().sorted(BY_INDEX).toList()) {
      if (!distinct || texts.add(each.text())) {
        ordered.add(each);
      }
    }
    return ordered;
  }
}
