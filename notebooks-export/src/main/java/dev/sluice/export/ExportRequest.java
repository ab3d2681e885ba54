package dev.sluice.export;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of an export.
 *
 * @param out the folder to fill
 * @param split the parts, for datasets
 * @param shards number of files of each part; null for one file named after the part
 * @param stage the stage to export; null for the last one that has what the format needs
 * @param reference whether reference answers go out too, where the format has room for them
 * @param rows which rows
 * @param options values of the format's own options by name
 * @param force whether a folder that holds an earlier export is replaced
 */
public record ExportRequest(
    Path out,
    Split split,
    @Nullable Integer shards,
    @Nullable String stage,
    boolean reference,
    RowOptions rows,
    Map<String, String> options,
    boolean force) {

  public ExportRequest {
    options = Map.copyOf(options);
  }

  /** Everything of a run in one part, into a new folder. */
  public static ExportRequest into(Path out) {
    return new ExportRequest(out, Split.TRAIN, null, null, false, RowOptions.ALL, Map.of(), false);
  }

  /** The same with this split. */
  public ExportRequest split(Split other) {
    return new ExportRequest(out, other, shards, stage, reference, rows, options, force);
  }

  /** The same with this number of files for each part. */
  public ExportRequest shards(@Nullable Integer files) {
    return new ExportRequest(out, split, files, stage, reference, rows, options, force);
  }

  /** The same for this stage. */
  public ExportRequest stage(@Nullable String name) {
    return new ExportRequest(out, split, shards, name, reference, rows, options, force);
  }

  /** The same with reference answers. */
  public ExportRequest withReference() {
    return new ExportRequest(out, split, shards, stage, true, rows, options, force);
  }

  /** The same in place of an earlier export. */
  public ExportRequest replacing() {
    return new ExportRequest(out, split, shards, stage, reference, rows, options, true);
  }

  /** The same with other rows. */
  public ExportRequest rows(RowOptions other) {
    return new ExportRequest(out, split, shards, stage, reference, other, options, force);
  }

  /** The same with other treatment of equal texts. */
  public ExportRequest duplicates(Duplicates other) {
    return rows(rows.duplicates(other));
  }

  /** The same with these options of the format. */
  public ExportRequest options(Map<String, String> values) {
    return new ExportRequest(out, split, shards, stage, reference, rows, values, force);
  }

  /** The same into another folder. */
  ExportRequest out(Path other) {
    return new ExportRequest(other, split, shards, stage, reference, rows, options, force);
  }
}
