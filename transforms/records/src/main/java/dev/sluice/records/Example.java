package dev.sluice.records;

import dev.sluice.records.schema.Column;
import java.util.List;

/** One training example: a row of the table {@code examples}. */
public record Example(
    @Column(value = "Hash of the parents' ids, the stage type and the index.", unique = true)
        String exampleId,
    @Column("The text before the completion; carries no loss.") String prompt,
    @Column("The text that is learnt.") String completion,
    @Column("Weight of the example's loss.") double weight,
    @Column(
            "For a classifier of steps: the probability that each line of the prompt's solution is correct.")
        List<Double> stepLabels,
    @Column("Ids of the rows that the example was made of.") List<String> sourceIds) {

  public Example {
    stepLabels = List.copyOf(stepLabels);
    sourceIds = List.copyOf(sourceIds);
  }
}
