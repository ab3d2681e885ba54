package dev.sluice.methods.label;

import dev.sluice.methods.verification.Vote;
import java.util.ArrayList;
import java.util.List;

/** The majority of every line, ties included. */
final class Consensus {
  private Consensus() {}

  /** A strict majority, every tie incorrect. */
  static List<Boolean> tiesIncorrect(Tally tally) {
    List<Boolean> labels = new ArrayList<>();
    for (int line = 0; line < tally.lines(); line++) {
      labels.add(tally.majorityCorrect(line));
    }
    return labels;
  }

  /**
   * The line of the tie that decides the label: the first tie, unless a line before it is already
   * incorrect by majority; -1 if there is none.
   */
  static int decidingTie(Tally tally) {
    for (int line = 0; line < tally.lines(); line++) {
      if (tally.tied(line)) {
        return line;
      }
      if (!tally.majorityCorrect(line)) {
        return -1;
      }
    }
    return -1;
  }

  /**
   * As {@link #tiesIncorrect}, but the ties up to the first incorrect line go to a vote.
   *
   * @param deciding the vote that decides them
   */
  static List<Boolean> tiesTo(Vote deciding, Tally tally) {
    List<Boolean> labels = tiesIncorrect(tally);
    for (int line = 0; line < tally.lines(); line++) {
      if (tally.tied(line)) {
        labels.set(line, deciding.verdicts().get(line));
      }
      if (!labels.get(line)) {
        break;
      }
    }
    return labels;
  }
}
