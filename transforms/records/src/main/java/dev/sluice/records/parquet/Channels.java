package dev.sluice.records.parquet;

import dev.sluice.records.Hashes;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.security.MessageDigest;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.io.SeekableInputStream;

/** Parquet's view of files over channels and streams, which needs no Hadoop file system. */
final class Channels {
  private Channels() {}

  /**
   * A file that is written once, from its beginning to its end, and hashed on the way. Its last
   * bytes are held back until it is closed, when the footer among them is made canonical.
   */
  static final class HashingOutput extends PositionOutputStream implements OutputFile {
    /** Bytes held back: more than any footer of ours, which takes some hundred bytes a column. */
    private static final int TAIL = 1 << 18;

    private final OutputStream out;
    private final MessageDigest sha256 = Hashes.sha256();
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private long position;
    private boolean closed;

    HashingOutput(OutputStream out) {
      this.out = out;
    }

    /** The hash of everything written. Ends it. */
    byte[] sha256() {
      return sha256.digest();
    }

    @Override
    public long getPos() {
      return position;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      held.write(bytes, offset, length);
      position += length;
      if (held.size() >= 2 * TAIL) {
        byte[] all = held.toByteArray();
        pass(all, all.length - TAIL);
        held.reset();
        held.write(all, all.length - TAIL, TAIL);
      }
    }

    private void pass(byte[] bytes, int length) throws IOException {
      out.write(bytes, 0, length);
      sha256.update(bytes, 0, length);
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }

    @Override
    public void close() throws IOException {
      if (closed) {
        return;
      }
      closed = true;
      try (out) {
        byte[] tail = CanonicalFooter.of(held.toByteArray());
        position += tail.length - held.size();
        pass(tail, tail.length);
      }
    }

    @Override
    public PositionOutputStream create(long blockSizeHint) {
      return this;
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSizeHint) {
      return this;
    }

    @Override
    public boolean supportsBlockSize() {
      return false;
    }

    @Override
    public long defaultBlockSize() {
      return 0;
    }
  }

  /** A file that is read at any place. The channel belongs to the caller's stream. */
  record ChannelInput(SeekableByteChannel channel) implements InputFile {
    /** Parquet's complaints begin with this; the file's name is said by the caller. */
    @Override
    public String toString() {
      return "it";
    }

    @Override
    public long getLength() throws IOException {
      return channel.size();
    }

    @Override
    public SeekableInputStream newStream() {
      return new ChannelStream(channel);
    }
  }

  private static final class ChannelStream extends SeekableInputStream {
    private final SeekableByteChannel channel;

    ChannelStream(SeekableByteChannel channel) {
      this.channel = channel;
    }

    @Override
    public long getPos() throws IOException {
      return channel.position();
    }

    @Override
    public void seek(long position) throws IOException {
      channel.position(position);
    }

    @Override
    public int read() throws IOException {
      ByteBuffer one = ByteBuffer.allocate(1);
      return channel.read(one) < 0 ? -1 : one.get(0) & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return channel.read(ByteBuffer.wrap(bytes, offset, length));
    }

    @Override
    public int read(ByteBuffer buffer) throws IOException {
      return channel.read(buffer);
    }

    @Override
    public void readFully(byte[] bytes) throws IOException {
      readFully(ByteBuffer.wrap(bytes));
    }

    @Override
    public void readFully(byte[] bytes, int offset, int length) throws IOException {
      readFully(ByteBuffer.wrap(bytes, offset, length));
    }

    @Override
    public void readFully(ByteBuffer buffer) throws IOException {
      while (buffer.hasRemaining()) {
        if (channel.read(buffer) < 0) {
          throw new EOFException("The file ends %d bytes early.".formatted(buffer.remaining()));
        }
      }
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
