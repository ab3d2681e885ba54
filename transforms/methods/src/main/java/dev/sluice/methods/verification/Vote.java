package dev.sluice.methods.verification;

import dev.sluice.records.Verification;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One vote on a solution: of a judge or a program, from a reply or from a row.
 *
 * @param index from 0, within the solution
 * @param id the verification's id; empty before it is a row
 * @param text what the judge wrote
 * @param parsed whether the text is a vote; if not, it is an abstention
 * @param verdicts true where a step is called correct; empty if the text did not parse or speaks of
 *     the whole alone
 * @param outcome the verdict on the whole solution; null if the vote has none of its own
 * @param stated the verdicts on steps that the text states, however many; empty if there are none,
 *     or the reply was cut off
 * @param namesIndex whether it names the first wrong step, and says nothing of those after it
 * @param promptTokens tokens of the prompt
 * @param completionTokens tokens of the text
 */
public record Vote(
    int index,
    String id,
    String text,
    boolean parsed,
    List<Boolean> verdicts,
    @Nullable Boolean outcome,
    List<Boolean> stated,
    boolean namesIndex,
    int promptTokens,
    int completionTokens) {
  /** An abstention. */
  public static final Vote UNPARSED =
      new Vote(0, "", "", false, List.of(), null, List.of(), false, 0, 0);

  public Vote {
    boolean same = stated == verdicts;
    verdicts = List.copyOf(verdicts);
    stated = same ? verdicts : List.copyOf(stated);
  }

  /** A vote on steps. */
  public Vote(
      int index,
      String id,
      List<Boolean> verdicts,
      @Nullable Boolean outcome,
      String text,
      boolean namesIndex) {
    this(index, id, text, true, verdicts, outcome, verdicts, namesIndex, 0, 0);
  }

  /** A vote with a verdict on each step. */
  public Vote(
      int index, String id, List<Boolean> verdicts, @Nullable Boolean outcome, String text) {
    this(index, id, verdicts, outcome, text, false);
  }

  /** A vote on the steps alone. */
  public static Vote onSteps(List<Boolean> verdicts) {
    return UNPARSED.reads(verdicts, null);
  }

  /** The parsed ones among the verifications of one solution; the others abstain. */
  public static List<Vote> parsed(List<Verification> verifications) {
    return verifications.stream().filter(Verification::parsed).map(Vote::of).toList();
  }

  /** The vote in a row. */
  public static Vote of(Verification row) {
    return new Vote(
        row.voteIndex(),
        row.verificationId(),
        row.text(),
        row.parsed(),
        row.stepVerdicts(),
        row.outcomeVerdict(),
        row.stepVerdicts(),
        row.pass().equals(Verification.FIRST_ERROR),
        row.promptTokens(),
        row.completionTokens());
  }

  /**
   * The row of this vote.
   *
   * @param id of the row
   * @param judged the solution
   * @param pass which pass of judging it belongs to
   * @param revision of the judge
   */
  public Verification row(String id, JudgeRequest judged, String pass, String revision) {
    return new Verification(
        id,
        judged.id(),
        judged.problem().problemId(),
        index,
        pass,
        verdicts,
        outcome,
        text,
        parsed,
        promptTokens,
        completionTokens,
        revision);
  }

  /** The same text, read as these verdicts. */
  public Vote reads(List<Boolean> others, @Nullable Boolean whole) {
    return new Vote(
        index, id, text, true, others, whole, others, namesIndex, promptTokens, completionTokens);
  }

  /** Index of the first step called incorrect; -1 if there is none. */
  public int firstError() {
    return verdicts.indexOf(false);
  }
}
