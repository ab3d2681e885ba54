package dev.sluice.models.djl.tokens;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.BitSet;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The map of characters that SentencePiece leaves in a {@code tokenizer.json} ({@code
 * precompiled_charsmap}): the length of a double-array trie in bytes, its units, and the texts that
 * its values point into, all in base 64. The native library follows it without a look at its
 * bounds.
 */
final class CharacterMap {
  private static final int MAX_LABEL = 0xFF;

  private final IntBuffer units;
  private final ByteBuffer texts;

  private CharacterMap(IntBuffer units, ByteBuffer texts) {
    this.units = units;
    this.texts = texts;
  }

  /** What is wrong with a map, to follow "which"; null if nothing is. */
  static @Nullable String fault(String base64) {
    ByteBuffer bytes;
    try {
      bytes = ByteBuffer.wrap(Base64.getDecoder().decode(base64)).order(ByteOrder.LITTLE_ENDIAN);
    } catch (IllegalArgumentException e) {
      return "is no text in base 64";
    }
    if (bytes.remaining() < Integer.BYTES) {
      return "ends before its trie";
    }
    int length = bytes.getInt();
    if (length <= 0 || length % Integer.BYTES != 0 || length > bytes.remaining()) {
      return "claims a trie of %d bytes, but has %d".formatted(length, bytes.remaining());
    }
    IntBuffer units =
        bytes.slice(bytes.position(), length).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
    int begin = bytes.position() + length;
    ByteBuffer texts = bytes.slice(begin, bytes.limit() - begin);
    if (!isText(texts)) {
      return "holds bytes that are no text in UTF-8";
    }
    return new CharacterMap(units, texts).follows() ? null : "points out of itself";
  }

  private static boolean isText(ByteBuffer bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(bytes.duplicate());
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** Whether every place that some text leads to is there. */
  private boolean follows() {
    BitSet seen = new BitSet(units.limit());
    Deque<Integer> open = new ArrayDeque<>();
    int root = offset(units.get(0));
    if (!children(root, seen, open)) {
      return false;
    }
    while (!open.isEmpty()) {
      int place = open.remove();
      int unit = units.get(place);
      int next = place ^ offset(unit);
      if ((unit >>> 8 & 1) == 1 && !(next < units.limit() && value(units.get(next)))) {
        return false;
      }
      if (!children(next, seen, open)) {
        return false;
      }
    }
    return true;
  }

  /** Takes up those that a byte leads to; the library looks at the place of each byte. */
  private boolean children(int base, BitSet seen, Deque<Integer> open) {
    if ((base | MAX_LABEL) >= units.limit()) {
      return false;
    }
    for (int label = 1; label <= MAX_LABEL; label++) {
      int place = base ^ label;
      if (label(units.get(place)) == label && !seen.get(place)) {
        seen.set(place);
        open.add(place);
      }
    }
    return true;
  }

  /** Whether a value is the beginning of a character of the texts, or their end. */
  private boolean value(int unit) {
    int at = unit & Integer.MAX_VALUE;
    return at == texts.limit() || (at < texts.limit() && (texts.get(at) & 0xC0) != 0x80);
  }

  private static long label(int unit) {
    return unit & (1L << 31 | MAX_LABEL);
  }

  private static int offset(int unit) {
    return unit >>> 10 << ((unit & 1 << 9) >>> 6);
  }
}
