package dev.sluice.records;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a good solution shows: a row of the table {@code rubrics}.
 *
 * @param rubricId hash of the parent's id, the stage type and the index
 * @param problemId the problem's id
 * @param solutionId the solution that the rubric is for; null for one that serves the whole problem
 * @param criteria the criteria; empty if the rubric abstains
 * @param provenance how the criteria came about, such as {@code consensus of 3}
 */
public record Rubric(
    String rubricId,
    String problemId,
    @Nullable String solutionId,
    List<Criterion> criteria,
    String provenance) {

  public Rubric {
    criteria = List.copyOf(criteria);
  }
}
