package dev.sluice.records;

import dev.sluice.records.schema.Column;

/** A pair of solutions of which one is preferred: a row of the table {@code preferences}. */
public record Preference(
    @Column(value = "Hash of both solutions' ids.", unique = true) String preferenceId,
    @Column("The problem's id.") String problemId,
    @Column("The problem's question.") String prompt,
    @Column("Text of the preferred solution.") String chosen,
    @Column("Text of the other solution.") String rejected,
    @Column("Score of the chosen minus score of the rejected.") double margin,
    @Column("Confidence in the order, 0 to 1.") double strength,
    @Column("Solution id of the chosen.") String chosenId,
    @Column("Solution id of the rejected.") String rejectedId) {

  /**
   * A pair of solutions of a problem.
   *
   * @param margin score of the chosen minus score of the rejected
   */
  public static Preference of(Problem problem, Solution chosen, Solution rejected, double margin) {
    return new Preference(
        Hashes.id(chosen.solutionId(), rejected.solutionId()),
        problem.problemId(),
        problem.question(),
        chosen.text(),
        rejected.text(),
        margin,
        Math.min(1, Math.max(0, margin)),
        chosen.solutionId(),
        rejected.solutionId());
  }
}
