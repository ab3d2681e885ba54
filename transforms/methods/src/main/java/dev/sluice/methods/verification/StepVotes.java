package dev.sluice.methods.verification;

import dev.sluice.methods.prompt.JudgePrompt;
import dev.sluice.methods.task.TaskFormat;
import dev.sluice.methods.text.Steps;
import dev.sluice.records.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Votes on a solution whose {@code <answer>} may be no step: a judge of tagged text has one verdict
 * for each {@code <step>}, or one more for the answer.
 */
public final class StepVotes {
  /** The size of a vote that holds for all steps and for those without the answer. */
  private static final int EITHER = -1;

  private StepVotes() {}

  /**
   * The number of steps that the judge judges: the solution's without its answer where more votes
   * have so many verdicts, else all.
   *
   * @param steps number of the solution's steps, its answer included
   */
  public static int steps(
      Problem problem, String text, int steps, JudgePrompt prompt, List<Vote> votes) {
    int tagged = withoutAnswer(problem, text, steps);
    return judged(
        steps, tagged, votes.stream().mapToInt(v -> size(v.stated(), tagged, prompt.namesIndex())));
  }

  /**
   * The number of steps that votes of these {@linkplain #size sizes} judge.
   *
   * @param steps all steps
   * @param tagged those without the answer
   */
  public static int judged(int steps, int tagged, IntStream sizes) {
    int[] all = sizes.toArray();
    long onAll = Arrays.stream(all).filter(size -> size == steps).count();
    long onTagged = Arrays.stream(all).filter(size -> size == tagged).count();
    return tagged < steps && onTagged > onAll ? tagged : steps;
  }

  /**
   * The number of steps that a vote is about. One that names a wrong step before the answer says
   * nothing of whether the answer is a step.
   */
  public static int size(List<Boolean> verdicts, int tagged, boolean namesIndex) {
    int first = verdicts.indexOf(false);
    return namesIndex && first >= 0 && first < tagged ? EITHER : verdicts.size();
  }

  /** Verdicts on so many steps where they are about more and name a wrong one among these. */
  public static List<Boolean> fitted(List<Boolean> verdicts, int steps, boolean namesIndex) {
    int first = verdicts.indexOf(false);
    return namesIndex && verdicts.size() > steps && first >= 0 && first < steps
        ? verdicts.subList(0, steps)
        : verdicts;
  }

  /** The number of steps of a solution without its {@code <answer>}. */
  public static int withoutAnswer(Problem problem, String text, int steps) {
    // A world with a fixed form has no tags.
    return TaskFormat.of(problem).expectedSteps(problem) < 0 ? Steps.withoutAnswer(text) : steps;
  }

  /**
   * A vote by itself, whatever others say: one on all steps, or on those without the answer. Which
   * of them count is seen when votes are counted.
   *
   * @param judged what it is about
   */
  public static Vote alone(Vote vote, JudgeRequest judged, JudgePrompt prompt) {
    return vote.parsed()
        ? vote
        : on(
            vote,
            withoutAnswer(judged.problem(), judged.text(), judged.steps()),
            judged.problem(),
            prompt);
  }

  /** A vote as one on so many steps: what it states, if it states so many verdicts. */
  public static Vote on(Vote vote, int steps, Problem problem, JudgePrompt prompt) {
    List<Boolean> stated = fitted(vote.stated(), steps, prompt.namesIndex());
    if (stated.isEmpty() || stated.size() != steps || stated.equals(vote.verdicts())) {
      return vote;
    }
    boolean right = !stated.contains(false);
    return vote.reads(stated, prompt.finalVerdict(problem, vote.text()).orElse(right));
  }
}
