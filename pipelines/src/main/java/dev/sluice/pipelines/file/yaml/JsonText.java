package dev.sluice.pipelines.file.yaml;

import dev.sluice.pipelines.file.Rules;
import java.util.ArrayList;
import java.util.List;

/** JSON as text: from parsed YAML, and indented for people. */
public final class JsonText {
  private JsonText() {}

  /** A node as JSON. */
  public static String of(YamlNode node) {
    if (node instanceof YamlNode.Sequence list) {
      List<String> items = new ArrayList<>();
      list.items().forEach(item -> items.add(of(item)));
      return JsonObject.array(items);
    }
    if (node instanceof YamlNode.Mapping block) {
      JsonObject object = new JsonObject();
      block.entries().forEach((key, entry) -> object.raw(key, of(entry.value())));
      return object.toString();
    }
    YamlNode.Scalar scalar = (YamlNode.Scalar) node;
    if (scalar.value() instanceof Double number) {
      return Double.isFinite(number) ? Rules.number(number) : JsonObject.quote(scalar.text());
    }
    return scalar.value() instanceof String text
        ? JsonObject.quote(text)
        : String.valueOf(scalar.value());
  }

  /** Compact JSON with two spaces of indentation a level. */
  public static String indented(String json) {
    StringBuilder out = new StringBuilder(json.length() * 2);
    int depth = 0;
    boolean text = false;
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (text) {
        out.append(c);
        if (c == '\\') {
          out.append(json.charAt(++i));
        } else if (c == '"') {
          text = false;
        }
        continue;
      }
      switch (c) {
        case '"' -> {
          text = true;
          out.append(c);
        }
        case '{', '[' -> {
          char close = c == '{' ? '}' : ']';
          out.append(c);
          if (json.charAt(i + 1) == close) {
            out.append(close);
            i++;
          } else {
            line(out, ++depth);
          }
        }
        case '}', ']' -> {
          line(out, --depth);
          out.append(c);
        }
        case ',' -> {
          out.append(c);
          line(out, depth);
        }
        case ':' -> out.append(": ");
        default -> out.append(c);
      }
    }
    return out.toString();
  }

  private static void line(StringBuilder out, int depth) {
    out.append('\n').append("  ".repeat(depth));
  }
}
