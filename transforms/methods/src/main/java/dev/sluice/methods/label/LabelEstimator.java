package dev.sluice.methods.label;

import dev.sluice.parts.Part;
import dev.sluice.parts.Port;
import dev.sluice.records.StepLabel;

/**
 * Turns the votes on one solution into its label.
 *
 * <p>A label depends on its own ballot alone, and not on the order of the votes: where one of
 * several votes decides, it is chosen by its index.
 */
@Port(value = "label estimator", stage = "AggregateStepLabels", key = "estimator")
public interface LabelEstimator extends Part {

  /** The label of a solution, or a row whose status says why it has no label. */
  StepLabel estimate(Ballot ballot);

  /** Whether the texts of the votes are needed: they are not read for an estimator that says no. */
  default boolean readsTexts() {
    return false;
  }
}
