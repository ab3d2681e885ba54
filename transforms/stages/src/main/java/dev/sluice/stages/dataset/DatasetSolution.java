package dev.sluice.stages.dataset;

import dev.sluice.methods.verification.Vote;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A solution in a row of a dataset.
 *
 * @param text the whole text
 * @param steps its steps; empty if the row holds the text alone, which is then cut into steps as
 *     any other solution
 * @param verdicts what the row says of each step, as many as there are steps; empty if nothing
 * @param namesFirstError whether the row names the first wrong step alone
 * @param outcome what the row says of the whole solution; null if nothing
 * @param referenceCorrect whether its final answer equals the known one; null if the row does not
 *     say
 * @param model what wrote it; null if the row does not say
 */
public record DatasetSolution(
    String text,
    List<String> steps,
    List<StepVerdict> verdicts,
    boolean namesFirstError,
    @Nullable Boolean outcome,
    @Nullable Boolean referenceCorrect,
    @Nullable String model) {
  /** Between two steps, as a solution of this program has them. */
  private static final String BETWEEN = "\n";

  public DatasetSolution {
    steps = List.copyOf(steps);
    verdicts = List.copyOf(verdicts);
    if (text.isBlank()) {
      throw DatasetRowException.missing("has a solution without text");
    }
    if (!verdicts.isEmpty() && verdicts.size() != steps.size()) {
      throw DatasetRowException.invalid(
          "has %d steps and %d labels; the two go in pairs"
              .formatted(steps.size(), verdicts.size()));
    }
  }

  /** A text of which the row says nothing. */
  public static DatasetSolution ofText(String text) {
    return new DatasetSolution(text, List.of(), List.of(), false, null, null, null);
  }

  /** Steps with a verdict on each, a line end between them. */
  public static DatasetSolution ofSteps(List<String> steps, List<StepVerdict> verdicts) {
    if (steps.isEmpty()) {
      throw DatasetRowException.missing("has a solution without steps");
    }
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i).isBlank()) {
        throw DatasetRowException.missing("has no text in step %d (from 0)".formatted(i));
      }
    }
    if (verdicts.isEmpty()) {
      throw DatasetRowException.invalid(
          "has %d steps and 0 labels; the two go in pairs".formatted(steps.size()));
    }
    return new DatasetSolution(
        String.join(BETWEEN, steps), steps, verdicts, false, null, null, null);
  }

  /** The same where only the first wrong step is known, and not what comes after it. */
  public DatasetSolution namingFirstError() {
    return new DatasetSolution(text, steps, verdicts, true, outcome, referenceCorrect, model);
  }

  /** The same with what the row says of the whole. */
  public DatasetSolution withOutcome(@Nullable Boolean right) {
    return new DatasetSolution(
        text, steps, verdicts, namesFirstError, right, referenceCorrect, model);
  }

  /** The same with what is known of its final answer and its writer. */
  public DatasetSolution from(@Nullable Boolean correct, @Nullable String writer) {
    return new DatasetSolution(text, steps, verdicts, namesFirstError, outcome, correct, writer);
  }

  /** Whether the row says something of the solution or its steps. */
  public boolean labelled() {
    return !verdicts.isEmpty() || outcome != null;
  }

  /**
   * The verdict on each step, those after the first wrong one called wrong where nothing is said of
   * them. Empty if nothing is said of a step that decides which is the first wrong one, and where
   * the row has no verdicts on steps.
   */
  public Optional<List<Boolean>> decided() {
    int first = verdicts.indexOf(StepVerdict.INCORRECT);
    int deciding = first < 0 ? verdicts.size() : first;
    if (verdicts.isEmpty() || verdicts.subList(0, deciding).contains(StepVerdict.UNKNOWN)) {
      return Optional.empty();
    }
    List<Boolean> all = new ArrayList<>(verdicts.size());
    verdicts.forEach(verdict -> all.add(verdict == StepVerdict.CORRECT));
    return Optional.of(all);
  }

  /**
   * What the row says as a vote. Empty, an abstention, if it says nothing, or nothing of a step
   * that decides.
   *
   * @param count number of the steps that the solution has in its table
   */
  public Optional<Vote> vote(int count) {
    if (verdicts.isEmpty()) {
      return outcome == null
          ? Optional.empty()
          : Optional.of(new Vote(0, "", List.of(), outcome, "", false));
    }
    if (verdicts.size() != count) {
      throw DatasetRowException.invalid(
          "has %d labels for a text that the table of solutions has in %d steps"
              .formatted(verdicts.size(), count));
    }
    return decided()
        .map(
            all ->
                new Vote(
                    0,
                    "",
                    all,
                    Objects.requireNonNullElse(outcome, !all.contains(false)),
                    "",
                    namesFirstError));
  }

  /** Whether the row calls the solution, a step of it or its answer wrong. */
  public boolean calledWrong() {
    return Boolean.FALSE.equals(outcome)
        || Boolean.FALSE.equals(referenceCorrect)
        || verdicts.contains(StepVerdict.INCORRECT);
  }
}
