package dev.sluice.export.items;

import dev.sluice.export.Artifact;
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
                          label));
            }
          });
      siblings.values().forEach(each -> pool.pooled(each).forEach(consumer));
    }
  }
}
