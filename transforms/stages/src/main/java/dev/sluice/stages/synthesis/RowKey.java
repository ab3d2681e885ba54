package dev.sluice.stages.synthesis;

import dev.sluice.records.Hashes;
import org.jspecify.annotations.Nullable;

/** What rows of a file are told apart by. Two that are equal give equal keys. */
sealed interface RowKey {

  /** The key of a row; null for a row that has none. */
  @Nullable String of(FileRow row);

  /** The text of a column. */
  record Column(String name) implements RowKey {
    @Override
    public @Nullable String of(FileRow row) {
      return row.text(name);
    }
  }

  /** The id of the problem that a row holds. */
  record ProblemId(ProblemSource.File source) implements RowKey {
    @Override
    public @Nullable String of(FileRow row) {
      return FileProblems.fault(source, row) == null
          ? Hashes.problemId(FileProblems.messages(source, row))
          : null;
    }
  }
}
