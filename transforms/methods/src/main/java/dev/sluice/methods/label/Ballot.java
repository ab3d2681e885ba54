package dev.sluice.methods.label;

import dev.sluice.methods.verification.StepVotes;
import dev.sluice.methods.verification.Vote;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * One solution and all that was said about it.
 *
 * @param solutionId the solution's id
 * @param problemId the problem's id
 * @param steps the solution's lines
 * @param asked number of verifications that were asked for, unparsed ones included
 * @param votes the parsed verifications, in any order
 * @param rubric what the rubric says of single lines, by index from 0; lines that it is silent on
 *     are absent
 */
public record Ballot(
    String solutionId,
    String problemId,
    List<String> steps,
    int asked,
    List<Vote> votes,
    Map<Integer, Boolean> rubric) {

  public Ballot {
    steps = List.copyOf(steps);
    votes = List.copyOf(votes);
    rubric = Map.copyOf(rubric);
  }

  /** The votes with exactly one verdict on each step, lowest index first. */
  public List<Vote> valid() {
    return valid(votes, steps.size());
  }

  /** Whether so few votes are valid that they make no label: fewer than half of those asked for. */
  public boolean tooFew(List<Vote> valid) {
    return tooFew(valid.size());
  }

  /** Whether so many are too few. */
  boolean tooFew(int valid) {
    return valid == 0 || valid < (asked + 1) / 2;
  }

  /** The votes with exactly one verdict on each of so many steps, lowest index first. */
  static List<Vote> valid(List<Vote> votes, int steps) {
    List<Vote> valid = new ArrayList<>(votes.size());
    for (Vote vote : votes) {
      List<Boolean> fitted = StepVotes.fitted(vote.verdicts(), steps, vote.namesIndex());
      if (fitted.size() == steps) {
        valid.add(
            fitted.size() == vote.verdicts().size() ? vote : vote.reads(fitted, vote.outcome()));
      }
    }
    valid.sort(Comparator.comparingInt(Vote::index));
    return valid;
  }
}
