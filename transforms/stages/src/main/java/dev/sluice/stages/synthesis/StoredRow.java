package dev.sluice.stages.synthesis;

import dev.sluice.records.DeadLetter;
import dev.sluice.stages.dataset.DatasetRow;
import dev.sluice.stages.dataset.DatasetRowException;
import java.util.function.Function;

/** A row of a dataset's file. */
public final class StoredRow {
  private final FileRow row;
  private final int index;

  StoredRow(FileRow row, int index) {
    this.row = row;
    this.index = index;
  }

  /** Its place in the file, such as {@code line 3}. */
  public String place() {
    return row.place();
  }

  /** An id for a dead letter of the row itself. */
  public String id() {
    return "row-" + index;
  }

  /**
   * What a shape reads of the row.
   *
   * @throws DatasetRowException if the line is broken, or the shape cannot read the row, for
   *     whatever reason
   */
  public <T> T read(Function<DatasetRow, T> reader) {
    if (row.fault() != null) {
      throw DatasetRowException.invalid(String.valueOf(row.fault()));
    }
    try {
      return reader.apply(DatasetRow.of(row.object()));
    } catch (DatasetRowException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError e) { // Whatever it is, other rows may be read.
      throw DatasetRowException.invalid(
          "cannot be read: %s (%s). If the row is sound, report it as an error of its dataset's part"
              .formatted(e.getClass().getSimpleName(), e.getMessage()));
    }
  }

  /**
   * The dead letter of the row.
   *
   * @param doing what was being done, such as {@code Reading labels}
   * @param recordId id of the row that is missing in the stage's table
   */
  public DeadLetter letter(
      String doing, DatasetRowException reason, String stage, String recordId) {
    return DeadLetter.of(
        row.toString(),
        "%s: %s %s.".formatted(doing, place(), reason.what()),
        stage,
        recordId,
        reason.errorClass());
  }
}
