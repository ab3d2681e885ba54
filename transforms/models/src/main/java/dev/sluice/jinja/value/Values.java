package dev.sluice.jinja.value;

import dev.sluice.jinja.Macro;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is true of every value of a template. Values are {@link None}, {@link Undefined}, {@link
 * Boolean}, {@link BigInteger}, {@link Double}, {@link String}, {@link List}, {@link Tuple}, {@link
 * Dict}, {@link Range}, {@link View}, {@link Once}, {@link Namespace}, {@link Loop} and {@link
 * Callable}.
 */
public final class Values {
  private static final int MAX_QUOTE = 60;

  private Values() {}

  public static boolean truth(Object value) {
    if (value instanceof Boolean flag) {
      return flag;
    }
    if (value instanceof BigInteger number) {
      return number.signum() != 0;
    }
    if (value instanceof Double number) {
      return number != 0;
    }
    if (value instanceof String text) {
      return !text.isEmpty();
    }
    if (value instanceof Loop loop) {
      return loop.length() > 0;
    }
    List<Object> items = sized(value);
    return items == null
        ? !(value instanceof None || value instanceof Undefined)
        : !items.isEmpty();
  }

  /** The items of what has a length and is no text; null for anything else. */
  static @Nullable List<Object> sized(Object value) {
    if (value instanceof List<?> list) {
      @SuppressWarnings("unchecked") // lists of a template hold values alone
      List<Object> items = (List<Object>) list;
      return items;
    }
    if (value instanceof Tuple tuple) {
      return tuple.items();
    }
    if (value instanceof Dict dict) {
      return dict.keys();
    }
    if (value instanceof View view) {
      return view.items();
    }
    return value instanceof Range range ? range.items() : null;
  }

  /** The items of a list or tuple, which can be added, indexed and cut. */
  static @Nullable public List<Object> sequence(Object value) {
    return value instanceof Dict || value instanceof View ? null : sized(value);
  }

  public static int length(Object value) {
    if (value instanceof String text) {
      return text.codePointCount(0, text.length());
    }
    if (value instanceof Undefined) {
      return 0;
    }
    if (value instanceof Loop loop) {
      return loop.length();
    }
    List<Object> items = sized(value);
    if (items == null) {
      throw new TemplateException(described(value) + " has no length");
    }
    return items.size();
  }

  /** What a loop over a value walks; null if it cannot be walked. */
  static @Nullable public Iterator<Object> iteratorOrNull(Object value) {
    if (value instanceof String text) {
      return text.codePoints().mapToObj(c -> (Object) Character.toString(c)).iterator();
    }
    if (value instanceof Undefined) {
      return List.<Object>of().iterator();
    }
    if (value instanceof Once once) {
      return once.items();
    }
    List<Object> items = sized(value);
    return items == null ? null : items.iterator();
  }

  public static Iterator<Object> iterator(Object value) {
    Iterator<Object> items = iteratorOrNull(value);
    if (items == null) {
      throw new TemplateException(described(value) + " cannot be walked: it has no items");
    }
    return items;
  }

  /** All items, in a list of their own. */
  public static List<Object> list(Object value) {
    List<Object> list = new ArrayList<>();
    for (Iterator<Object> items = iterator(value); items.hasNext(); ) {
      list.add(items.next());
      Limits.items(list.size());
    }
    return list;
  }

  /** Python's {@code in}. */
  public static boolean contains(Object container, Object item) {
    if (container instanceof String text) {
      if (item instanceof String part) {
        return Search.forward(part).in(text, 0) >= 0;
      }
      throw new TemplateException("'in <text>' wants text on its left, but got " + described(item));
    }
    if (container instanceof Dict dict) {
      Comparison.hash(item);
      return dict.get(item) != null;
    }
    return Comparison.among(iterator(container), item);
  }

  /** Python's name of the type. */
  static String type(Object value) {
    if (value instanceof View view) {
      return view.type();
    }
    if (value instanceof Once once) {
      return once.type();
    }
    if (value instanceof Callable callable) {
      return callable instanceof Macro ? "Macro" : "function";
    }
    if (value instanceof None) {
      return "NoneType";
    }
    if (value instanceof List) {
      return "list";
    }
    return switch (value.getClass().getSimpleName()) {
      case "String" -> "str";
      case "BigInteger" -> "int";
      case "Double" -> "float";
      case "Boolean" -> "bool";
      case "Dict", "Tuple", "Range" ->
          value.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
      case "Loop" -> "LoopContext";
      default -> value.getClass().getSimpleName();
    };
  }

  /** A value for a message: its type and, short, itself. */
  public static String described(Object value) {
    if (value instanceof Undefined missing) {
      return "what is not there (" + missing.message() + ")";
    }
    if (value instanceof None) {
      return "None";
    }
    String text;
    try {
      text = Writer.quoted(value);
    } catch (TemplateException e) {
      return "a very large " + type(value);
    }
    return text.length() > MAX_QUOTE
        ? "the " + type(value) + " " + text.substring(0, MAX_QUOTE) + "..."
        : "the " + type(value) + " " + text;
  }
}
