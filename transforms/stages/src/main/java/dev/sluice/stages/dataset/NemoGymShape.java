package dev.sluice.stages.dataset;

import dev.sluice.parts.Method;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.util.Set;

/** The rows of NeMo-Gym, which NeMo-RL, verifiers and prime-rl read too: problems alone. */
@Kind(
    value = "nemo_gym",
    doc = "NeMo-Gym: `responses_create_params.input`, and the answer in a column of its own.")
@Method(name = "Rows of NeMo-Gym", formula = "problem = responses_create_params.input")
public record NemoGymShape(
    @Key(value = "Column of the reference answer.", byDefault = "ground_truth") String reference)
    implements DatasetShape {

  @Override
  public Set<DatasetContent> contents() {
    return Set.of();
  }

  @Override
  public LabelOrigin origin() {
    return LabelOrigin.DECLARED;
  }

  @Override
  public DatasetProblem problem(DatasetRow row) {
    return new DatasetProblem(
        Dialogues.prompt(row, "responses_create_params.input"), null, row.optionalText(reference));
  }
}
