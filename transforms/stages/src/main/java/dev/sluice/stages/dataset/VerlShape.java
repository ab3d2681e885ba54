package dev.sluice.stages.dataset;

import dev.sluice.parts.Method;
import dev.sluice.records.Message;
import dev.sluice.records.config.Kind;
import java.util.List;
import java.util.Set;

/** The rows of verl: prompts for RL, conversations for SFT, pairs for reward models. */
@Kind(
    value = "verl",
    doc =
        "verl: `prompt` and `reward_model.ground_truth` (RL), `messages` (SFT), or `prompt`, `chosen`, `rejected` (reward models).")
@Method(name = "Rows of verl", formula = "problem = prompt, reference = reward_model.ground_truth")
public record VerlShape() implements DatasetShape {
  private static final String MESSAGES = "messages";
  private static final String PROMPT = "prompt";

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
    List<Message> prompt =
        row.has(MESSAGES)
            ? Dialogues.before(row.messages(MESSAGES), MESSAGES)
            : PreferenceRows.is(row)
                ? PreferenceRows.prompt(row, List.of(PROMPT))
                : Dialogues.prompt(row, PROMPT);
    return new DatasetProblem(prompt, null, row.optionalText("reward_model.ground_truth"));
  }

  @Override
  public List<DatasetSolution> solutions(DatasetRow row) {
    if (row.has(MESSAGES)) {
      return List.of(DatasetSolution.ofText(Dialogues.last(row.messages(MESSAGES), MESSAGES)));
    }
    if (PreferenceRows.is(row)) {
      return PreferenceRows.solutions(row);
    }
    throw DatasetRowException.missing("has no solution: neither 'messages' nor 'chosen'");
  }

  @Override
  public List<DatasetPair> pairs(DatasetRow row) {
    return PreferenceRows.is(row) ? PreferenceRows.pairs(row) : List.of();
  }
}
