package dev.sluice.methods.label;

import dev.sluice.parts.Gives;
import dev.sluice.parts.Method;
import dev.sluice.parts.Need;
import dev.sluice.records.StepLabel;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Majority of every step's verdicts, and the choice of a verification that agrees with it (SPARK
 * stepwise, arXiv 2512.03244, section on step-level self-consistency; ties, lengths and the choice
 * among several are ours).
 *
 * <p>{@code v_i* = argmax_v sum_j 1[v_i^(j) = v]} over the votes that have exactly one verdict per
 * line; votes that name the first wrong line are counted by index instead ({@link
 * FirstErrorVotes}). The label is none (status {@code few_votes}) if fewer than ceil(N/2) of the N
 * votes asked for are valid. A tie at or before the first incorrect line, or among the indices
 * named most often, is resolved by {@link Tie}; later ties count incorrect. The training target is
 * a vote whose whole vector equals the consensus and whose outcome agrees with it; where there is
 * none the status is {@code no_match}.
 */
@Kind(
    value = "step_majority",
    doc =
        "Majority verdict on each step. One verification that agrees with it becomes the training target.")
@Method(
    name = "Step-level self-consistency",
    paper = "SPARK stepwise, arXiv 2512.03244, section on step-level self-consistency",
    formula = "v_i = argmax_v |{j : v_i^j = v}|",
    papers = {"2512.03244"},
    departs =
        "The paper does not specify ties, votes with a different number of steps, or the choice among several agreeing verifications; the keys set them.")
public record StepMajority(
    @Key(
            value =
                "What a tie does: `drop` the example, label the step `incorrect`, or take the verdict of the `first` vote.",
            byDefault = "drop")
        Tie tie,
    @Key(
            value = "Which of the agreeing verifications becomes the training target.",
            byDefault = "first")
        Selection select,
    @Key(
            value =
                "Weight of the rubric's verdict on a step; a vote has weight 1. 0 ignores the rubric.",
            byDefault = "0",
            min = 0)
        double rubricWeight)
    implements LabelEstimator {

  @Override
  public Set<Need> needs() {
    return Set.of(Need.STEPS);
  }

  @Override
  public Set<Gives> gives() {
    return Set.of(Gives.STEP_SIGNS, Gives.STEP_SCORES, Gives.OUTCOME, Gives.VERIFICATION);
  }

  @Override
  public boolean readsTexts() {
    return select == Selection.MOST_FREQUENT;
  }

  @Override
  public StepLabel estimate(Ballot ballot) {
    int lines = ballot.steps().size();
    List<Vote> valid = ballot.valid();
    if (ballot.tooFew(valid)) {
      return StepLabels.unlabelled(ballot, "few_votes", valid.size(), name());
    }
    Tally tally = Tally.of(valid, lines, ballot.rubric(), rubricWeight);
    Optional<List<Boolean>> consensus = consensus(valid, tally, ballot.rubric());
    if (consensus.isEmpty()) {
      return StepLabels.unlabelled(ballot, "tie", valid.size(), name());
    }
    List<Boolean> labels = consensus.get();
    Vote target = select(valid, labels);
    return StepLabels.labelled(
        ballot, valid, tally.shares(), labels, target == null ? null : target.id(), name());
  }

  /**
   * What the majority predicts when it is evaluated: nothing is dropped and a tie is incorrect.
   *
   * @return index of the first incorrect line, -1 if there is none; empty, a wrong prediction, if
   *     no vote is valid
   */
  public static OptionalInt firstError(List<Vote> votes, int lines) {
    return firstError(votes, lines, Map.of(), 0);
  }

  /** As the other {@code firstError}, with the rubric's verdicts as one more vote. */
  public static OptionalInt firstError(
      List<Vote> votes, int lines, Map<Integer, Boolean> rubric, double rubricWeight) {
    List<Vote> valid = Vote.valid(votes, lines);
    return valid.isEmpty()
        ? OptionalInt.empty()
        : OptionalInt.of(evaluated(valid, lines, rubric, rubricWeight).indexOf(false));
  }

  /** The consensus where nothing is dropped and a tie is incorrect. */
  static List<Boolean> evaluated(
      List<Vote> valid, int lines, Map<Integer, Boolean> rubric, double rubricWeight) {
    return FirstErrorVotes.named(valid)
        ? FirstErrorVotes.labels(
            FirstErrorVotes.leaders(valid, lines, rubric, rubricWeight).get(0), lines)
        : Consensus.tiesIncorrect(Tally.of(valid, lines, rubric, rubricWeight));
  }

  /** The consensus of valid votes; empty if a tie decides it and ties drop. */
  private Optional<List<Boolean>> consensus(
      List<Vote> valid, Tally tally, Map<Integer, Boolean> rubric) {
    int lines = tally.lines();
    if (FirstErrorVotes.named(valid)) {
      List<Integer> leaders = FirstErrorVotes.leaders(valid, lines, rubric, rubricWeight);
      if (tie == Tie.DROP && leaders.size() > 1) {
        return Optional.empty();
      }
      Optional<Integer> first =
          tie == Tie.FIRST
              ? valid.stream().map(Vote::firstError).filter(leaders::contains).findFirst()
              : Optional.empty();
      return Optional.of(FirstErrorVotes.labels(first.orElse(leaders.get(0)), lines));
    }
    if (tie == Tie.DROP && Consensus.decidingTie(tally) >= 0) {
      return Optional.empty();
    }
    return Optional.of(
        tie == Tie.FIRST ? Consensus.tiesTo(valid.get(0), tally) : Consensus.tiesIncorrect(tally));
  }

  private @Nullable Vote select(List<Vote> valid, List<Boolean> labels) {
    boolean outcome = !labels.contains(false);
    List<Vote> agreeing = new ArrayList<>();
    for (Vote vote : valid) {
      Boolean verdict = vote.outcome();
      if (verdict == null || verdict == outcome) {
        agreeing.add(vote);
      }
    }
    List<Vote> matches = new ArrayList<>(agreeing.size());
    for (Vote vote : agreeing) {
      if (vote.verdicts().equals(labels)) {
        matches.add(vote);
      }
    }
    if (select == Selection.NEAREST && matches.isEmpty()) {
      return agreeing.stream()
          .filter(vote -> vote.firstError() == labels.indexOf(false))
          .min(Comparator.comparingInt(vote -> differences(vote.verdicts(), labels)))
          .orElse(null);
    }
    if (matches.isEmpty()) {
      return null;
    }
    return select == Selection.MOST_FREQUENT ? mostFrequent(matches) : matches.get(0);
  }

  /** The first vote with the text that stands most often. */
  private static Vote mostFrequent(List<Vote> matches) {
    Map<String, Long> counts =
        matches.stream()
            .map(Vote::text)
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    Vote best = matches.get(0);
    for (Vote vote : matches) {
      if (counts.getOrDefault(vote.text(), 0L) > counts.getOrDefault(best.text(), 0L)) {
        best = vote;
      }
    }
    return best;
  }

  private static int differences(List<Boolean> verdicts, List<Boolean> labels) {
    int count = 0;
    for (int i = 0; i < labels.size(); i++) {
      count += verdicts.get(i).equals(labels.get(i)) ? 0 : 1;
    }
    return count;
  }
}
