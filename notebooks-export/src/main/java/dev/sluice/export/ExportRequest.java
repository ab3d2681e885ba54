package dev.sluice.export;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of an export.
 *
 * @param out the folder to fill
 * @param problems which problems, and their parts
 * @param shards number of files of each part; null for one file named after the part
 * @param stage the stage to export; null for the last one that has what the format needs
 * @param reference whether reference answers go out too, where the format has room for them
 * @param rows which rows
 * @param options values of the format's own options by name
 * @param scrub whether personal data and secrets in texts are replaced
 * @param card a Markdown file with the person's own words for the card; null for none
 * @param mode what becomes of an earlier export in the folder
 * @param progress takes the number of rows that were looked at so far, for who waits
 */
public record ExportRequest(
    Path out,
    SplitOptions problems,
    @Nullable Integer shards,
    @Nullable String stage,
    boolean reference,
    RowOptions rows,
    Map<String, String> options,
    boolean scrub,
    @Nullable Path card,
    Mode mode,
    LongConsumer progress) {

  /** What becomes of an earlier export in the folder. */
  public enum Mode {
    /** It is refused. */
    NEW,
    /** It is replaced. */
    REPLACE,
    /** It stays, and problems that it has not are added in files of their own. */
    APPEND
  }

  public ExportRequest {
    options = Map.copyOf(options);
  }

  /** Everything of a run in one part, into a new folder. */
  public static ExportRequest into(Path out) {
    return new ExportRequest(
        out,
        SplitOptions.TRAIN,
        null,
        null,
        false,
        RowOptions.ALL,
        Map.of(),
        false,
        null,
        Mode.NEW,
        rows -> {});
  }

  /** The parts. */
  public Split split() {
    return problems.split();
  }

  /** The same with this split. */
  public ExportRequest split(Split other) {
    return problems(problems.split(other));
  }

  /** The same with other problems. */
  public ExportRequest problems(SplitOptions other) {
    return new ExportRequest(
        out, other, shards, stage, reference, rows, options, scrub, card, mode, progress);
  }

  /** The same with this number of files for each part. */
  public ExportRequest shards(@Nullable Integer files) {
    return new ExportRequest(
        out, problems, files, stage, reference, rows, options, scrub, card, mode, progress);
  }

  /** The same for this stage. */
  public ExportRequest stage(@Nullable String name) {
    return new ExportRequest(
        out, problems, shards, name, reference, rows, options, scrub, card, mode, progress);
  }

  /** The same with reference answers. */
  public ExportRequest withReference() {
    return withReference(true);
  }

  /** The same with or without reference answers. */
  public ExportRequest withReference(boolean asked) {
    return new ExportRequest(
        out, problems, shards, stage, asked, rows, options, scrub, card, mode, progress);
  }

  /** The same in place of an earlier export. */
  public ExportRequest replacing() {
    return mode(Mode.REPLACE);
  }

  /** The same with other treatment of an earlier export. */
  public ExportRequest mode(Mode other) {
    return new ExportRequest(
        out, problems, shards, stage, reference, rows, options, scrub, card, other, progress);
  }

  /** The same with other rows. */
  public ExportRequest rows(RowOptions other) {
    return new ExportRequest(
        out, problems, shards, stage, reference, other, options, scrub, card, mode, progress);
  }

  /** The same with other treatment of equal texts. */
  public ExportRequest duplicates(Duplicates other) {
    return rows(rows.duplicates(other));
  }

  /** The same with these options of the format. */
  public ExportRequest options(Map<String, String> values) {
    return new ExportRequest(
        out, problems, shards, stage, reference, rows, values, scrub, card, mode, progress);
  }

  /** The same with texts scrubbed. */
  public ExportRequest scrub(boolean asked) {
    return new ExportRequest(
        out, problems, shards, stage, reference, rows, options, asked, card, mode, progress);
  }

  /** The same with the person's own words on the card. */
  public ExportRequest card(@Nullable Path file) {
    return new ExportRequest(
        out, problems, shards, stage, reference, rows, options, scrub, file, mode, progress);
  }

  /** The same, which tells its progress. */
  public ExportRequest progress(LongConsumer rows) {
    return new ExportRequest(
        out, problems, shards, stage, reference, this.rows, options, scrub, card, mode, rows);
  }

  /** The same into another folder. */
  ExportRequest out(Path other) {
    return new ExportRequest(
        other, problems, shards, stage, reference, rows, options, scrub, card, mode, progress);
  }
}
