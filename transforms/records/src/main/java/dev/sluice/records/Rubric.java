package dev.sluice.records;

import dev.sluice.records.schema.Column;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a good solution shows: a row of the table {@code rubrics}. */
public record Rubric(
    @Column(value = "Hash of the parent's id, the stage type and the index.", unique = true)
        String rubricId,
    @Column("The problem's id.") String problemId,
    @Column("The solution that the rubric is for; null for one that serves the whole problem.")
        @Nullable String solutionId,
    @Column("The criteria; empty if the rubric abstains.") List<Criterion> criteria,
    @Column(value = "How the criteria came about.", content = false) String provenance) {

  public Rubric {
    criteria = List.copyOf(criteria);
  }
}
