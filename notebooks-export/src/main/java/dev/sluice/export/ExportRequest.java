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
 * @param duplicates what becomes of equal texts
 * @param force whether a folder that holds an earlier export is replaced
 */
public record ExportRequest(
    Path out,
    Split split,
    @Nullable String stage,
    boolean reference,
    Duplicates duplicates,
    boolean force) {

  /** Everything of a run in one part, into a new folder. */
  public static ExportRequest into(Path out) {
    return new ExportRequest(out, Split.TRAIN, null, false, Duplicates.POOL, false);
  }

  /** The same with this split. */
  public ExportRequest split(Split other) {
    return new ExportRequest(out, other, stage, reference, duplicates, force);
  }

  /** The same for this stage. */
  public ExportRequest stage(@Nullable String name) {
    return new ExportRequest(out, split, name, reference, duplicates, force);
  }

  /** The same with reference answers. */
  public ExportRequest withReference() {
    return new ExportRequest(out, split, stage, true, duplicates, force);
  }

  /** The same in place of an earlier export. */
  public ExportRequest replacing() {
    return new ExportRequest(out, split, stage, reference, duplicates, true);
  }

  /** The same with other treatment of equal texts. */
  public ExportRequest duplicates(Duplicates other) {
    return new ExportRequest(out, split, stage, reference, other, force);
  }

  /** The same into another folder. */
  ExportRequest out(Path other) {
    return new ExportRequest(other, split, stage, reference, duplicates, force);
  }
}
