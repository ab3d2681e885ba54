package dev.sluice.pipelines.file;

import dev.sluice.records.config.Key;
import java.math.BigDecimal;
import java.util.List;

/** What a key allows, in words. */
public final class Rules {
  private Rules() {}

  /** Such as {@code a whole number from 1 to 64}. */
  public static String allowed(Shape shape, Key key) {
    if (key.refersTo().equals(Key.CONTENT)) {
      return "the path of a YAML file";
    }
    if (shape instanceof Shape.Whole) {
      return "a whole number" + range(key);
    }
    if (shape instanceof Shape.Real) {
      return "a number" + range(key);
    }
    if (shape instanceof Shape.Items) {
      return "a list" + entries(key);
    }
    if (shape instanceof Shape.Kinds kinds && key.flat()) {
      return oneOf(kinds.kinds().keySet()) + ", or " + kind(shape);
    }
    if (shape instanceof Shape.Block block && !key.bare().isEmpty()) {
      for (Shape.Field inner : Shape.fields(block.type())) {
        if (inner.name().equals(key.bare())) {
          return kind(shape) + ", or " + allowed(inner.shape(), inner.key());
        }
      }
    }
    return kind(shape);
  }

  /** The same without a range: of the entries of a list. */
  public static String kind(Shape shape) {
    if (shape instanceof Shape.Free) {
      return "any value";
    }
    if (shape instanceof Shape.Flag) {
      return "true or false";
    }
    if (shape instanceof Shape.Whole) {
      return "a whole number";
    }
    if (shape instanceof Shape.Real) {
      return "a number";
    }
    if (shape instanceof Shape.Text text) {
      return text.choices().isEmpty() ? "a text" : oneOf(text.choices());
    }
    if (shape instanceof Shape.Choice choice) {
      return oneOf(choice.type().words());
    }
    if (shape instanceof Shape.Envelope envelope) {
      return kind(envelope.kinds());
    }
    if (shape instanceof Shape.Kinds kinds) {
      return "a block with the key '" + kinds.selector() + "'";
    }
    return shape instanceof Shape.Items ? "a list" : "a block of keys";
  }

  public static String oneOf(Iterable<String> words) {
    return "one of " + String.join(", ", words);
  }

  private static String range(Key key) {
    boolean low = key.min() != Double.NEGATIVE_INFINITY;
    boolean high = key.max() != Double.POSITIVE_INFINITY;
    if (low && high && !key.minExclusive()) {
      return " from " + number(key.min()) + " to " + number(key.max());
    }
    String least = (key.minExclusive() ? " above " : " of at least ") + number(key.min());
    String most = number(key.max());
    if (low && high) {
      return least + " and at most " + most;
    }
    return low ? least : high ? " of at most " + most : "";
  }

  private static String entries(Key key) {
    boolean high = key.max() != Double.POSITIVE_INFINITY;
    if (key.min() <= 0 && !high) {
      return "";
    }
    String unit = " of ";
    if (key.min() > 0 && high) {
      return unit + number(key.min()) + " to " + number(key.max()) + " entries";
    }
    return key.min() > 0
        ? unit + "at least " + number(key.min()) + (key.min() == 1 ? " entry" : " entries")
        : unit + "at most " + number(key.max()) + (key.max() == 1 ? " entry" : " entries");
  }

  static boolean inside(double value, Key key) {
    return (key.minExclusive() ? value > key.min() : value >= key.min()) && value <= key.max();
  }

  /** Whole values without a point. */
  public static String number(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return Long.toString((long) value);
    }
    return Math.abs(value) >= 1e-4 && Math.abs(value) < 1e7
        ? new BigDecimal(Double.toString(value)).toPlainString()
        : Double.toString(value);
  }

  /** Up to a dozen names for a message. */
  public static String list(List<String> names) {
    return names.size() <= 12
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, 12)) + ", ...";
  }
}
