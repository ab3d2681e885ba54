package dev.sluice.methods.reward;

import dev.sluice.methods.verification.Vote;
import dev.sluice.records.config.Key;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Rewards of SPARK stepwise (arXiv 2512.03244) from a judge's verdicts, behind the format gate: a
 * response that fails the gate has reward 0 and {@link StepScores#incorrect}, and is never judged.
 *
 * <ul>
 *   <li>process aware (design 1, and the ground of 3 and 4): {@code r = y}
 *   <li>step augmented (design 2): {@code r = 0.4 k/n + 0.6 y}
 * </ul>
 *
 * What y is, and what becomes of a mismatch in the number of steps, is ours; see {@link Options}.
 */
public final class SparkRewards {
  private static final double STEP_WEIGHT = 0.4;
  private static final double OUTCOME_WEIGHT = 0.6;

  private SparkRewards() {}

  /** Where y comes from. */
  public enum YRule {
    /** The final verdict and every step verdict say correct. */
    ALL_STEPS,
    /** The final verdict alone, as in the authors' script; without one, the last step's. */
    VERDICT
  }

  /** What becomes of a number of verdicts that differs from the number of steps. */
  public enum OnMismatch {
    /** y is 0 and every step is incorrect: a mismatch never pays. */
    INCORRECT,
    /** As the authors' script: step rewards are 0, which beats a negative one; y is kept. */
    SPARK
  }

  /** How several votes become one judgement. */
  public enum Merge {
    /** The mean of the votes' judgements. */
    MEAN,
    /** Each step by majority; a tie is incorrect, and so is a vote that did not parse. */
    MAJORITY,
    /** Correct only where every vote says so. */
    ALL
  }

  /**
   * The rules of a judgement.
   *
   * @param yRule where y comes from
   * @param onMismatch what becomes of a mismatch
   * @param guard what bounds on steps do under {@link OnMismatch#SPARK}
   */
  public record Options(YRule yRule, OnMismatch onMismatch, StepGuard guard) {
    /** Our rules. */
    public static final Options DEFAULT =
        new Options(YRule.ALL_STEPS, OnMismatch.INCORRECT, StepGuard.NONE);
  }

  /**
   * The bounds on a response's number of steps, both included.
   *
   * @param min fewest steps; the arithmetic world has operations + 1 for both
   * @param max most steps
   */
  public record StepBounds(
      @Key(value = "Minimum number of steps.", byDefault = "4", min = 1) int min,
      @Key(value = "Maximum number of steps.", byDefault = "20", min = 1) int max)
      implements Serializable {
    /** None. */
    public static final StepBounds NONE = new StepBounds(0, Integer.MAX_VALUE);

    /** The authors' bounds for tagged text. */
    public static final StepBounds TAGGED = new StepBounds(4, 20);

    boolean hold(int steps) {
      return steps >= min && steps <= max;
    }
  }

  /** Judges a response that passes the gate from one vote. */
  public static StepScores judge(int steps, Vote vote, StepBounds bounds, Options options) {
    if (options.onMismatch() == OnMismatch.SPARK) {
      return asTheScript(steps, vote, bounds, options);
    }
    if (!vote.parsed() || vote.verdicts().size() != steps || !bounds.hold(steps)) {
      return mismatch(steps);
    }
    return new StepScores(y(vote, options.yRule()), share(vote), signs(vote), false);
  }

  /** Judges a response that passes the gate from several votes; at least one. */
  public static StepScores judge(
      int steps, List<Vote> votes, StepBounds bounds, Options options, Merge merge) {
    if (votes.isEmpty()) {
      throw new IllegalArgumentException("A judgement needs at least one vote; there is none.");
    }
    if (votes.size() == 1) {
      // A majority of one is that one, whatever number of steps it judges.
      return judge(steps, votes.get(0), bounds, options);
    }
    if (merge == Merge.MAJORITY) {
      return judge(steps, majority(steps, votes), bounds, options);
    }
    List<StepScores> each =
        votes.stream().map(vote -> judge(steps, vote, bounds, options)).toList();
    boolean all = merge == Merge.ALL;
    List<Double> signs = new ArrayList<>();
    for (int step = 0; step < steps; step++) {
      int index = step;
      signs.add(merged(each.stream().map(one -> one.steps().get(index)).toList(), all));
    }
    return new StepScores(
        merged(each.stream().map(StepScores::y).toList(), all),
        merged(each.stream().map(StepScores::share).toList(), all),
        signs,
        each.stream().anyMatch(StepScores::mismatch));
  }

  /** {@code 0.4 k/n + 0.6 y}. */
  public static double stepAugmented(double share, double y) {
    return STEP_WEIGHT * share + OUTCOME_WEIGHT * y;
  }

  private static StepScores mismatch(int steps) {
    return new StepScores(0, 0, Collections.nCopies(steps, -1.0), true);
  }

  /** The guards of the authors' script. */
  private static StepScores asTheScript(int steps, Vote vote, StepBounds bounds, Options options) {
    if (!vote.parsed()) {
      return new StepScores(0, 0, Collections.nCopies(steps, 0.0), true);
    }
    boolean counted = vote.verdicts().size() == steps;
    boolean bounded = options.guard() == StepGuard.NONE || bounds.hold(steps);
    return new StepScores(
        !bounded && options.guard() == StepGuard.OUTCOME ? 0 : y(vote, options.yRule()),
        share(vote),
        counted && bounded ? signs(vote) : Collections.nCopies(steps, 0.0),
        !counted || !bounded);
  }

  private static double y(Vote vote, YRule rule) {
    List<Boolean> verdicts = vote.verdicts();
    Boolean outcome = vote.outcome();
    if (rule == YRule.VERDICT) {
      boolean last = !verdicts.isEmpty() && verdicts.get(verdicts.size() - 1);
      return (outcome == null ? last : outcome) ? 1 : 0;
    }
    boolean verdict = outcome == null || outcome;
    return verdict && !verdicts.isEmpty() && !verdicts.contains(false) ? 1 : 0;
  }

  private static double share(Vote vote) {
    long correct = vote.verdicts().stream().filter(verdict -> verdict).count();
    return vote.verdicts().isEmpty() ? 0 : (double) correct / vote.verdicts().size();
  }

  private static List<Double> signs(Vote vote) {
    return vote.verdicts().stream().map(correct -> correct ? 1.0 : -1.0).toList();
  }

  private static double merged(List<Double> values, boolean all) {
    double sum = 0;
    double least = Double.POSITIVE_INFINITY;
    for (double value : values) {
      sum += value;
      least = Math.min(least, value);
    }
    return all ? least : sum / values.size();
  }

  /** One vote made of the majority on each step and on the outcome, over all that were asked. */
  private static Vote majority(int steps, List<Vote> votes) {
    List<Vote> valid =
        votes.stream().filter(v -> v.parsed() && v.verdicts().size() == steps).toList();
    if (valid.isEmpty()) {
      return Vote.UNPARSED;
    }
    List<Boolean> verdicts = new ArrayList<>();
    for (int step = 0; step < steps; step++) {
      int index = step;
      long yes = valid.stream().filter(vote -> vote.verdicts().get(index)).count();
      verdicts.add(2 * yes > votes.size());
    }
    if (valid.stream().allMatch(vote -> vote.outcome() == null)) {
      return Vote.onSteps(verdicts);
    }
    long yes = valid.stream().filter(vote -> Boolean.TRUE.equals(vote.outcome())).count();
    return Vote.UNPARSED.reads(verdicts, 2 * yes > votes.size());
  }
}
