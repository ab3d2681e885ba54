package dev.sluice.export.dataset;

import dev.sluice.export.ExportManifest;
import dev.sluice.records.parquet.Row;
import java.io.IOException;

/**
 * A file of rows while it is written. Until it is published it has another name, so that a file of
 * its own name is whole.
 */
interface RowFile {
  /** What the names of unfinished files end with. */
  String PARTIAL = ".partial";

  /** Adds a row. */
  void write(Row row) throws IOException;

  /** Ends the file; further calls do nothing. */
  void close() throws IOException;

  /** Gives the closed file its name. */
  void publish() throws IOException;

  /** Removes the file unless it was published. */
  void discard() throws IOException;

  /** Its entry in the manifest; it is closed. */
  ExportManifest.File listed();
}
