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

  public ShardFile {
    RowDigest unused = RowDigest.parse(digest);
  }
}
