package dev.sluice.jinja.value;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Items by place and stretches of text and lists, as Python counts them. */
public final class Slices {
  private Slices() {}

  /** The item at a place, from the end below 0; null if there is none. */
  static @Nullable public Object item(Object value, Object index) {
    int place = Numbers.clamped(index);
    int length = Values.length(value);
    long from = place < 0 ? (long) place + length : place;
    if (from < 0 || from >= length) {
      return null;
    }
    if (value instanceof String text) {
      int start = text.offsetByCodePoints(0, (int) from);
      return text.substring(start, text.offsetByCodePoints(start, 1));
    }
    List<Object> items = Values.sequence(value);
    return items == null ? null : items.get((int) from);
  }

  /** {@code value[start:stop:step]}; each bound None if it is not given. */
  public static Object slice(Object value, Object start, Object stop, Object step) {
    List<Object> items = Values.sequence(value);
    if (!(value instanceof String) && items == null) {
      throw new TemplateException(
          Values.described(value) + " cannot be cut; text, lists and tuples can");
    }
    int length = Values.length(value);
    int stride = bound(step, 1);
    if (stride == 0) {
      throw new TemplateException("a slice needs a step that is not 0");
    }
    boolean up = stride > 0;
    int first = clipped(start, length, up, up ? 0 : length - 1);
    int last = clipped(stop, length, up, up ? length : -1);
    if (value instanceof String text) {
      return cut(text, length, first, last, stride);
    }
    if (value instanceof Range range) {
      return new Range(
          range.start() + first * range.step(),
          range.start() + last * range.step(),
          range.step() * stride);
    }
    List<Object> out = new ArrayList<>();
    for (long i = first; up ? i < last : i > last; i += stride) {
      out.add(items == null ? None.NONE : items.get((int) i));
    }
    return value instanceof Tuple ? new Tuple(out) : List.copyOf(out);
  }

  private static String cut(String text, int length, int first, int last, int stride) {
    if (stride == 1) {
      if (first >= last) {
        return "";
      }
      int from = text.offsetByCodePoints(0, first);
      return text.substring(from, text.offsetByCodePoints(from, last - first));
    }
    int[] characters = text.codePoints().toArray();
    StringBuilder out = new StringBuilder(Math.min(length, text.length()));
    for (long i = first; stride > 0 ? i < last : i > last; i += stride) {
      out.appendCodePoint(characters[(int) i]);
    }
    return out.toString();
  }

  private static int bound(Object value, int otherwise) {
    if (value instanceof None) {
      return otherwise;
    }
    if (!Numbers.isInteger(value)) {
      throw new TemplateException(
          "a slice wants whole numbers or nothing, but got " + Values.described(value));
    }
    return Numbers.clamped(value);
  }

  private static int clipped(Object value, int length, boolean up, int otherwise) {
    if (value instanceof None) {
      return otherwise;
    }
    long place = bound(value, 0);
    long from = place < 0 ? place + length : place;
    return (int) Math.max(up ? 0 : -1, Math.min(from, up ? length : length - 1));
  }
}
