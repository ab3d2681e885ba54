package dev.sluice.stages.synthesis;

import dev.sluice.records.Solution;
import dev.sluice.stages.dataset.DatasetPair;
import dev.sluice.stages.dataset.DatasetRowException;
import dev.sluice.stages.dataset.DatasetShape;
import dev.sluice.stages.dataset.DatasetSolution;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a dataset has on one problem. Solutions are counted through the problem's rows in the file's
 * order; a row that cannot be read counts as one.
 *
 * @param size number of solutions, those of rows that cannot be read included
 */
public record ProblemRows(
    List<Numbered> solutions, List<Pair> pairs, List<Unreadable> unreadable, int size) {

  /** A solution with its index among those of its problem, from 0. */
  public record Numbered(int index, StoredRow row, DatasetSolution solution) {}

  /**
   * A preference between two of the solutions.
   *
   * @param chosen index of the preferred one
   * @param rejected index of the other one
   */
  public record Pair(int chosen, int rejected, @Nullable Double margin) {}

  /** A row that cannot be read, with the index that its solution would have. */
  public record Unreadable(int index, StoredRow row, DatasetRowException reason) {}

  static ProblemRows of(List<StoredRow> rows, DatasetShape shape) {
    List<Numbered> solutions = new ArrayList<>();
    List<Pair> pairs = new ArrayList<>();
    List<Unreadable> unreadable = new ArrayList<>();
    int k = 0;
    for (StoredRow row : rows) {
      try {
        List<DatasetSolution> own = row.read(shape::solutions);
        List<DatasetPair> preferred = row.read(shape::pairs);
        for (DatasetPair pair : preferred) {
          pairs.add(new Pair(k + pair.chosen(), k + pair.rejected(), pair.margin()));
        }
        for (DatasetSolution solution : own) {
          solutions.add(new Numbered(k++, row, solution));
        }
      } catch (DatasetRowException e) {
        unreadable.add(new Unreadable(k++, row, e));
      }
    }
    return new ProblemRows(solutions, pairs, unreadable, k);
  }

  /**
   * The dataset's solution for each row of a table that has the same text, by the index of the
   * dataset's. Of equal texts the first goes with the first; a table with more of them than the
   * dataset has the last for all others.
   *
   * @param table solutions of this problem
   */
  public Map<String, Numbered> matches(List<Solution> table) {
    Map<String, Deque<Numbered>> byText = new HashMap<>();
    solutions.forEach(
        each ->
            byText.computeIfAbsent(each.solution().text(), text -> new ArrayDeque<>()).add(each));
    Map<String, Numbered> matches = new HashMap<>();
    table.stream()
        .sorted(Comparator.comparingInt(Solution::sampleIndex))
        .forEach(
            row -> {
              Deque<Numbered> same = byText.get(row.text());
              if (same != null) {
                Numbered match = Objects.requireNonNull(same.peek());
                if (same.size() > 1) {
                  same.remove();
                }
                matches.put(row.solutionId(), match);
              }
            });
    return matches;
  }
}
