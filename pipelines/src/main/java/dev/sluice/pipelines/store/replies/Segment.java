package dev.sluice.pipelines.store.replies;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A file of records that one process appends to: each with its length and CRC-32C before it, four
 * bytes each. Not safe for several threads.
 */
final class Segment implements AutoCloseable {
  static final String SUFFIX = ".replies";

  private static final int HEADER = 8;

  private static final int MAX_LENGTH = 256 << 20;

  private final Path file;
  private final FileChannel channel;
  private final long full;
  private long end;

  private Segment(Path file, FileChannel channel, long full) {
    this.file = file;
    this.channel = channel;
    this.full = full;
  }

  /** Is told of each record. */
  @FunctionalInterface
  interface Reader {
    void found(Path file, long offset, ByteBuffer record);
  }

  /**
   * Begins a segment.
   *
   * @param full bytes after which it is full
   */
  static Segment create(Path file, long full) throws IOException {
    return new Segment(
        file,
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
        full);
  }

  Path file() {
    return file;
  }

  boolean full() {
    return end >= full;
  }

  /** Appends a record; gives its offset. It is durable after {@link #sync}. */
  long append(byte[] record) throws IOException {
    long offset = end;
    ByteBuffer whole = ByteBuffer.allocate(HEADER + record.length);
    whole.putInt(record.length).putInt(checksum(ByteBuffer.wrap(record))).put(record).flip();
    while (whole.hasRemaining()) {
      end += channel.write(whole, end);
    }
    return offset;
  }

  void sync() throws IOException {
    channel.force(false);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /** The record at an offset; null if it is not whole. */
  static byte @Nullable [] record(FileChannel channel, long offset) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(HEADER);
    if (!fill(channel, header, offset)) {
      return null;
    }
    int length = header.getInt();
    int checksum = header.getInt();
    if (length <= 0 || length > MAX_LENGTH || offset + HEADER + length > channel.size()) {
      return null;
    }
    ByteBuffer record = ByteBuffer.allocate(length);
    return fill(channel, record, offset + HEADER) && checksum(record.duplicate()) == checksum
        ? record.array()
        : null;
  }

  private static boolean fill(FileChannel channel, ByteBuffer buffer, long offset)
      throws IOException {
    long at = offset;
    while (buffer.hasRemaining()) {
      int count = channel.read(buffer, at);
      if (count < 0) {
        return false;
      }
      at += count;
    }
    buffer.flip();
    return true;
  }

  /** Whether what begins at an offset is cut off: it would be longer than the file. */
  static boolean isCut(Path file, long offset) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer header = ByteBuffer.allocate(HEADER);
      if (!fill(channel, header, offset)) {
        return true;
      }
      int length = header.getInt();
      return length > 0 && length <= MAX_LENGTH && offset + HEADER + length > channel.size();
    }
  }

  /**
   * Reads the records from an offset on, up to the end or the first that is not whole: it may be in
   * the middle of being written.
   *
   * @return the offset after the last whole one
   */
  static long scan(Path file, long from, Reader reader) throws IOException {
    long at = from;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      for (byte[] next = record(channel, at); next != null; next = record(channel, at)) {
        reader.found(file, at, ByteBuffer.wrap(next));
        at += HEADER + next.length;
      }
    } catch (NoSuchFileException e) {
      // It was removed meanwhile.
    }
    return at;
  }

  private static int checksum(ByteBuffer bytes) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes);
    return (int) checksum.getValue();
  }
}
