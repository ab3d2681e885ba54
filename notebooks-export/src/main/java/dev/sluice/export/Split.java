package dev.sluice.export;

import dev.sluice.records.Hashes;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How rows are shared out among the parts of a data set. The hash of a problem's id, as a number in
 * [0, 1), decides; so all rows of a problem fall in one part, and a problem keeps its part in every
 * format and when the input grows.
 *
 * @param parts the parts in order; their shares sum to 1
 */
public record Split(List<Part> parts) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");

  /** Everything in one part. */
  public static final Split TRAIN = new Split(List.of(new Part("train", BigDecimal.ONE)));

  /**
   * One part.
   *
   * @param name its name, such as {@code train}
   * @param share share of the problems that it is to get, above 0
   */
  public record Part(String name, BigDecimal share) {}

  public Split {
    parts = List.copyOf(parts);
  }

  /**
   * Reads {@code train=0.9,test=0.1}.
   *
   * @throws ExportException if it does not have that form
   */
  public static Split parse(String text) {
    List<Part> parts = new ArrayList<>();
    Set<String> names = new HashSet<>();
    BigDecimal sum = BigDecimal.ZERO;
    for (String each : text.split(",", -1)) {
      int equals = each.indexOf('=');
      String name = equals < 0 ? each.trim() : each.substring(0, equals).trim();
      if (equals < 0 || !NAME.matcher(name).matches() || !names.add(name)) {
        throw refused(text, "'%s' is no new name with a share".formatted(each));
      }
      BigDecimal share;
      try {
        share = new BigDecimal(each.substring(equals + 1).trim());
      } catch (NumberFormatException e) {
        throw refused(text, "'%s' is no number".formatted(each.substring(equals + 1)));
      }
      if (share.signum() <= 0) {
        throw refused(text, "the share of '%s' is not above 0".formatted(name));
      }
      sum = sum.add(share);
      parts.add(new Part(name, share));
    }
    if (sum.compareTo(BigDecimal.ONE) != 0) {
      throw refused(text, "the shares sum to " + sum.toPlainString());
    }
    return new Split(parts);
  }

  private static ExportException refused(String text, String why) {
    return new ExportException(
        "The split '%s' cannot be used: %s. Give names and shares that sum to 1, such as train=0.9,test=0.1."
            .formatted(text, why));
  }

  /** The index of the part that gets all rows of a problem. */
  public int part(String problemId) {
    long bits = ByteBuffer.wrap(Hashes.bytes("split", problemId)).getLong() >>> 11;
    double place = bits * 0x1.0p-53;
    double end = 0;
    for (int i = 0; i < parts.size() - 1; i++) {
      end += parts.get(i).share().doubleValue();
      if (place < end) {
        return i;
      }
    }
    return parts.size() - 1;
  }

  /** The form that {@link #parse} reads. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      text.append(text.isEmpty() ? "" : ",").append(part.name()).append('=');
      text.append(part.share().stripTrailingZeros().toPlainString());
    }
    return text.toString();
  }
}
