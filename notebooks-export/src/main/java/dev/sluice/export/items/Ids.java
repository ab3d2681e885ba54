package dev.sluice.export.items;

import dev.sluice.records.schema.Column;
import org.jspecify.annotations.Nullable;

/** Columns that trace an exported row back to the run. */
final class Ids {
  static final String RUN = "Id of the run.";
  static final String PROBLEM = "Id of the problem.";

  private Ids() {}

  /** Of a row that a problem makes. */
  record OfProblem(@Column(PROBLEM) String problemId, @Column(RUN) String run) {}

  /** Of a row that a solution makes; of pooled solutions the first one's. */
  record OfSolution(
      @Column(PROBLEM) String problemId,
      @Column("Id of the solution.") String solutionId,
      @Column(RUN) String run) {}

  /** Of a row that two solutions make. */
  record OfPair(
      @Column(PROBLEM) String problemId,
      @Column("Id of the preferred solution.") String chosenId,
      @Column("Id of the other solution.") String rejectedId,
      @Column(RUN) String run) {}

  /** Of a row that a rubric makes. */
  record OfRubric(
      @Column(PROBLEM) String problemId,
      @Column("Id of the solution that the rubric is for; null if it serves the whole problem.")
          @Nullable String solutionId,
      @Column("Id of the rubric.") String rubricId,
      @Column(RUN) String run) {}
}
