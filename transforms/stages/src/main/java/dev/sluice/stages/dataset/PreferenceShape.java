package dev.sluice.stages.dataset;

import dev.sluice.parts.Method;
import dev.sluice.records.config.Kind;
import java.util.List;
import java.util.Set;

/** Pairs of replies, as trainers and benchmarks of reward models have them. */
@Kind(
    value = "preference",
    doc =
        "Pairs: `prompt` (or `input`), `chosen`, `rejected` as texts, turns or conversations; RewardBench and RewardBench 2; `margin` if there is one.")
@Method(
    name = "Rows of preferences",
    formula = "each chosen reply before each rejected one, margin 1 unless the row has one")
public record PreferenceShape() implements DatasetShape {

  @Override
  public Set<DatasetContent> contents() {
    return Set.of(DatasetContent.SOLUTIONS, DatasetContent.PAIRS);
  }

  @Override
  public LabelOrigin origin() {
    return LabelOrigin.DECLARED;
  }

  @Override
  public DatasetProblem problem(DatasetRow row) {
    return new DatasetProblem(
        PreferenceRows.prompt(row, List.of("prompt", "input", "question", "messages")),
        row.optionalText("id"),
        null);
  }

  @Override
  public List<DatasetSolution> solutions(DatasetRow row) {
    return PreferenceRows.solutions(row);
  }

  @Override
  public List<DatasetPair> pairs(DatasetRow row) {
    return PreferenceRows.pairs(row);
  }
}
