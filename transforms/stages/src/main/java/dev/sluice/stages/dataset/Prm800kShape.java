package dev.sluice.stages.dataset;

import dev.sluice.parts.Method;
import dev.sluice.records.Message;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * PRM800K's trees of rated steps. At each step people rated one or more completions: -1 for a wrong
 * one, 1 for one that is right and helps, 0 (neutral) for one that is not wrong but does not help
 * or is unclear. The one that was chosen, or else written by a person, leads to the next step.
 *
 * <p>A row gives a solution for each way through it: for each completion that was not chosen, the
 * steps that lead to it and itself; and the chosen steps where they reach the end. A step of which
 * nothing is written ends the way, as where the labeller gave up.
 */
@Kind(
    value = "prm800k",
    doc =
        "PRM800K: `question.problem` and trees of steps that people rated -1, 0 or 1. A solution for each way through a tree.")
@Method(
    name = "Rows of PRM800K",
    paper = "Let's Verify Step by Step, arXiv 2305.20050",
    formula = "v_i = 1 if rating = 1, 0 if rating = -1, the key neutral if rating = 0",
    papers = "2305.20050")
public record Prm800kShape(
    @Key(
            value =
                "What the rating 0 (neutral: not wrong, and no progress) means: `correct`, as in most process reward models trained on it; `incorrect`; or `unknown`, which leaves the solution unlabelled unless an earlier step is wrong.",
            byDefault = "correct")
        StepVerdict neutral)
    implements DatasetShape {

  @Override
  public Set<DatasetContent> contents() {
    return Set.of(DatasetContent.SOLUTIONS, DatasetContent.LABELS);
  }

  @Override
  public LabelOrigin origin() {
    return LabelOrigin.HUMANS;
  }

  @Override
  public DatasetProblem problem(DatasetRow row) {
    return new DatasetProblem(
        List.of(Message.user(row.text("question.problem"))),
        null,
        row.optionalText("question.ground_truth_answer"));
  }

  @Override
  public List<DatasetSolution> solutions(DatasetRow row) {
    List<DatasetSolution> solutions = new ArrayList<>();
    List<String> steps = new ArrayList<>();
    List<StepVerdict> verdicts = new ArrayList<>();
    boolean branched = false;
    for (DatasetRow step : row.items("label.steps")) {
      List<DatasetRow> completions =
          step.has("completions") ? step.items("completions") : List.of();
      Integer chosen = step.optionalWhole("chosen_completion");
      if (chosen != null && (chosen < 0 || chosen >= completions.size())) {
        throw DatasetRowException.invalid(
            "has %d in column '%schosen_completion', which has %d completions"
                .formatted(chosen, step.at(), completions.size()));
      }
      branched = false;
      for (int i = 0; i < completions.size(); i++) {
        if (chosen == null || i != chosen) {
          solutions.add(
              DatasetSolution.ofSteps(
                  and(steps, completions.get(i).text("text")),
                  and(verdicts, verdict(completions.get(i)))));
          branched = true;
        }
      }
      DatasetRow next = chosen == null ? null : completions.get(chosen);
      DatasetRow written = next == null ? written(step) : null;
      if (next == null && written == null) {
        break;
      }
      branched = false;
      if (next != null) {
        steps.add(next.text("text"));
        verdicts.add(verdict(next));
      } else if (written != null) {
        steps.add(written.text("text"));
        verdicts.add(written.has("rating") ? verdict(written) : StepVerdict.CORRECT);
      }
    }
    if (!branched && !steps.isEmpty()) {
      solutions.add(DatasetSolution.ofSteps(steps, verdicts));
    }
    if (solutions.isEmpty()) {
      throw DatasetRowException.missing("has no step in column 'label.steps'");
    }
    return solutions;
  }

  /** The step that a person wrote as the right one, rated or not. */
  private static @Nullable DatasetRow written(DatasetRow step) {
    return step.optionalItem("human_completion");
  }

  private StepVerdict verdict(DatasetRow completion) {
    Integer rating = completion.optionalWhole("rating");
    if (rating == null) {
      return StepVerdict.UNKNOWN;
    }
    return switch (rating) {
      case 1 -> StepVerdict.CORRECT;
      case 0 -> neutral;
      case -1 -> StepVerdict.INCORRECT;
      default ->
          throw DatasetRowException.invalid(
              "has the rating %d in column '%srating'; ratings are -1, 0 and 1"
                  .formatted(rating, completion.at()));
    };
  }

  private static <T> List<T> and(List<T> all, T last) {
    List<T> more = new ArrayList<>(all);
    more.add(last);
    return more;
  }
}
