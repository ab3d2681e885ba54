package dev.sluice.jinja;

import dev.sluice.jinja.value.Arguments;
import dev.sluice.jinja.value.Callable;
import dev.sluice.jinja.value.Dict;
import dev.sluice.jinja.value.Json;
import dev.sluice.jinja.value.Limits;
import dev.sluice.jinja.value.None;
import dev.sluice.jinja.value.Numbers;
import dev.sluice.jinja.value.Percent;
import dev.sluice.jinja.value.StringMethods;
import dev.sluice.jinja.value.TemplateException;
import dev.sluice.jinja.value.Texts;
import dev.sluice.jinja.value.Tuple;
import dev.sluice.jinja.value.Values;
import dev.sluice.jinja.value.Writer;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Jinja's filters by name: those of text here, those of items in {@link ItemFilters}. */
final class Filters {
  static final List<String> NAMES =
      List.of(
          "abs",
          "attr",
          "batch",
          "capitalize",
          "center",
          "count",
          "d",
          "default",
          "dictsort",
          "e",
          "escape",
          "first",
          "float",
          "forceescape",
          "format",
          "groupby",
          "indent",
          "int",
          "items",
          "join",
          "last",
          "length",
          "list",
          "lower",
          "map",
          "max",
          "min",
          "reject",
          "rejectattr",
          "replace",
          "reverse",
          "round",
          "safe",
          "select",
          "selectattr",
          "slice",
          "sort",
          "string",
          "sum",
          "title",
          "tojson",
          "trim",
          "truncate",
          "unique",
          "upper",
          "wordcount");

  private final ItemFilters items;

  private final Map<String, UnaryOperator<String>> more;

  /**
   * @param more filters of texts, by name
   */
  Filters(Limits limits, Map<String, UnaryOperator<String>> more) {
    this.more = more;
    this.items = new ItemFilters(this, limits);
  }

  /**
   * What a filter makes of a value.
   *
   * @throws TemplateException naming the nearest filter if there is none of this name
   */
  Object apply(String name, Object value, Arguments arguments) {
    UnaryOperator<String> own = more.get(name);
    Object result =
        own == null
            ? text(name, value, arguments)
            : plain(name, arguments, own.apply(Writer.text(value)));
    if (result == null) {
      result = NumberFilters.apply(name, value, arguments);
    }
    if (result == null) {
      result = items.apply(name, value, arguments);
    }
    if (result == null) {
      throw TemplateException.unknown("there is no filter '" + name + "'", name, NAMES, "", 0);
    }
    return result;
  }

  private static @Nullable Object text(String name, Object value, Arguments given) {
    return switch (name) {
      case "upper" -> plain(name, given, Texts.upper(Writer.text(value)));
      case "lower" -> plain(name, given, Texts.lower(Writer.text(value)));
      case "capitalize" -> plain(name, given, Texts.capitalized(Writer.text(value)));
      case "title" -> plain(name, given, titled(Writer.text(value)));
      case "string", "safe" -> plain(name, given, Writer.text(value));
      case "e", "escape", "forceescape" -> plain(name, given, escaped(Writer.text(value)));
      case "trim" -> method(Writer.text(value), "strip", given);
      case "center" -> method(Writer.text(value), "center", centered(given));
      case "replace" -> {
        Arguments.Bound bound = given.bind(name, 2, "old", "new", "count");
        yield Texts.replaced(
            Writer.text(value),
            Writer.text(bound.get(0, "")),
            Writer.text(bound.get(1, "")),
            bound.get(2, None.NONE) instanceof None ? -1 : bound.number(2, -1));
      }
      case "format" ->
          Percent.formatted(
              Writer.text(value),
              given.named().isEmpty() ? new Tuple(given.positional()) : named(given));
      case "indent" -> indented(value, given);
      case "truncate" -> truncated(value, given);
      case "wordcount" -> Numbers.of(words(Writer.text(value)));
      case "tojson" -> Json.dumped(value, given);
      default -> null;
    };
  }

  private static Object plain(String name, Arguments given, Object value) {
    given.bind("the filter '" + name + "'", 0);
    return value;
  }

  private static Dict named(Arguments given) {
    if (!given.positional().isEmpty()) {
      throw new TemplateException("format takes values by place or by name, not both");
    }
    Dict dict = new Dict();
    given.named().forEach(dict::with);
    return dict;
  }

  private static Object method(String text, String name, Arguments given) {
    return StringMethods.method(text, name) instanceof Callable method
        ? method.call(given)
        : None.NONE;
  }

  private static Arguments centered(Arguments given) {
    return Arguments.of(given.bind("center", 0, "width").get(0, Numbers.of(80)));
  }

  private static String escaped(String text) {
    Limits.text(5L * text.length());
    return text.replace("&", "&amp;")
        .replace(">", "&gt;")
        .replace("<", "&lt;")
        .replace("'", "&#39;")
        .replace("\"", "&#34;");
  }

  private static String titled(String text) {
    StringBuilder out = new StringBuilder();
    boolean begins = true;
    for (int c : text.codePoints().toArray()) {
      boolean between = Texts.isSpace(c) || "-({[<".indexOf(c) >= 0;
      String each = Character.toString(c);
      out.append(between ? each : begins ? Texts.upper(each) : Texts.lower(each));
      begins = between;
    }
    return out.toString();
  }

  private static String indented(Object value, Arguments given) {
    if (!(value instanceof String text)) {
      throw new TemplateException("indent wants text, but got " + Values.described(value));
    }
    Arguments.Bound bound = given.bind("indent", 0, "width", "first", "blank");
    String indent =
        bound.get(0, None.NONE) instanceof String by ? by : Texts.repeated(" ", bound.number(0, 4));
    List<Object> lines = Texts.lines(text + "\n", false);
    Limits.text(text.length() + (long) indent.length() * lines.size());
    StringBuilder out = new StringBuilder(bound.flag(1, false) ? indent : "");
    for (int i = 0; i < lines.size(); i++) {
      String line = Writer.text(lines.get(i));
      boolean indents = i > 0 && (bound.flag(2, false) || !line.isEmpty());
      out.append(i == 0 ? "" : "\n").append(indents ? indent : "").append(line);
    }
    return out.toString();
  }

  private static Object truncated(Object value, Arguments given) {
    Arguments.Bound bound = given.bind("truncate", 0, "length", "killwords", "end", "leeway");
    int length = bound.number(0, 255);
    String end = bound.text(2, "...");
    int kept = length - Values.length(end);
    if (kept < 0) {
      throw new TemplateException(
          "truncate wants a length of at least that of '%s'".formatted(end));
    }
    if (Values.length(value) <= (long) length + bound.number(3, 5)) {
      return value;
    }
    if (!(value instanceof String text)) {
      throw new TemplateException("truncate wants text, but got " + Values.described(value));
    }
    String cut = text.substring(0, text.offsetByCodePoints(0, kept));
    int space = cut.lastIndexOf(' ');
    return (bound.flag(1, false) || space < 0 ? cut : cut.substring(0, space)) + end;
  }

  private static int words(String text) {
    int count = 0;
    boolean within = false;
    for (int c : text.codePoints().toArray()) {
      boolean word = Character.isLetterOrDigit(c) || c == '_';
      count += word && !within ? 1 : 0;
      within = word;
    }
    return count;
  }
}
