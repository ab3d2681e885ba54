package dev.sluice.stages.synthesis;

import dev.sluice.records.DeadLetter;
import dev.sluice.stages.dataset.DatasetRowException;
import dev.sluice.stages.dataset.DatasetShape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** A dataset in a file, whose rows are found by the problem that they are about. */
public final class DatasetReader {
  private final IndexedRows rows;
  private final DatasetShape shape;

  private DatasetReader(IndexedRows rows, DatasetShape shape) {
    this.rows = rows;
    this.shape = shape;
  }

  /**
   * Goes through a file once.
   *
   * @throws IllegalArgumentException if the file is missing or of an unknown kind
   */
  public static DatasetReader of(String path, DatasetShape shape) {
    return new DatasetReader(
        IndexedRows.of(Path.of(path), null, new RowKey.OfDataset(shape)), shape);
  }

  /** Hands on the rows of a file in order, broken ones too, without an index of them. */
  public static void forEach(String path, int limit, Consumer<StoredRow> consumer) {
    try (FileRows file = FileRows.open(Path.of(path), limit)) {
      file.tolerant()
          .forEach(
              0,
              0,
              (row, index, begin) -> {
                consumer.accept(new StoredRow(row, index));
                return index + 1 < limit;
              });
    }
  }

  /** What the dataset has on some problems, by their ids; a problem without a row is absent. */
  public Map<String, ProblemRows> about(Collection<String> problemIds) {
    Map<String, List<Integer>> indexes = new LinkedHashMap<>();
    SortedSet<Integer> wanted = new TreeSet<>();
    for (String id : problemIds) {
      List<Integer> own = rows.all(id);
      if (!own.isEmpty()) {
        indexes.put(id, own);
        wanted.addAll(own);
      }
    }
    Map<Integer, StoredRow> read = read(wanted);
    Map<String, ProblemRows> about = new LinkedHashMap<>();
    indexes.forEach(
        (id, own) -> about.put(id, ProblemRows.of(own.stream().map(read::get).toList(), shape)));
    return about;
  }

  private Map<Integer, StoredRow> read(SortedSet<Integer> wanted) {
    Map<Integer, StoredRow> read = new TreeMap<>();
    rows.forEach(wanted, (row, index) -> read.put(index, new StoredRow(row, index)));
    return read;
  }

  /** Whether there are rows that state no problem, so that no problem leads to them. */
  public boolean hasLostRows() {
    return !rows.keyless().isEmpty();
  }

  /**
   * A dead letter for each row that states no problem: broken lines, and rows without a question.
   *
   * @param doing what is being done, such as {@code Reading labels}
   */
  public List<DeadLetter> lostRows(String doing, String stage) {
    List<DeadLetter> letters = new ArrayList<>();
    for (StoredRow row : read(new TreeSet<>(rows.keyless())).values()) {
      try {
        row.read(shape::problem);
      } catch (DatasetRowException e) {
        letters.add(row.letter(doing, e, stage, row.id()));
      }
    }
    return letters;
  }
}
