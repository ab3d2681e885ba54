package dev.sluice.export;

import dev.sluice.export.ExportReport.ExportedFile;
import dev.sluice.records.Hashes;
import dev.sluice.records.json.Json;
import dev.sluice.records.parquet.TableWriter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The files of one part of a data set while they are written, and what is known of them after.
 * Until they are whole they lie beside their places under other names.
 */
final class DatasetPart<R extends Record> {
  private final Path out;
  private final Split.Part part;
  private final String parquetName;
  private final String jsonName;
  private final TableWriter<R> parquet;
  private final MessageDigest jsonHash = Hashes.sha256();
  private final OutputStream json;
  private final Set<String> problems = new HashSet<>();
  private long jsonBytes;
  private String jsonSha256 = "";
  private boolean open = true;

  DatasetPart(Dataset<R> dataset, Path out, Split.Part part) throws IOException {
    this.out = out;
    this.part = part;
    this.parquetName = "data/" + dataset.fileName(part) + ".parquet";
    this.jsonName = "data/" + dataset.fileName(part) + ".jsonl";
    this.json =
        new DigestOutputStream(
            new BufferedOutputStream(Files.newOutputStream(partial(jsonName))), jsonHash);
    this.parquet =
        TableWriter.open(
            partial(parquetName), dataset.table(), Map.of("sluice.format", dataset.format()));
  }

  Split.Part part() {
    return part;
  }

  boolean hasRows() {
    return parquet.rows() > 0;
  }

  /** How many problems have rows here. */
  long problems() {
    return problems.size();
  }

  void add(String problemId, R row) {
    parquet.write(row);
    byte[] line = (Json.compact(row) + "\n").getBytes(StandardCharsets.UTF_8);
    try {
      json.write(line);
    } catch (IOException e) {
      throw new UncheckedIOException("The file %s cannot be written.".formatted(jsonName), e);
    }
    jsonBytes += line.length;
    problems.add(problemId);
  }

  private Path partial(String name) {
    return out.resolve(name + ".partial");
  }

  /** Ends the files. */
  void close() {
    if (!open) {
      return;
    }
    open = false;
    parquet.close();
    try {
      json.close();
    } catch (IOException e) {
      throw new UncheckedIOException("The file %s cannot be ended.".formatted(jsonName), e);
    }
    jsonSha256 = HexFormat.of().formatHex(jsonHash.digest());
  }

  /** Gives the files their names. */
  void publish() {
    for (String name : List.of(parquetName, jsonName)) {
      try {
        Files.move(partial(name), out.resolve(name), StandardCopyOption.REPLACE_EXISTING);
      } catch (IOException e) {
        throw new UncheckedIOException("The file %s cannot be named.".formatted(name), e);
      }
    }
  }

  /** Removes what was not published. */
  void discard() {
    close();
    for (String name : List.of(parquetName, jsonName)) {
      try {
        Files.deleteIfExists(partial(name));
      } catch (IOException e) {
        throw new UncheckedIOException("The file %s cannot be removed.".formatted(name), e);
      }
    }
  }

  ExportManifest.Part summary() {
    return new ExportManifest.Part(
        part.name(), part.share().doubleValue(), problems.size(), parquet.rows());
  }

  List<ExportManifest.File> listed() {
    return List.of(
        new ExportManifest.File(parquetName, parquet.rows(), parquet.bytes(), parquet.sha256()),
        new ExportManifest.File(jsonName, parquet.rows(), jsonBytes, jsonSha256));
  }

  List<ExportedFile> reported() {
    return listed().stream()
        .map(
            file ->
                new ExportedFile(out.resolve(file.path()).toString(), file.rows(), file.sha256()))
        .toList();
  }
}
