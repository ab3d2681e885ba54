package dev.sluice.methods.verification;

import dev.sluice.records.Criterion;
import dev.sluice.records.Problem;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Asks for votes on one solution.
 *
 * @param problem the problem
 * @param text the solution's text
 * @param steps the number of its steps
 * @param id derives the seeds of the votes
 * @param siblings other solutions of the problem, for prompts that show them
 * @param rubric criteria of the solution, for prompts that show them
 * @param votes the indexes of the votes that are asked for; none: the solution is not asked about
 */
public record JudgeRequest(
    Problem problem,
    String text,
    int steps,
    String id,
    List<String> siblings,
    List<Criterion> rubric,
    List<Integer> votes) {

  public JudgeRequest {
    siblings = List.copyOf(siblings);
    rubric = List.copyOf(rubric);
    votes = List.copyOf(votes);
  }

  /** A solution that is judged without others and without a rubric; no vote is asked for yet. */
  public JudgeRequest(Problem problem, String text, int steps, String id) {
    this(problem, text, steps, id, List.of(), List.of(), List.of());
  }

  /** The same with other solutions of the problem. */
  public JudgeRequest among(List<String> others) {
    return new JudgeRequest(problem, text, steps, id, others, rubric, votes);
  }

  /** The same with a rubric. */
  public JudgeRequest with(List<Criterion> criteria) {
    return new JudgeRequest(problem, text, steps, id, siblings, criteria, votes);
  }

  /** The same for the votes of these indexes. */
  public JudgeRequest forVotes(List<Integer> indexes) {
    return new JudgeRequest(problem, text, steps, id, siblings, rubric, indexes);
  }

  /** The same for so many votes. */
  public JudgeRequest forVotes(int count) {
    return forVotes(IntStream.range(0, count).boxed().toList());
  }
}
