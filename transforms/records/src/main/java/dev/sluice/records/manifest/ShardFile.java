package dev.sluice.records.manifest;

import dev.sluice.records.parquet.RowDigest;
import java.io.Serializable;

/**
 * One Parquet file of a table, as a manifest lists it.
 *
 * @param table name of the table
 * @param path place of the file, relative to the workspace
 * @param rows number of rows
 * @param bytes length of the file
 * @param sha256 hash of the file's bytes
 * @param digest hash of the content columns of its rows, independent of order and layout
 */
public record ShardFile(
    String table, String path, long rows, long bytes, String sha256, String digest)
    implements Serializable {

  /** More than any file has, and so few that sums over files do not overflow. */
  private static final long MAX_NUMBER = 1L << 50;

  public ShardFile {
    RowDigest unused = RowDigest.parse(digest);
    if (rows < 0 || rows > MAX_NUMBER || bytes < 0 || bytes > MAX_NUMBER) {
      throw new IllegalArgumentException(
          "A file cannot have %d rows and %d bytes.".formatted(rows, bytes));
    }
  }
}
