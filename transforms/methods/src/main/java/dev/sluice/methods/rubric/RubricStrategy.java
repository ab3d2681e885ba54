package dev.sluice.methods.rubric;

import dev.sluice.parts.Part;
import dev.sluice.parts.Port;
import dev.sluice.records.Criterion;
import dev.sluice.records.Problem;
import java.util.List;

/** Where the criteria of a solution come from. */
@Port(value = "rubric strategy", stage = "GenerateRubrics", key = "strategy", noun = "rubric")
public interface RubricStrategy extends Part {

  /**
   * The criteria for one solution; empty if the rubric abstains.
   *
   * @param siblings the other solutions of the problem that pass the gate, in any order; the
   *     solution itself is not among them
   */
  List<Criterion> criteria(Problem problem, List<StatedResults> siblings);

  /** How the criteria came about, for the column {@code provenance}. */
  default String provenance(List<StatedResults> siblings) {
    return name();
  }
}
