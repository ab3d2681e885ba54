package dev.sluice.records;

import dev.sluice.records.schema.Column;
import java.util.List;

/**
 * What a reward model makes of a solution that it is measured on: a row of the table {@code
 * solution_scores}.
 */
public record SolutionScore(
    @Column("The solution's id; of a row of a benchmark's file ROW:RESPONSE, both from 0.")
        String solutionId,
    @Column("The problem's id.") String problemId,
    @Column("What the score is for, such as reward.base: the key of the model and the solutions.")
        String scorer,
    @Column("Score of the whole solution, 0 to 1; higher is better.") double score,
    @Column("Score of each step, 0 to 1; empty if the model judges the whole alone.")
        List<Double> stepScores,
    @Column(value = "Content hash or revision of the model.", content = false) String model) {

  public SolutionScore {
    stepScores = List.copyOf(stepScores);
  }
}
