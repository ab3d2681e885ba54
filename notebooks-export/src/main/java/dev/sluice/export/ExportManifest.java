package dev.sluice.export;

import dev.sluice.records.json.SealedJson;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an export is and came from: the content of its {@code manifest.json}, written last.
 *
 * @param formatVersion version of this file's format
 * @param format the exporter's name
 * @param run the run's id
 * @param referenceFree whether no label or reward of the run rests on a reference
 * @param referenceAnswers whether the rows themselves hold reference answers
 * @param fingerprint hash of everything that decides the rows
 * @param sources the tables that were read
 * @param columns type of each column by name
 * @param options values of the format's options
 * @param leftOut how many rows were left out, by the reason
 * @param scrub whether texts were scrubbed of personal data and secrets
 * @param scrubbed how many placeholders stand for such, by kind
 * @param parts the parts of the split
 * @param files the files that hold the data; paths relative to this file
 * @param sideFiles names of further files, made for a trainer
 * @param loader the line that loads them from this folder
 * @param launch the command that trains on them from this folder; null if the format has none
 * @param appended what later exports that are appended need; null if none may be
 */
public record ExportManifest(
    int formatVersion,
    String format,
    String run,
    boolean referenceFree,
    boolean referenceAnswers,
    String fingerprint,
    List<ExportSource.Used> sources,
    Map<String, String> columns,
    Map<String, String> options,
    Map<String, Long> leftOut,
    boolean scrub,
    Map<String, Long> scrubbed,
    List<Part> parts,
    List<File> files,
    List<String> sideFiles,
    String loader,
    @Nullable String launch,
    @Nullable Appended appended) {
  /** Version of the manifest's format. */
  public static final int FORMAT_VERSION = 1;

  /** Name of the file. */
  public static final String FILE = "manifest.json";

  /**
   * One part.
   *
   * @param name its name
   * @param share the share of problems asked for
   * @param problems number of problems that it got
   * @param rows number of rows that it got
   */
  public record Part(String name, double share, long problems, long rows) {}

  /**
   * One file.
   *
   * @param path its place, relative to the manifest
   * @param rows number of rows; null where that has no meaning
   * @param bytes its length
   * @param sha256 hash of its bytes
   */
  public record File(String path, @Nullable Long rows, long bytes, String sha256) {}

  /**
   * What appended exports need.
   *
   * @param exports number of exports that the folder consists of
   * @param problems the file of the problems with their parts
   */
  public record Appended(int exports, File problems) {}

  /** The text of the file. */
  public String toJson() {
    return SealedJson.write(this);
  }
}
