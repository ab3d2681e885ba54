package dev.sluice.stages.verification;

import dev.sluice.records.Problem;
import dev.sluice.stages.prompts.JudgePrompt;
import dev.sluice.stages.tasks.TaskFormat;
import dev.sluice.stages.text.Steps;
import java.util.List;
import java.util.Optional;

/**
 * Votes on a solution whose {@code <answer>} may be no step: a judge of tagged text has one verdict
 * for each {@code <step>}, or one more for the answer.
 */
public final class StepVotes {
  private StepVotes() {}

  /**
   * The number of steps that the judge judges: the solution's without its answer where more votes
   * have so many verdicts, else all.
   *
   * @param steps number of the solution's steps, its answer included
   */
  public static int steps(Problem problem, String text, int steps, List<Judge.Vote> votes) {
    int tagged = withoutAnswer(problem, text, steps);
    long onAll = votes.stream().filter(Judge.Vote::parsed).count();
    long onTagged = votes.stream().filter(vote -> vote.stated().size() == tagged).count();
    return tagged < steps && onTagged > onAll ? tagged : steps;
  }

  /** The number of steps of a solution without its {@code <answer>}. */
  public static int withoutAnswer(Problem problem, String text, int steps) {
    // A world with a fixed form has no tags.
    return TaskFormat.of(problem).expectedSteps(problem) < 0 ? Steps.withoutAnswer(text) : steps;
  }

  /** A vote as one on so many steps: what it states, if it states so many verdicts. */
  public static Judge.Vote on(Judge.Vote vote, int steps, Problem problem, JudgePrompt prompt) {
    if (vote.parsed() || vote.stated().isEmpty() || vote.stated().size() != steps) {
      return vote;
    }
    boolean right = !vote.stated().contains(false);
    return new Judge.Vote(
        vote.index(),
        vote.text(),
        vote.stated(),
        Optional.of(prompt.finalVerdict(problem, vote.text()).orElse(right)),
        vote.promptTokens(),
        vote.completionTokens(),
        vote.stated());
  }
}
