package dev.sluice.stages.synthesis;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The lines of a file from one of its bytes on, each with the byte at which it begins. */
final class Lines {
  private final FileChannel file;
  private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16).limit(0);

  /** The byte of the file that follows those in the buffer. */
  private long end;

  /** The byte at which the line begins that was read last. */
  private long begin;

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
    byte[] line = new byte[0];
    while (buffer.hasRemaining() || fill()) {
      int from = buffer.position();
      int to = from;
      while (to < buffer.limit() && buffer.get(to) != '\n') {
        to++;
      }
      int before = line.length;
      line = Arrays.copyOf(line, before + to - from);
      buffer.get(line, before, to - from);
      if (buffer.hasRemaining()) {
        buffer.get();
        return line;
      }
    }
    return line.length == 0 ? null : line;
  }

  private boolean fill() throws IOException {
    buffer.clear();
    int read = file.read(buffer, end);
    buffer.flip();
    end += Math.max(0, read);
    return read > 0;
  }
}
