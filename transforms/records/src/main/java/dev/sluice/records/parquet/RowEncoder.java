package dev.sluice.records.parquet;

import dev.sluice.records.Hashes;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The canonical bytes of a row, of which {@link RowDigest} takes the hash: integers and the bits of
 * floating-point numbers as 8 bytes, big endian; truth values as one byte; texts as UTF-8 with
 * their length before them; lists and maps with their size before them.
 */
final class RowEncoder {
  private final MessageDigest sha256 = Hashes.sha256();
  private byte[] bytes = new byte[1024];
  private int length;

  void clear() {
    length = 0;
  }

  void flag(boolean value) {
    ensure(1);
    bytes[length++] = (byte) (value ? 1 : 0);
  }

  void int64(long value) {
    ensure(Long.BYTES);
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes[length++] = (byte) (value >>> shift);
    }
  }

  void text(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    int64(utf8.length);
    ensure(utf8.length);
    System.arraycopy(utf8, 0, bytes, length, utf8.length);
    length += utf8.length;
  }

  /** Puts the SHA-256 of the bytes into {@code target}, 32 bytes. */
  void hash(byte[] target) {
    sha256.update(bytes, 0, length);
    try {
      sha256.digest(target, 0, target.length);
    } catch (DigestException e) {
      throw new IllegalStateException("A SHA-256 hash takes 32 bytes.", e);
    }
  }

  private void ensure(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, Math.addExact(length, more)));
    }
  }
}
