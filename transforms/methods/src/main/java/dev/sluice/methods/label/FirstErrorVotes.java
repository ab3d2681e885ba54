package dev.sluice.methods.label;

import dev.sluice.methods.verification.Vote;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Votes that name the first wrong line, counted by its index: the index named most often wins, as
 * ProcessBench (arXiv 2412.06559) votes; a majority of every line would give their median.
 *
 * <p>Ours: among equals the first error comes before none (-1), and a lower index before a higher,
 * so that a tie counts incorrect. If any vote names an index, the others count for theirs, and so
 * does the rubric with its weight.
 */
public final class FirstErrorVotes {
  private static final int NONE = -1;
  private static final double EQUAL = 1e-9;

  private FirstErrorVotes() {}

  /** Whether votes are counted by index: at least one of them names one. */
  static boolean named(List<Vote> votes) {
    return votes.stream().anyMatch(Vote::namesIndex);
  }

  /**
   * What votes predict when they are evaluated.
   *
   * @return index of the first incorrect line, -1 if there is none; empty, a wrong prediction, if
   *     no vote is valid
   */
  public static OptionalInt firstError(List<Vote> votes, int lines) {
    return mode(Ballot.valid(votes, lines).stream().map(Vote::firstError).toList());
  }

  /** The index named most often. */
  public static OptionalInt mode(List<Integer> firstErrors) {
    Map<Integer, Double> counts = new TreeMap<>();
    firstErrors.forEach(index -> counts.merge(index, 1.0, Double::sum));
    List<Integer> leaders = leaders(counts);
    return leaders.isEmpty() ? OptionalInt.empty() : OptionalInt.of(leaders.get(0));
  }

  /**
   * The indices with most weight, in the order in which a tie is resolved.
   *
   * @param valid at least one vote
   * @param rubric its verdicts by line, which name the first that is wrong; empty: it has no say
   */
  static List<Integer> leaders(
      List<Vote> valid, int lines, Map<Integer, Boolean> rubric, double rubricWeight) {
    Map<Integer, Double> weights = new TreeMap<>();
    valid.forEach(vote -> weights.merge(vote.firstError(), 1.0, Double::sum));
    List<Integer> spoken = rubric.keySet().stream().filter(line -> line < lines).sorted().toList();
    if (!spoken.isEmpty() && rubricWeight > 0) {
      int named =
          spoken.stream()
              .filter(line -> Boolean.FALSE.equals(rubric.get(line)))
              .findFirst()
              .orElse(NONE);
      weights.merge(named, rubricWeight, Double::sum);
    }
    return leaders(weights);
  }

  private static List<Integer> leaders(Map<Integer, Double> weights) {
    double most = weights.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
    List<Integer> leaders = new ArrayList<>();
    weights.forEach(
        (index, weight) -> {
          if (weight > most - EQUAL) {
            leaders.add(index);
          }
        });
    if (leaders.size() > 1 && leaders.remove(Integer.valueOf(NONE))) {
      leaders.add(NONE);
    }
    return leaders;
  }

  /** A label for each line: what follows the first error is incorrect. */
  public static List<Boolean> labels(int firstError, int lines) {
    List<Boolean> labels = new ArrayList<>();
    for (int line = 0; line < lines; line++) {
      labels.add(firstError == NONE || line < firstError);
    }
    return labels;
  }
}
