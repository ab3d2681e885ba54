package dev.sluice.export.dataset;

import dev.sluice.export.ExportManifest;
import dev.sluice.records.parquet.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file of rows while it is written. Until it is published it has another name, so that a file of
 * its own name is whole.
 */
abstract class RowFile {
  private final Path file;
  private final Path partial;

  RowFile(Path file) {
    this.file = file;
    this.partial = file.resolveSibling(file.getFileName() + ".partial");
  }

  /** The path of the file until it is published. */
  final Path partial() {
    return partial;
  }

  /** Adds a row. */
  abstract void write(Row row) throws IOException;

  /** Ends the file; further calls do nothing. */
  abstract void close() throws IOException;

  /** Its entry in the manifest; it is closed. */
  abstract ExportManifest.File listed();

  /** Gives the closed file its name. */
  final void publish() throws IOException {
    Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Removes the file unless it was published. */
  final void discard() throws IOException {
    try {
      close();
    } finally {
      Files.deleteIfExists(partial);
    }
  }
}
