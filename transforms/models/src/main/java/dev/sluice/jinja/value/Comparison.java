package dev.sluice.jinja.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Iterator;
import java.util.List;

/**
 * Equality, order and hash as Python has them, with bounded work: lists that hold lists that hold
 * lists could ask for more than there is time for.
 */
public final class Comparison {
  private static final int MAX_WORK = 2_000_000;
  private static final int CHARACTERS_A_STEP = 64;

  private int work;
  private int depth;

  private Comparison() {}

  public static boolean equal(Object left, Object right) {
    return new Comparison().same(left, right);
  }

  /** Whether one of the items is equal to another; the work of all of them is bounded. */
  static boolean among(Iterator<Object> items, Object item) {
    Comparison comparison = new Comparison();
    while (items.hasNext()) {
      Object each = items.next();
      if (each == item || comparison.same(each, item)) {
        return true;
      }
    }
    return false;
  }

  /** How many of the items are equal to another. */
  public static long count(Iterable<Object> items, Object item) {
    Comparison comparison = new Comparison();
    long count = 0;
    for (Object each : items) {
      count += comparison.same(each, item) ? 1 : 0;
    }
    return count;
  }

  /** The place of the first item that is equal to another; -1 if there is none. */
  public static int place(List<Object> items, Object item) {
    Comparison comparison = new Comparison();
    for (int i = 0; i < items.size(); i++) {
      if (comparison.same(items.get(i), item)) {
        return i;
      }
    }
    return -1;
  }

  /** Consistent with {@link #equal}; only what Python can hash. */
  static int hash(Object value) {
    return new Comparison().hashed(value);
  }

  /** Whether a dict can have it as a key. */
  public static boolean isHashable(Object value) {
    return value instanceof Tuple tuple
        ? tuple.items().stream().allMatch(Comparison::isHashable)
        : !(value instanceof List || value instanceof Dict || value instanceof View);
  }

  /**
   * Negative, 0 or positive.
   *
   * @throws TemplateException if the two have no order
   */
  public static int order(Object left, Object right) {
    return new Comparison().ordered(left, right);
  }

  private void work() {
    if (++work > MAX_WORK) {
      throw new TemplateException("two values are too large to be compared");
    }
  }

  private boolean same(Object left, Object right) {
    Limits.depth(++depth);
    boolean result = sameFlat(left, right);
    depth--;
    return result;
  }

  private boolean sameFlat(Object left, Object right) {
    work();
    if (Numbers.isNumber(left) && Numbers.isNumber(right)) {
      return Numbers.equal(left, right);
    }
    if (left instanceof Undefined) {
      return right instanceof Undefined;
    }
    if (left instanceof List<?> a && right instanceof List<?> b) {
      return sameItems(a, b);
    }
    if (left instanceof Tuple a && right instanceof Tuple b) {
      return sameItems(a.items(), b.items());
    }
    if (left instanceof Range a && right instanceof Range b) {
      return sameItems(a.items(), b.items());
    }
    if (left instanceof Dict a && right instanceof Dict b) {
      return sameEntries(a, b);
    }
    if (left instanceof String a && right instanceof String b && a.length() == b.length()) {
      work += a.length() / CHARACTERS_A_STEP;
    }
    if (left instanceof String || left instanceof None) {
      return left.equals(right);
    }
    return left == right;
  }

  private boolean sameItems(List<?> left, List<?> right) {
    if (left.size() != right.size()) {
      return false;
    }
    for (int i = 0; i < left.size(); i++) {
      if (left.get(i) != right.get(i) && !same(left.get(i), right.get(i))) {
        return false;
      }
    }
    return true;
  }

  private boolean sameEntries(Dict left, Dict right) {
    if (left.size() != right.size()) {
      return false;
    }
    for (Object key : left.keys()) {
      Object a = left.get(key);
      Object b = right.get(key);
      if (a == null || b == null || !(a == b || same(a, b))) {
        return false;
      }
    }
    return true;
  }

  private int hashed(Object value) {
    Limits.depth(++depth);
    int result = hashedFlat(value);
    depth--;
    return result;
  }

  private int hashedFlat(Object value) {
    work();
    if (Numbers.isNumber(value)) {
      return Double.hashCode(Numbers.approximately(value) + 0.0);
    }
    if (value instanceof Tuple tuple) {
      int hash = 1;
      for (Object item : tuple.items()) {
        hash = 31 * hash + hashed(item);
      }
      return hash;
    }
    if (value instanceof List || value instanceof Dict || value instanceof View) {
      throw new TemplateException("unhashable type: '" + Values.type(value) + "'");
    }
    return value instanceof String || value instanceof None
        ? value.hashCode()
        : value instanceof Undefined ? 0 : System.identityHashCode(value);
  }

  private int ordered(Object left, Object right) {
    Limits.depth(++depth);
    int result = orderedFlat(left, right);
    depth--;
    return result;
  }

  private int orderedFlat(Object left, Object right) {
    work();
    if (Numbers.isNumber(left) && Numbers.isNumber(right)) {
      return Numbers.compare(left, right);
    }
    if (left instanceof String a && right instanceof String b) {
      return byCodePoint(a, b);
    }
    if (left instanceof List<?> a && right instanceof List<?> b) {
      return orderedItems(a, b);
    }
    if (left instanceof Tuple a && right instanceof Tuple b) {
      return orderedItems(a.items(), b.items());
    }
    if (left instanceof Undefined missing) {
      throw missing.used();
    }
    if (right instanceof Undefined missing) {
      throw missing.used();
    }
    throw new TemplateException(
        "%s and %s have no order".formatted(Values.described(left), Values.described(right)));
  }

  private int orderedItems(List<?> left, List<?> right) {
    for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
      if (!same(left.get(i), right.get(i))) {
        return ordered(left.get(i), right.get(i));
      }
    }
    return Integer.compare(left.size(), right.size());
  }

  /** Java compares UTF-16 units, which puts what lies above U+FFFF before U+E000. */
  private static int byCodePoint(String left, String right) {
    int length = Math.min(left.length(), right.length());
    for (int i = 0; i < length; i++) {
      char a = left.charAt(i);
      char b = right.charAt(i);
      if (a != b) {
        boolean pairs = Character.isSurrogate(a) != Character.isSurrogate(b);
        return pairs ? Character.isSurrogate(a) ? 1 : -1 : Character.compare(a, b);
      }
    }
    return Integer.compare(left.length(), right.length());
  }

  static int exactly(BigInteger left, double right) {
    return new BigDecimal(left).compareTo(new BigDecimal(right));
  }
}
