package dev.sluice.stages.synthesis;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a file from one of its bytes on, each with the byte at which it begins. A line ends
 * at LF, CRLF or CR, and one file may hold all three.
 */
final class Lines {
  /** No array is longer. */
  private static final int MAX = Integer.MAX_VALUE - 8;

  private final FileChannel file;
  private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16).limit(0);

  /** The byte of the file that follows those in the buffer. */
  private long end;

  /** The byte at which the line begins that was read last. */
  private long begin;

  /** The line that is being read, and how much of it there is. */
  private byte[] line = new byte[256];

  private int length;

  /**
   * Several may read one channel at once, since none moves its position.
   *
   * @param from the byte at which the first line begins
   */
  Lines(FileChannel file, long from) {
    this.file = file;
    end = from;
  }

  /** The byte at which the line begins that was read last. */
  long begin() {
    return begin;
  }

  /** The next line without its end; null after the last. */
  byte @Nullable [] next() throws IOException {
    begin = end - buffer.remaining();
    length = 0;
    while (buffer.hasRemaining() || fill()) {
      int from = buffer.position();
      int to = from;
      while (to < buffer.limit() && buffer.get(to) != '\n' && buffer.get(to) != '\r') {
        to++;
      }
      take(to - from);
      if (buffer.hasRemaining()) {
        if (buffer.get() == '\r' && (buffer.hasRemaining() || fill())) {
          // CRLF is one end, wherever the buffer was filled.
          buffer.position(buffer.position() + (buffer.get(buffer.position()) == '\n' ? 1 : 0));
        }
        return Arrays.copyOf(line, length);
      }
    }
    return length == 0 ? null : Arrays.copyOf(line, length);
  }

  /** Adds bytes of the buffer to the line, whose room doubles: long lines are copied twice. */
  private void take(int count) {
    if (length + count > line.length) {
      line = Arrays.copyOf(line, Math.max(length + count, (int) Math.min(MAX, 2L * line.length)));
    }
    buffer.get(line, length, count);
    length += count;
  }

  private boolean fill() throws IOException {
    buffer.clear();
    int read = file.read(buffer, end);
    buffer.flip();
    end += Math.max(0, read);
    return read > 0;
  }
}
