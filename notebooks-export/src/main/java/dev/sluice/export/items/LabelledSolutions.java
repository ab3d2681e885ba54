package dev.sluice.export.items;

import dev.sluice.export.Artifact;
import dev.sluice.export.ExportException;
import dev.sluice.export.ExportSource;
import dev.sluice.records.Problem;
import dev.sluice.records.Solution;
import dev.sluice.records.StepLabel;
import dev.sluice.records.manifest.ShardFile;
import dev.sluice.records.parquet.Table;
import dev.sluice.records.parquet.Tables;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The labelled solutions of a run. Neither reference answers nor stored correctness are loaded. */
public final class LabelledSolutions implements ItemSource<LabelledSolutions.Labelled> {
  private static final Set<String> REFERENCES = Set.of("reference_answer", "reference_correct");


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
    List<ShardFile> shards = labels.manifest().shards("step_labels");
    for (int i = 0; i < shards.size(); i++) {
      solutions.turnTo(i, shards.size());
      problems.turnTo(i, shards.size());
      labels.forEach(
          shards.get(i),
          Tables.STEP_LABELS,
          Set.of(),
          label -> {
            if (label.status().equals("labelled")) {
              consumer.accept(
                  new Labelled(
                      problems.row(label.problemId()), solutions.row(label.solutionId()), label));
            }
          });
    }
  }

  /**
   * Rows of a table by id. The tables of a chain are cut alike, so one shard at a time is in
   * memory; the whole table only if its cut is another.
   */
  public static final class Lookup<R extends Record> {
    private final Artifact artifact;
    private final Table<R> table;
    private final Function<R, String> id;
    private final Map<String, R> rows = new HashMap<>();
    private boolean whole;

    Lookup(Artifact artifact, Table<R> table, Function<R, String> id) {
      this.artifact = artifact;
      this.table = table;
      this.id = id;
    }

    /** The problems of an artifact. */
    public static Lookup<Problem> problems(Artifact artifact) {
      return new Lookup<>(artifact, Tables.PROBLEMS, Problem::problemId);
    }

    /** Makes the rows beside shard {@code i} of {@code count} ready. */
    public void turnTo(int i, int count) {
      List<ShardFile> shards = artifact.manifest().shards(table.name());
      if (!whole && shards.size() == count) {
        rows.clear();
        load(shards.get(i));
      }
    }

    /** The row of an id. */
    public R row(String wanted) {
      R found = rows.get(wanted);
      if (found == null && !whole) {
        whole = true;
        rows.clear();
        artifact.manifest().shards(table.name()).forEach(this::load);
        found = rows.get(wanted);
      }
      return present(found, wanted);
    }

    private R present(@Nullable R row, String wanted) {
      if (row == null) {
        throw new ExportException(
            "The table '%s' of the stage '%s' lacks the row %s that a later stage names. 'sluice verify' lists all damage."
                .formatted(table.name(), artifact.manifest().stage(), wanted));
      }
      return row;
    }

    private void load(ShardFile shard) {
      artifact.forEach(shard, table, REFERENCES, row -> rows.put(id.apply(row), row));
    }
  }
}
