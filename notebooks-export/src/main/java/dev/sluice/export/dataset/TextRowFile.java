package dev.sluice.export.dataset;

import dev.sluice.export.ExportManifest;
import dev.sluice.records.Hashes;
import dev.sluice.records.parquet.Row;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.function.Function;

/** A file of text, in which a row is one record: a line of JSON or of CSV. */
final class TextRowFile extends RowFile {
  private final String name;
  private final Function<Row, String> line;
  private final MessageDigest hash = Hashes.sha256();
  private final OutputStream stream;
  private long rows;
  private long bytes;
  private String sha256 = "";
  private boolean open = true;

  /**
   * Begins a file.
   *
   * @param name its path below the export's folder
   * @param header text before the first row
   * @param line the text of a row, its line end included
   */
  TextRowFile(Path out, String name, String header, Function<Row, String> line) throws IOException {
    super(out.resolve(name));
    this.name = name;
    this.line = line;
    this.stream =
        new DigestOutputStream(
            new BufferedOutputStream(Files.newOutputStream(partial()), 1 << 16), hash);
    append(header);
  }

  private void append(String text) throws IOException {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    stream.write(utf8);
    bytes += utf8.length;
  }

  @Override
  void write(Row row) throws IOException {
    append(line.apply(row));
    rows++;
  }

  @Override
  void close() throws IOException {
    if (open) {
      open = false;
      stream.close();
      sha256 = HexFormat.of().formatHex(hash.digest());
    }
  }

  @Override
  ExportManifest.File listed() {
    return new ExportManifest.File(name, rows, bytes, sha256);
  }
}
