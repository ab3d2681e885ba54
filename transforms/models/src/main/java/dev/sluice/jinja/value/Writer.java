package dev.sluice.jinja.value;

import dev.sluice.jinja.Macro;
import java.math.BigInteger;
import java.util.List;

/** Values as Python's {@code str} and {@code repr} write them. */
public final class Writer {
  private final StringBuilder out = new StringBuilder();
  private int depth;

  private Writer() {}

  /** {@code str(value)}. */
  public static String text(Object value) {
    return value instanceof String text ? text : quoted(value);
  }

  /** {@code repr(value)}, but nothing for what is not there. */
  public static String quoted(Object value) {
    if (value instanceof Undefined) {
      return "";
    }
    Writer writer = new Writer();
    writer.write(value);
    return writer.out.toString();
  }

  private void write(Object value) {
    Limits.depth(++depth);
    writeAny(value);
    depth--;
  }

  private void writeAny(Object value) {
    Limits.text(out.length());
    if (value instanceof String text) {
      quote(text);
    } else if (value instanceof Boolean flag) {
      out.append(flag ? "True" : "False");
    } else if (value instanceof None) {
      out.append("None");
    } else if (value instanceof Undefined) {
      out.append("Undefined");
    } else if (value instanceof BigInteger number) {
      out.append(Numbers.bounded(number));
    } else if (value instanceof Double number) {
      out.append(Numbers.written(number));
    } else if (value instanceof Dict dict) {
      writeDict(dict);
    } else if (value instanceof Tuple tuple) {
      writeItems("(", tuple.items(), tuple.items().size() == 1 ? ",)" : ")");
    } else if (value instanceof View view) {
      writeItems(view.type() + "([", view.items(), "])");
    } else if (value instanceof List<?> list) {
      writeItems("[", list, "]");
    } else if (value instanceof Range range) {
      out.append("range(").append(range.start()).append(", ").append(range.stop());
      out.append(range.step() == 1 ? ")" : ", " + range.step() + ")");
    } else if (value instanceof Loop loop) {
      out.append("<LoopContext %d/%d>".formatted(loop.index0() + 1, loop.length()));
    } else if (value instanceof Macro macro) {
      out.append("<Macro ").append(macro.shownName()).append(">");
    } else {
      out.append("<").append(Values.type(value)).append(">");
    }
  }

  private void writeItems(String open, List<?> items, String close) {
    out.append(open);
    for (int i = 0; i < items.size(); i++) {
      out.append(i == 0 ? "" : ", ");
      write(items.get(i));
    }
    out.append(close);
  }

  private void writeDict(Dict dict) {
    List<Object> keys = dict.keys();
    List<Object> values = dict.values();
    out.append("{");
    for (int i = 0; i < keys.size(); i++) {
      out.append(i == 0 ? "" : ", ");
      write(keys.get(i));
      out.append(": ");
      write(values.get(i));
    }
    out.append("}");
  }

  private void quote(String text) {
    char mark = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
    out.append(mark);
    text.codePoints().forEach(c -> quote(c, mark));
    out.append(mark);
  }

  private void quote(int c, char mark) {
    switch (c) {
      case '\\' -> out.append("\\\\");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> {
        if (c == mark) {
          out.append('\\').append(mark);
        } else if (Texts.isPrintable(c)) {
          out.appendCodePoint(c);
        } else {
          out.append(
              c < 0x100
                  ? "\\x%02x".formatted(c)
                  : c < 0x10000 ? "\\u%04x".formatted(c) : "\\U%08x".formatted(c));
        }
      }
    }
  }
}
