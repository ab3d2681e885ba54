package dev.sluice.export.items;

import dev.sluice.export.Artifact;
import dev.sluice.export.ExportException;
import dev.sluice.export.ExportSource;
import dev.sluice.records.Problem;
import dev.sluice.records.Solution;
import dev.sluice.records.StepLabel;
import dev.sluice.records.manifest.ShardFile;
import dev.sluice.records.parquet.Tables;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The labelled solutions of a run, those of a problem together. Equal texts of a problem are pooled
 * ({@link LabelPool}). Neither reference answers nor stored correctness are loaded.
 */
public final class LabelledSolutions implements ItemSource<LabelledSolutions.Labelled> {
  /**
   * A solution with its label and its problem.
   *
   * @param problem the problem, without its reference answer
   * @param solution the solution, without its stored correctness
   * @param label its label, with status {@code labelled}
   */
  public record Labelled(Problem problem, Solution solution, StepLabel label) implements Item {
    /** Whether the consensus calls the whole solution correct. */
    public boolean correct() {
      return Boolean.TRUE.equals(label.outcome());
    }

    /** Whether the consensus calls it incorrect. */
    public boolean incorrect() {
      return Boolean.FALSE.equals(label.outcome());
    }

    /**
     * Whether every step is correct; null if the steps have no labels.
     *
     * @throws ExportException if the labels are soft
     */
    public @Nullable List<Boolean> verdicts() {
      if (label.stepLabels().isEmpty() && !label.stepScores().isEmpty()) {
        throw new ExportException(
            "The labels are soft: steps have scores from 0 to 1, such as %s of the solution %s, and this format holds true and false. Add --round 0.5, which labels a step correct from that score on."
                .formatted(label.stepScores(), solution.solutionId()));
      }
      return label.steps().isEmpty() || label.steps().size() != label.stepLabels().size()
          ? null
          : label.stepLabels();
    }

    @Override
    public String problemId() {
      return problem.problemId();
    }

    @Override
    public String id() {
      return solution.solutionId();
    }

    @Override
    public Record ids(String run) {
      return new Ids.OfSolution(problem.problemId(), solution.solutionId(), run);
    }

    @Override
    public List<Record> parts() {
      return List.of(label, solution, problem);
    }

    @Override
    public @Nullable Boolean correctness() {
      return label.outcome();
    }
  }

  @Override
  public Class<? extends Record> ids() {
    return Ids.OfSolution.class;
  }

  @Override
  public List<String> tables() {
    return List.of("step_labels", "solutions", "problems");
  }

  @Override
  public void forEach(ExportSource source, Consumer<Labelled> consumer) {
    Artifact labels = source.pick("step_labels");
    Lookup<Solution> solutions =
        new Lookup<>(source.origin(labels, "solutions"), Tables.SOLUTIONS, Solution::solutionId);
    Lookup<Problem> problems = Lookup.problems(source.origin(labels, "problems"));
    LabelPool pool = LabelPool.of(source, labels);
    List<ShardFile> shards = labels.manifest().shards("step_labels");
    for (int i = 0; i < shards.size(); i++) {
      solutions.turnTo(i, shards.size());
      problems.turnTo(i, shards.size());
      Map<String, List<Labelled>> siblings = new LinkedHashMap<>();
      labels.forEach(
          shards.get(i),
          Tables.STEP_LABELS,
          Set.of(),
          label -> {
            if (label.status().equals("labelled")) {
              siblings
                  .computeIfAbsent(label.problemId(), none -> new ArrayList<>())
                  .add(
                      new Labelled(
                          problems.row(label.problemId()),
                          solutions.row(label.solutionId()),
                          rounded(label, source.request().rows().round())));
            }
          });
      for (List<Labelled> each : siblings.values()) {
        for (Labelled one : pool.pooled(each)) {
          if (one.solution().text().isBlank()) {
            source.leftOut("empty solutions", 1);
          } else {
            consumer.accept(one);
          }
        }
      }
    }
  }

  /** Soft labels as hard ones: a step is correct from a score on, a solution if all steps are. */
  private static StepLabel rounded(StepLabel label, @Nullable Double from) {
    if (from == null || label.stepScores().isEmpty() || !label.stepLabels().isEmpty()) {
      return label;
    }
    List<Boolean> steps = label.stepScores().stream().map(score -> score >= from).toList();
    return new StepLabel(
        label.solutionId(),
        label.problemId(),
        label.status(),
        label.steps(),
        label.stepScores(),
        steps,
        steps.indexOf(false),
        label.outcome() == null ? Boolean.valueOf(!steps.contains(false)) : label.outcome(),
        label.votes(),
        label.agreement(),
        label.estimator(),
        label.selectedVerification());
  }
}
