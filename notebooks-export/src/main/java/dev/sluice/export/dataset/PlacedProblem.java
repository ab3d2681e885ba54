package dev.sluice.export.dataset;

import dev.sluice.records.schema.Column;
import org.jspecify.annotations.Nullable;

/** A problem that an export has placed, for the exports that are appended to it. */
record PlacedProblem(
    @Column("Id of the problem.") String problemId,
    @Column("The part of the split; empty if the problem was left out.") String part,
    @Column("Its value of the column by which parts are stratified; null if there is none.")
        @Nullable String stratum,
    @Column("The problem's question, to which later problems are compared.") String question,
    @Column("Whether rows of the problem were exported.") boolean exported) {

  /** The same problem, exported. */
  PlacedProblem written() {
    return new PlacedProblem(problemId, part, stratum, question, true);
  }
}
