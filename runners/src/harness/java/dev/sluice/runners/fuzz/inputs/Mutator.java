package dev.sluice.runners.fuzz.inputs;

import java.util.Arrays;
import java.util.List;

/** Changes a valid input in a few places. */
public final class Mutator {
  private static final int MAX_CHANGES = 6;

  /** Bytes of an input at the most. */
  static final int MAX_BYTES = 1 << 18;

  private final List<byte[]> valid;
  private final List<byte[]> marks;

  public Mutator(List<byte[]> valid, List<byte[]> marks) {
    this.valid = valid;
    this.marks = marks;
  }

  public byte[] make(Draw draw) {
    byte[] bytes = draw.of(valid);
    int changes = draw.chance(0.02) ? 0 : 1 + draw.few(MAX_CHANGES);
    for (int i = 0; i < changes; i++) {
      bytes = changed(bytes, draw);
    }
    return bytes.length <= MAX_BYTES ? bytes : Arrays.copyOf(bytes, MAX_BYTES);
  }

  private byte[] changed(byte[] bytes, Draw draw) {
    int length = bytes.length;
    int from = draw.below(length + 1);
    int to = draw.chance(0.8) ? Math.min(length, from + draw.below(20)) : draw.below(length + 1);
    int begin = Math.min(from, to);
    int end = Math.max(from, to);
    return switch (draw.below(12)) {
      case 0 -> flipped(bytes, draw);
      case 1 -> with(bytes, begin, begin, new byte[] {(byte) draw.bits()});
      case 2 -> with(bytes, begin, end, new byte[0]);
      case 3 -> Arrays.copyOf(bytes, begin);
      case 4 -> with(bytes, end, end, Arrays.copyOfRange(bytes, begin, end));
      case 5 -> spliced(bytes, begin, draw);
      case 6 -> with(bytes, begin, end, WideText.bytes(draw.of(Odd.NUMBERS)));
      case 7 -> with(bytes, begin, begin, WideText.bytes(draw.of(Odd.CHARACTERS)));
      case 8 -> with(bytes, begin, begin, draw.of(marks));
      case 9 -> with(bytes, begin, end, draw.of(marks));
      case 10 -> repeated(bytes, begin, end, draw);
      default -> moved(bytes, begin, end, draw);
    };
  }

  private static byte[] flipped(byte[] bytes, Draw draw) {
    byte[] out = bytes.clone();
    if (out.length > 0) {
      out[draw.below(out.length)] ^= (byte) (1 << draw.below(8));
    }
    return out;
  }

  /** The beginning of one and the end of another. */
  private byte[] spliced(byte[] bytes, int at, Draw draw) {
    byte[] other = draw.of(valid);
    int from = draw.below(other.length + 1);
    return with(bytes, at, bytes.length, Arrays.copyOfRange(other, from, other.length));
  }

  private static byte[] repeated(byte[] bytes, int begin, int end, Draw draw) {
    byte[] piece = Arrays.copyOfRange(bytes, begin, Math.min(end, begin + 200));
    int times = draw.chance(0.02) ? 2000 : draw.between(2, 40);
    byte[] all = new byte[piece.length * times];
    for (int i = 0; i < all.length; i++) {
      all[i] = piece[i % piece.length];
    }
    return with(bytes, begin, begin, all);
  }

  private static byte[] moved(byte[] bytes, int begin, int end, Draw draw) {
    byte[] piece = Arrays.copyOfRange(bytes, begin, end);
    byte[] rest = with(bytes, begin, end, new byte[0]);
    int at = draw.below(rest.length + 1);
    return with(rest, at, at, piece);
  }

  /** With other bytes in place of a part. */
  private static byte[] with(byte[] bytes, int begin, int end, byte[] piece) {
    byte[] out = new byte[bytes.length - (end - begin) + piece.length];
    System.arraycopy(bytes, 0, out, 0, begin);
    System.arraycopy(piece, 0, out, begin, piece.length);
    System.arraycopy(bytes, end, out, begin + piece.length, bytes.length - end);
    return out;
  }
}
