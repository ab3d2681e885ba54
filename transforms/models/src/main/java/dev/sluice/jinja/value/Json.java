package dev.sluice.jinja.value;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Values as Python's {@code json.dumps} writes them. */
public final class Json {
  private final StringBuilder out = new StringBuilder();
  private final boolean ascii;
  private final String indent;
  private final boolean indented;
  private final String between;
  private final String colon;
  private final boolean sorted;

  /**
   * @param ascii whether all else is escaped
   * @param indent text of one level; None for one line
   * @param between what stands between items
   * @param colon what stands between a key and its value
   */
  private Json(boolean ascii, Object indent, String between, String colon, boolean sorted) {
    this.ascii = ascii;
    this.indented = !(indent instanceof None);
    this.indent = indent instanceof String text ? text : indented ? " ".repeat(width(indent)) : "";
    this.between = between;
    this.colon = colon;
    this.sorted = sorted;
  }

  private static int width(Object indent) {
    if (!Numbers.isInteger(indent)) {
      throw new TemplateException(
          "tojson wants a number or text for 'indent', but got " + Values.described(indent));
    }
    return Math.max(0, Math.min(Numbers.clamped(indent), 1000));
  }

  /** The filter {@code tojson} of transformers. */
  public static String dumped(Object value, Arguments arguments) {
    Arguments.Bound bound =
        arguments.bind("tojson", 0, "ensure_ascii", "indent", "separators", "sort_keys");
    Object indent = bound.get(1, None.NONE);
    String between = indent instanceof None ? ", " : ",";
    String colon = ": ";
    Object separators = bound.get(2, None.NONE);
    if (!(separators instanceof None)) {
      List<Object> two = Values.list(separators);
      if (two.size() != 2
          || !(two.get(0) instanceof String a)
          || !(two.get(1) instanceof String b)) {
        throw new TemplateException(
            "tojson wants two texts for 'separators', but got " + Values.described(separators));
      }
      between = a;
      colon = b;
    }
    Json json = new Json(bound.flag(0, false), indent, between, colon, bound.flag(3, false));
    json.write(value, 0);
    return json.out.toString();
  }

  private void write(Object value, int depth) {
    Limits.text(out.length());
    Limits.depth(depth);
    if (value instanceof String text) {
      quote(text);
    } else if (value instanceof Dict dict) {
      writeDict(dict, depth);
    } else if (value instanceof List<?> list) {
      writeList(list, depth);
    } else if (value instanceof Tuple tuple) {
      writeList(tuple.items(), depth);
    } else {
      out.append(scalar(value));
    }
  }

  private static String scalar(Object value) {
    if (value instanceof Boolean flag) {
      return flag ? "true" : "false";
    }
    if (value instanceof None) {
      return "null";
    }
    if (value instanceof BigInteger number) {
      return number.toString();
    }
    if (value instanceof Double number) {
      return Double.isNaN(number)
          ? "NaN"
          : Double.isInfinite(number)
              ? number > 0 ? "Infinity" : "-Infinity"
              : Numbers.written(number);
    }
    throw new TemplateException("tojson cannot write " + Values.described(value) + " as JSON");
  }

  private void writeList(List<?> items, int depth) {
    if (items.isEmpty()) {
      out.append("[]");
      return;
    }
    out.append('[');
    for (int i = 0; i < items.size(); i++) {
      out.append(i == 0 ? "" : between);
      breakLine(depth + 1);
      write(items.get(i), depth + 1);
    }
    breakLine(depth);
    out.append(']');
  }

  private void writeDict(Dict dict, int depth) {
    if (dict.size() == 0) {
      out.append("{}");
      return;
    }
    List<Object> keys = new ArrayList<>(dict.keys());
    if (sorted) {
      keys.sort(Comparator.comparing(key -> key, Comparison::order));
    }
    out.append('{');
    String before = "";
    for (Object key : keys) {
      out.append(before);
      before = between;
      breakLine(depth + 1);
      if (key instanceof String text) {
        quote(text);
      } else {
        quote(scalar(key));
      }
      out.append(colon);
      Object value = dict.get(key);
      write(value == null ? None.NONE : value, depth + 1);
    }
    breakLine(depth);
    out.append('}');
  }

  private void breakLine(int depth) {
    if (indented) {
      Limits.text((long) out.length() + (long) indent.length() * depth);
      out.append('\n').append(indent.repeat(depth));
    }
  }

  private void quote(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        default -> {
          if (c < ' ' || (ascii && c > '~')) {
            out.append("\\u%04x".formatted((int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
