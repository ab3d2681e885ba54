package dev.sluice.export.items;

import dev.sluice.records.Problem;
import java.util.List;

/** An item for a whole problem. */
interface ProblemItem extends ItemSource.Item {
  /** The problem. */
  Problem problem();

  @Override
  default String problemId() {
    return problem().problemId();
  }

  @Override
  default String id() {
    return problemId();
  }

  @Override
  default Record ids(String run) {
    return new Ids.OfProblem(problemId(), run);
  }

  @Override
  default List<Record> parts() {
    return List.of(problem());
  }
}
