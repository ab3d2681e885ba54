package dev.sluice.records;

import java.util.List;

/**
 * One training example: a row of the table {@code examples}.
 *
 * @param exampleId hash of the parents' ids, the stage type and the index
 * @param prompt the text before the completion; carries no loss
 * @param completion the text that is learnt
 * @param weight weight of the example's loss
 * @param stepLabels for a classifier of steps: the probability that each line of the prompt's
 *     solution is correct; empty otherwise
 * @param sourceIds ids of the rows that the example was made of
 */
public record Example(
    String exampleId,
    String prompt,
    String completion,
    double weight,
    List<Double> stepLabels,
    List<String> sourceIds) {

  public Example {
    stepLabels = List.copyOf(stepLabels);
    sourceIds = List.copyOf(sourceIds);
  }
}
