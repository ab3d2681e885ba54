package dev.sluice.methods.label;

import dev.sluice.methods.verification.Vote;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The weight of the verdicts on each line: 1 for every valid vote, and the rubric's weight where it
 * says something.
 *
 * @param correct weight that calls each line correct
 * @param total weight of all verdicts on each line
 */
record Tally(List<Double> correct, List<Double> total) {
  private static final double EQUAL = 1e-9;

  static Tally of(List<Vote> valid, int lines, Map<Integer, Boolean> rubric, double rubricWeight) {
    List<Double> correct = new ArrayList<>();
    List<Double> total = new ArrayList<>();
    for (int line = 0; line < lines; line++) {
      double yes = 0;
      for (Vote vote : valid) {
        yes += vote.verdicts().get(line) ? 1 : 0;
      }
      double all = valid.size();
      Boolean opinion = rubric.get(line);
      if (opinion != null) {
        yes += opinion ? rubricWeight : 0;
        all += rubricWeight;
      }
      correct.add(yes);
      total.add(all);
    }
    return new Tally(correct, total);
  }

  int lines() {
    return correct.size();
  }

  /** Share of the weight that calls a line correct. */
  double share(int line) {
    return correct.get(line) / total.get(line);
  }

  List<Double> shares() {
    List<Double> shares = new ArrayList<>();
    for (int line = 0; line < lines(); line++) {
      shares.add(share(line));
    }
    return shares;
  }

  boolean tied(int line) {
    return Math.abs(2 * correct.get(line) - total.get(line)) < EQUAL;
  }

  /** Whether more weight calls a line correct than not. */
  boolean majorityCorrect(int line) {
    return !tied(line) && 2 * correct.get(line) > total.get(line);
  }
}
