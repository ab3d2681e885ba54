package dev.sluice.export;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of an export.
 *
 * @param out the folder to fill
 * @param split the parts, for data sets
 * @param stage the stage to export; null for the last one that has what the format needs
 * @param reference whether reference answers go out too, where the format has room for them
 * @param force whether a folder that holds an earlier export is replaced
 */
public record ExportRequest(
    Path out, Split split, @Nullable String stage, boolean reference, boolean force) {

  /** Everything of a run in one part, into a new folder. */
  public static ExportRequest into(Path out) {
    return new ExportRequest(out, Split.TRAIN, null, false, false);
  }

  /** The same with this split. */
  public ExportRequest split(Split other) {
    return new ExportRequest(out, other, stage, reference, force);
  }

  /** The same for this stage. */
  public ExportRequest stage(@Nullable String name) {
    return new ExportRequest(out, split, name, reference, force);
  }

  /** The same with reference answers. */
  public ExportRequest withReference() {
    return new ExportRequest(out, split, stage, true, force);
  }

  /** The same in place of an earlier export. */
  public ExportRequest replacing() {
    return new ExportRequest(out, split, stage, reference, true);
  }
}
