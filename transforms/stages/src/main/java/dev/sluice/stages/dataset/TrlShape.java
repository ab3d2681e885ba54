package dev.sluice.stages.dataset;

import dev.sluice.parts.Method;
import dev.sluice.records.Message;
import dev.sluice.records.config.Kind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The dataset types of TRL, told apart by their columns. Prompts, completions and replies are texts
 * or conversations; of a prompt that ends with a line end, and of a completion that begins with
 * one, that line end belongs to neither.
 */
@Kind(
    value = "trl",
    doc =
        "TRL: the columns tell the type: `completions` and `labels` (stepwise), `chosen` and `rejected` (preference), `prompt` and `completion`, with `label` (unpaired), `messages`, or `prompt` alone.")
@Method(
    name = "Rows of TRL",
    formula = "stepwise: v_i = labels[i]; unpaired: outcome = label; preference: chosen first")
public record TrlShape() implements DatasetShape {
  private static final String PROMPT = "prompt";
  private static final String COMPLETION = "completion";
  private static final String COMPLETIONS = "completions";
  private static final String MESSAGES = "messages";

  @Override
  public Set<DatasetContent> contents() {
    return Set.of(DatasetContent.SOLUTIONS, DatasetContent.LABELS, DatasetContent.PAIRS);
  }

  @Override
  public LabelOrigin origin() {
    return LabelOrigin.DECLARED;
  }

  @Override
  public DatasetProblem problem(DatasetRow row) {
    return new DatasetProblem(prompt(row), null, row.optionalText("ground_truth"));
  }

  private static List<Message> prompt(DatasetRow row) {
    if (row.has(MESSAGES)) {
      return Dialogues.before(row.messages(MESSAGES), MESSAGES);
    }
    return PreferenceRows.is(row)
        ? PreferenceRows.prompt(row, List.of(PROMPT))
        : Dialogues.prompt(row, PROMPT);
  }

  @Override
  public List<DatasetSolution> solutions(DatasetRow row) {
    if (row.has(COMPLETIONS)) {
      List<String> steps = row.texts(COMPLETIONS);
      List<StepVerdict> verdicts = row.truths("labels").stream().map(StepVerdict::of).toList();
      return List.of(DatasetSolution.ofSteps(steps, verdicts));
    }
    if (PreferenceRows.is(row)) {
      return PreferenceRows.solutions(row);
    }
    if (row.has(MESSAGES)) {
      return List.of(DatasetSolution.ofText(Dialogues.last(row.messages(MESSAGES), MESSAGES)));
    }
    if (row.has(COMPLETION)) {
      @Nullable Boolean label = row.optionalTruth("label");
      return List.of(DatasetSolution.ofText(Dialogues.reply(row, COMPLETION)).withOutcome(label));
    }
    throw DatasetRowException.missing(
        "has no solution: neither 'completions', 'completion', 'messages' nor 'chosen'");
  }

  @Override
  public List<DatasetPair> pairs(DatasetRow row) {
    return PreferenceRows.is(row) ? PreferenceRows.pairs(row) : List.of();
  }

  @Override
  public Optional<DatasetExample> example(DatasetRow row) {
    return row.hasText(PROMPT)
            && row.hasText(COMPLETION)
            && !Boolean.FALSE.equals(row.optionalTruth("label"))
        ? Optional.of(new DatasetExample(row.text(PROMPT), row.text(COMPLETION)))
        : Optional.empty();
  }
}
