package dev.sluice.methods.reward;

import dev.sluice.methods.label.FirstErrorVotes;
import dev.sluice.methods.prompt.JudgePrompt;
import dev.sluice.methods.reward.SparkRewards.Merge;
import dev.sluice.methods.reward.SparkRewards.OnMismatch;
import dev.sluice.methods.reward.SparkRewards.StepBounds;
import dev.sluice.methods.verification.StepVotes;
import dev.sluice.methods.verification.Vote;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Reads the votes of one reward term {@code process}: how many steps a response has for its judge,
 * which bounds hold, what a vote on another number of steps is.
 */
public final class ProcessJudge {
  private final ProcessReward term;
  private final SparkRewards.Options options;
  private final @Nullable StepBounds textBounds;

  /** Reads the votes of a term. */
  public ProcessJudge(StepScoreRules rules, ProcessReward term) {
    this.term = term;
    options = new SparkRewards.Options(term.yRule(), rules.onMismatch(), rules.guard());
    textBounds = rules.stepBounds();
  }

  /** What the votes on a response come to; at least one vote. */
  public StepScores judge(Response response, List<Vote> votes) {
    int steps = steps(response, votes);
    List<Vote> read = votes.stream().map(vote -> read(response, vote, steps)).toList();
    if (term.asked().namesIndex() && term.merge() == Merge.MAJORITY) {
      read = List.of(byIndex(read, steps));
    }
    return SparkRewards.judge(steps, read, bounds(response, steps), options, term.merge());
  }

  /** The verdicts of a single vote on the steps of a response; empty otherwise. */
  List<Boolean> verdicts(Response response, List<Vote> votes) {
    if (votes.size() != 1) {
      return List.of();
    }
    int steps = steps(response, votes);
    List<Boolean> verdicts = read(response, votes.get(0), steps).verdicts();
    return verdicts.size() == steps ? verdicts : List.of();
  }

  private int steps(Response response, List<Vote> votes) {
    return StepVotes.steps(
        response.problem(), response.text(), response.steps().size(), term.asked(), votes);
  }

  /** One vote made of the index that most name; none if as many replies are no vote. */
  private static Vote byIndex(List<Vote> votes, int steps) {
    List<Integer> named =
        votes.stream().filter(Vote::parsed).map(vote -> vote.verdicts().indexOf(false)).toList();
    OptionalInt mode = FirstErrorVotes.mode(named);
    if (mode.isEmpty()
        || Collections.frequency(named, mode.getAsInt()) <= votes.size() - named.size()) {
      return Vote.UNPARSED;
    }
    return Vote.onSteps(FirstErrorVotes.labels(mode.getAsInt(), steps));
  }

  private Vote read(Response response, Vote vote, int steps) {
    List<Boolean> stated = StepVotes.on(vote, steps, response.problem(), term.asked()).stated();
    // A vote on other steps counts for nothing, unless it is to be read as the script does.
    boolean counts = stated.size() == steps || options.onMismatch() == OnMismatch.SPARK;
    return stated.isEmpty() || !counts
        ? Vote.UNPARSED
        : vote.reads(
            stated, term.asked().finalVerdict(response.problem(), vote.text()).orElse(null));
  }

  /**
   * A world with a fixed form has its own bound, once its gate is passed; for text they are the
   * config's, and an {@code <answer>} is not counted.
   */
  private StepBounds bounds(Response response, int steps) {
    int expected = response.format().expectedSteps(response.problem());
    if (expected > 0) {
      return response.passes() ? new StepBounds(expected, expected) : StepBounds.NONE;
    }
    if (textBounds == null) {
      return StepBounds.NONE;
    }
    int answer =
        steps
            - StepVotes.withoutAnswer(response.problem(), response.text(), response.steps().size());
    int most = Math.min(textBounds.max(), Integer.MAX_VALUE - 1);
    return new StepBounds(textBounds.min() + answer, most + answer);
  }

  /**
   * The plain sum of verdicts. In the problem's own form no guard asks whether they are as many as
   * the steps.
   */
  double sum(Response response, List<Vote> votes) {
    return votes.stream()
        .map(
            vote ->
                term.asked().equals(JudgePrompt.TASK)
                    ? response.format().verdicts(vote.text()).orElse(List.of())
                    : vote.verdicts())
        .mapToLong(verdicts -> verdicts.stream().filter(right -> right).count())
        .average()
        .orElse(0);
  }

  /**
   * Several judges as one: y, share and the sign of each step are the means of theirs, weighted by
   * the weights of their terms (equal ones if none is above 0; one of at most 0 has no say). So
   * credit and acceptance lie where most of the weight does. If one of them has no verdict on the
   * answer, none has.
   *
   * @param each what each judge says of one response; at least one
   * @param weights of their terms
   */
  public static StepScores combine(List<StepScores> each, List<Double> weights) {
    if (each.size() == 1) {
      return each.get(0);
    }
    boolean none = weights.stream().noneMatch(weight -> weight > 0);
    List<Double> shares = weights.stream().map(w -> none ? 1 : Math.max(0, w)).toList();
    double total = shares.stream().mapToDouble(Double::doubleValue).sum();
    int steps = each.stream().mapToInt(one -> one.steps().size()).min().orElse(0);
    double y = 0;
    double share = 0;
    double[] signs = new double[steps];
    for (int i = 0; i < each.size(); i++) {
      y += shares.get(i) * each.get(i).y();
      share += shares.get(i) * each.get(i).share();
      for (int step = 0; step < steps; step++) {
        signs[step] += shares.get(i) * each.get(i).steps().get(step);
      }
    }
    List<Double> means = new ArrayList<>();
    for (double sign : signs) {
      means.add(sign / total);
    }
    return new StepScores(
        y / total, share / total, means, each.stream().anyMatch(StepScores::mismatch));
  }
}
