package dev.sluice.records.parquet;

import dev.sluice.records.RegularFiles;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/** An open Parquet file, read one row group after another. Page checksums are verified. */
final class ParquetSource implements AutoCloseable {
  private static final Pattern CLASS =
      Pattern.compile(
          "\\b(?:java|org|shaded)\\.[a-z]|[A-Z]\\w*(?:Exception|Error)\\b|@[0-9a-f]{5,8}\\b");

  private final String name;
  private final ParquetFileReader reader;

  private ParquetSource(String name, ParquetFileReader reader) {
    this.name = name;
    this.reader = reader;
  }

  static ParquetSource open(Path file) {
    SeekableByteChannel channel;
    try {
      RegularFiles.check(file);
      channel = Files.newByteChannel(file);
    } catch (IOException e) {
      throw new TableException("The file %s cannot be opened.".formatted(file), e);
    }
    return open(channel, file.toString());
  }

  static ParquetSource open(SeekableByteChannel channel, String name) {
    try {
      ParquetReadOptions options =
          ParquetReadOptions.builder(new PlainParquetConfiguration())
              .withCodecFactory(new Codecs())
              .usePageChecksumVerification()
              .build();
      ParquetFileReader reader =
          ParquetFileReader.open(new Channels.ChannelInput(channel), options);
      for (BlockMetaData group : reader.getRowGroups()) {
        if (group.getRowCount() < 0) {
          throw new TableException(
              "a row group in its footer has %d rows".formatted(group.getRowCount()));
        }
      }
      return new ParquetSource(name, reader);
    } catch (IOException | RuntimeException e) {
      TableException unreadable = unreadable(name, e);
      try {
        channel.close();
      } catch (IOException suppressed) {
        unreadable.addSuppressed(suppressed);
      }
      throw unreadable;
    }
  }

  static TableException unreadable(String name, Exception cause) {
    return cause instanceof TableException
        ? new TableException(
            "The file %s cannot be read: %s. Write it again in another way."
                .formatted(name, cause.getMessage()),
            cause)
        : new TableException(
            "The file %s cannot be read as Parquet%s; it is damaged, or another kind of file."
                .formatted(name, why(cause)),
            cause);
  }

  /** What the library says, where it speaks of the file and not of its own classes. */
  private static String why(Exception cause) {
    String said = cause.getMessage();
    return said == null || said.isBlank() || CLASS.matcher(said).find() ? "" : " (" + said + ")";
  }

  String name() {
    return name;
  }

  MessageType schema() {
    return reader.getFileMetaData().getSchema();
  }

  Map<String, String> footer() {
    return reader.getFileMetaData().getKeyValueMetaData();
  }

  String createdBy() {
    return reader.getFileMetaData().getCreatedBy();
  }

  long rows() {
    return reader.getRecordCount();
  }

  /** Restricts what is read to these columns; the bytes of others are not touched. */
  void project(MessageType schema) {
    reader.setRequestedSchema(schema);
  }

  @Nullable PageReadStore nextRowGroup() throws IOException {
    return reader.readNextRowGroup();
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw new TableException("The file %s cannot be closed.".formatted(name), e);
    }
  }
}
