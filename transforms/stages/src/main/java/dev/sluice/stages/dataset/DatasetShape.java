package dev.sluice.stages.dataset;

import dev.sluice.parts.Part;
import dev.sluice.parts.Port;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How the rows of one dataset are read: what each says of a problem, of solutions and of labels.
 *
 * <p>What comes of a row depends on the row alone. A row that cannot be used, or does not have what
 * is asked for, is a {@link DatasetRowException} that says why: the stage makes it a dead letter
 * and goes on.
 */
@Port(value = "dataset", stage = "SynthesizeProblems", key = "source.dataset", noun = "dataset")
public interface DatasetShape extends Part {

  /** What its rows can hold beside a problem. A stage that needs something else refuses it. */
  Set<DatasetContent> contents();

  /** What its labels, or its choice of solutions, rest on. */
  LabelOrigin origin();

  /** The problem of a row; rows with equal messages are about one problem. */
  DatasetProblem problem(DatasetRow row);

  /** The solutions of a row, at least one, in an order that is always the same. */
  default List<DatasetSolution> solutions(DatasetRow row) {
    throw DatasetRowException.missing(
        "has no solution: rows of '%s' hold problems alone".formatted(name()));
  }

  /** The pairs among the solutions of a row; empty if it has none. */
  default List<DatasetPair> pairs(DatasetRow row) {
    return List.of();
  }

  /**
   * The text of a row that is meant for training as it is written, if the row is such a text; else
   * empty, and the row's solutions are what is learnt.
   */
  default Optional<DatasetExample> example(DatasetRow row) {
    return Optional.empty();
  }
}
