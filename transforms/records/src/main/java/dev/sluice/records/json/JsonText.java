package dev.sluice.records.json;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;

/** Writes trees of JSON values as text, in the forms of {@link Json}. */
final class JsonText {
  private final StringBuilder out = new StringBuilder();
  private final boolean sorted;
  private final boolean indented;
  private final boolean line;
  private final DoubleFunction<String> numbers;

  private JsonText(boolean sorted, boolean indented, boolean line, DoubleFunction<String> numbers) {
    this.sorted = sorted;
    this.indented = indented;
    this.line = line;
    this.numbers = numbers;
  }

  static String canonical(@Nullable Object tree) {
    return new JsonText(true, false, false, JsonText::number).text(tree);
  }

  static String compact(@Nullable Object tree) {
    return new JsonText(false, false, false, JsonText::number).text(tree);
  }

  static String line(@Nullable Object tree) {
    return new JsonText(false, false, true, Double::toString).text(tree);
  }

  static String pretty(@Nullable Object tree, DoubleFunction<String> numbers) {
    return new JsonText(false, true, false, numbers).text(tree);
  }

  private String text(@Nullable Object tree) {
    value(tree, 0);
    return out.toString();
  }

  private void value(@Nullable Object value, int depth) {
    if (value instanceof String text) {
      quote(text);
    } else if (value instanceof Double number) {
      if (Double.isFinite(number)) {
        out.append(numbers.apply(number));
      } else {
        quote(number.toString());
      }
    } else if (value instanceof BigDecimal number) {
      out.append(number.toPlainString());
    } else if (value instanceof Map<?, ?> map) {
      object(map, depth);
    } else if (value instanceof List<?> list) {
      array(list, depth);
    } else {
      out.append(value); // null, truth values, integers
    }
  }

  private void object(Map<?, ?> map, int depth) {
    out.append('{');
    Iterator<? extends Map.Entry<?, ?>> entries =
        (sorted ? new TreeMap<>(map) : map).entrySet().iterator();
    while (entries.hasNext()) {
      Map.Entry<?, ?> entry = entries.next();
      newLine(depth + 1);
      quote(entry.getKey().toString());
      out.append(indented ? ": " : ":");
      value(entry.getValue(), depth + 1);
      out.append(entries.hasNext() ? "," : "");
    }
    end(map.isEmpty(), depth, '}');
  }

  private void array(List<?> list, int depth) {
    out.append('[');
    for (int i = 0; i < list.size(); i++) {
      newLine(depth + 1);
      value(list.get(i), depth + 1);
      out.append(i < list.size() - 1 ? "," : "");
    }
    end(list.isEmpty(), depth, ']');
  }

  private void end(boolean empty, int depth, char bracket) {
    if (!empty) {
      newLine(depth);
    }
    out.append(bracket);
  }

  private void newLine(int depth) {
    if (indented) {
      out.append('\n').append("  ".repeat(depth));
    }
  }

  private void quote(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int escape = (line ? "\"\\\n\r\t" : "\"\\\n\r\t\b\f").indexOf(c);
      if (escape >= 0) {
        out.append('\\').append("\"\\nrtbf".charAt(escape));
      } else if (c < 0x20 || (line && (c == 0x2028 || c == 0x2029))) {
        out.append("\\u%04x".formatted((int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }

  /**
   * A finite number as ECMAScript prints it (ECMA-262, Number::toString). {@code Double.toString}
   * will not do: before JDK 19 it did not always print the shortest digits.
   */
  static String number(double value) {
    if (value == 0) {
      return "0";
    }
    BigDecimal shortest = shortest(value);
    String digits = shortest.unscaledValue().abs().toString();
    int point = digits.length() - shortest.scale(); // digits before the point
    StringBuilder text = new StringBuilder(value < 0 ? "-" : "");
    if (point > 0 && point <= 21) {
      if (digits.length() <= point) {
        text.append(digits).append("0".repeat(point - digits.length()));
      } else {
        text.append(digits, 0, point).append('.').append(digits, point, digits.length());
      }
    } else if (point > -6 && point <= 0) {
      text.append("0.").append("0".repeat(-point)).append(digits);
    } else {
      text.append(digits.charAt(0));
      if (digits.length() > 1) {
        text.append('.').append(digits, 1, digits.length());
      }
      text.append('e').append(point > 0 ? "+" : "-").append(Math.abs(point - 1));
    }
    return text.toString();
  }

  /** The decimal with the fewest digits that reads back as the value; 17 always do. */
  private static BigDecimal shortest(double value) {
    BigDecimal exact = new BigDecimal(value);
    for (int digits = 1; digits < 17; digits++) {
      BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      if (rounded.doubleValue() == value) {
        return rounded.stripTrailingZeros();
      }
    }
    return exact.round(new MathContext(17, RoundingMode.HALF_EVEN)).stripTrailingZeros();
  }
}
