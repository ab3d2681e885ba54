package dev.sluice.methods.label;

import dev.sluice.methods.verification.StepVotes;
import dev.sluice.records.Verification;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A parsed verification as the aggregation sees it.
 *
 * @param index the vote's index within the solution
 * @param id the verification's id
 * @param verdicts true where a step is called correct; empty for a vote on the outcome alone
 * @param outcome the verdict on the whole solution; null if the vote has none of its own
 * @param text what the judge wrote
 * @param namesIndex whether it names the first wrong line, and says nothing of those after it
 */
public record Vote(
    int index,
    String id,
    List<Boolean> verdicts,
    @Nullable Boolean outcome,
    String text,
    boolean namesIndex) {

  public Vote {
    verdicts = List.copyOf(verdicts);
  }

  /** A vote with a verdict on each line. */
  public Vote(
      int index, String id, List<Boolean> verdicts, @Nullable Boolean outcome, String text) {
    this(index, id, verdicts, outcome, text, false);
  }

  /** The parsed ones among the verifications of one solution; the others abstain. */
  public static List<Vote> of(List<Verification> verifications) {
    return verifications.stream().filter(Verification::parsed).map(Vote::of).toList();
  }

  /** A parsed verification. */
  public static Vote of(Verification row) {
    return new Vote(
        row.voteIndex(),
        row.verificationId(),
        row.stepVerdicts(),
        row.outcomeVerdict(),
        row.text(),
        row.pass().equals(Verification.FIRST_ERROR));
  }

  /** The votes with exactly one verdict per line, lowest index first. */
  static List<Vote> valid(List<Vote> votes, int lines) {
    List<Vote> valid = new ArrayList<>(votes.size());
    for (Vote vote : votes) {
      List<Boolean> fitted = StepVotes.fitted(vote.verdicts(), lines, vote.namesIndex());
      if (fitted.size() == lines) {
        valid.add(fitted.size() == vote.verdicts().size() ? vote : vote.with(fitted));
      }
    }
    valid.sort(Comparator.comparingInt(Vote::index));
    return valid;
  }

  /** Whether so few votes are valid that they make no label: fewer than half of those asked for. */
  static boolean tooFew(int valid, int asked) {
    return valid == 0 || valid < (asked + 1) / 2;
  }

  private Vote with(List<Boolean> others) {
    return new Vote(index, id, others, outcome, text, namesIndex);
  }

  /** Index of the first line called incorrect; -1 if there is none. */
  int firstError() {
    return verdicts.indexOf(false);
  }
}
