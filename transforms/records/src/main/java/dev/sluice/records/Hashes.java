package dev.sluice.records;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Hashes of parts: ids, seeds and keys. Every part is written with its length before it, so that no
 * two different lists of parts give the same bytes.
 */
public final class Hashes {
  private Hashes() {}

  /** A new SHA-256 digest. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256; this one has not.", e);
    }
  }

  /** SHA-256 over the parts' text, as 32 bytes. */
  public static byte[] bytes(Object... parts) {
    MessageDigest digest = sha256();
    for (Object part : parts) {
      byte[] text = part.toString().getBytes(StandardCharsets.UTF_8);
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(text.length).array());
      digest.update(text);
    }
    return digest.digest();
  }

  /** SHA-256 over the parts' text, as 64 hexadecimal digits. */
  public static String hex(Object... parts) {
    return HexFormat.of().formatHex(bytes(parts));
  }

  /** The first 24 hexadecimal digits (96 bits) of {@link #hex}: an id of a row. */
  public static String id(Object... parts) {
    return hex(parts).substring(0, 24);
  }

  /** The id of a row made from a parent: hash(parent id, stage type, index). */
  public static String childId(String parentId, String stageType, int index) {
    return id(parentId, stageType, index);
  }

  /** The id of a problem: the hash of its messages. */
  public static String problemId(List<Message> messages) {
    Object[] parts = new Object[2 * messages.size()];
    for (int i = 0; i < messages.size(); i++) {
      parts[2 * i] = messages.get(i).role();
      parts[2 * i + 1] = messages.get(i).content();
    }
    return id(parts);
  }

  /**
   * A derived seed: the first 64 bits of the hash of (run seed, stage type, salt, round, record id,
   * sample index). Nothing else may enter: no thread, time, shard or batch.
   */
  public static long seed(
      long runSeed, String stageType, String salt, int round, String recordId, int sampleIndex) {
    return ByteBuffer.wrap(bytes(runSeed, stageType, salt, round, recordId, sampleIndex)).getLong();
  }
}
