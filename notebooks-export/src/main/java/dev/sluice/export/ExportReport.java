package dev.sluice.export;

import dev.sluice.records.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an export wrote.
 *
 * @param format the exporter's name
 * @param files the files that hold the data
 * @param leftOut how many rows and problems were left out, by the reason
 * @param loader the line that loads them
 * @param launch the command that trains on them; empty if the format has none
 */
public record ExportReport(
    String format,
    List<ExportedFile> files,
    Map<String, Long> leftOut,
    String loader,
    String launch) {

  /**
   * One file.
   *
   * @param path its absolute path
   * @param rows number of rows; null where that has no meaning
   * @param sha256 hash of its bytes
   */
  public record ExportedFile(String path, @Nullable Long rows, String sha256) {}

  public ExportReport {
    files = List.copyOf(files);
  }

  /** The object that {@code export --json} prints, on one line. */
  public String toJson() {
    List<Map<String, @Nullable Object>> listed = new ArrayList<>();
    for (ExportedFile file : files) {
      Map<String, @Nullable Object> entry = new LinkedHashMap<>();
      entry.put("path", file.path());
      entry.put("rows", file.rows());
      entry.put("sha256", file.sha256());
      listed.add(entry);
    }
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("format", format);
    json.put("files", listed);
    if (!leftOut.isEmpty()) {
      json.put("left_out", new TreeMap<>(leftOut));
    }
    json.put("loader", loader);
    if (!launch.isEmpty()) {
      json.put("launch", launch);
    }
    return Json.compact(json);
  }
}
