package dev.sluice.jinja.value;

import java.math.BigInteger;
import java.util.AbstractList;
import java.util.List;

/** Python's range, of at most {@value #MAX} numbers. */
public record Range(long start, long stop, long step) {
  /** As Jinja's sandbox has it. */
  static final int MAX = 100_000;

  public Range {
    if (step == 0) {
      throw new TemplateException("range() needs a step that is not 0");
    }
    if (length(start, stop, step) > MAX) {
      throw new TemplateException(
          "range(%d, %d, %d) has more than the %d numbers that a template may have"
              .formatted(start, stop, step, MAX));
    }
  }

  private static long length(long start, long stop, long step) {
    long span = step > 0 ? Math.subtractExact(stop, start) : Math.subtractExact(start, stop);
    long width = Math.abs(step);
    return span <= 0 ? 0 : (span - 1) / width + 1;
  }

  List<Object> items() {
    int size = (int) length(start, stop, step);
    return new AbstractList<>() {
      @Override
      public Object get(int index) {
        return BigInteger.valueOf(start + index * step);
      }

      @Override
      public int size() {
        return size;
      }
    };
  }
}
