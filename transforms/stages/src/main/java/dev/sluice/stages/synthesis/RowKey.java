package dev.sluice.stages.synthesis;

import dev.sluice.records.Hashes;
import dev.sluice.stages.dataset.DatasetRowException;
import dev.sluice.stages.dataset.DatasetShape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What rows of a file are told apart by. Two rows with an equal key belong together. */
sealed interface RowKey {

  /** The keys of a row; empty for a row that has none. */
  List<String> of(FileRow row);

  /** Whether a line that cannot be read is a row without a key; else it ends the reading. */
  default boolean tolerant() {
    return false;
  }

  /** The key of a question's text. */
  static String ofText(String question) {
    return "text " + question;
  }

  /** The key of a question's id. */
  static String ofId(String id) {
    return "id " + id;
  }

  /**
   * The question that a row's solutions answer.
   *
   * @param text column of the question's text
   * @param id column of the question's id; null if only texts tell
   */
  record Question(String text, @Nullable String id) implements RowKey {
    @Override
    public List<String> of(FileRow row) {
      return keys(row.text(text), id == null ? null : row.text(id));
    }
  }

  /** The problem that a row holds: its text, and its id where there is a column of ids. */
  record OfProblem(FileSource source) implements RowKey {
    @Override
    public List<String> of(FileRow row) {
      return FileProblems.fault(source, row) == null
          ? keys(Hashes.problemId(FileProblems.messages(source, row)), FileProblems.id(source, row))
          : List.of();
    }
  }

  /** The problem of a dataset's row: all that it says to whoever solves it. */
  record OfDataset(DatasetShape dataset) implements RowKey {
    @Override
    public List<String> of(FileRow row) {
      try {
        return List.of(new StoredRow(row, 0).read(dataset::problem).problemId());
      } catch (DatasetRowException e) {
        return List.of();
      }
    }

    @Override
    public boolean tolerant() {
      return true;
    }
  }

  private static List<String> keys(@Nullable String text, @Nullable String id) {
    List<String> keys = new ArrayList<>(2);
    if (id != null && !id.isBlank()) {
      keys.add(ofId(id));
    }
    if (text != null && !text.isBlank()) {
      keys.add(ofText(text));
    }
    return keys;
  }
}
