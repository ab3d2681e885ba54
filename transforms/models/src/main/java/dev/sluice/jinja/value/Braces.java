package dev.sluice.jinja.value;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Python's {@code text.format(...)} with plain places: <code>{}</code>, <code>{0}</code>, <code>
 * {name}</code>.
 */
final class Braces {
  private static final Pattern PLACE = Pattern.compile("\\{\\{|\\}\\}|\\{([A-Za-z0-9_]*)\\}|[{}]");

  private Braces() {}

  static String formatted(String text, Arguments arguments) {
    Matcher place = PLACE.matcher(text);
    StringBuilder out = new StringBuilder();
    int start = 0;
    int next = 0;
    while (place.find()) {
      out.append(text, start, place.start());
      start = place.end();
      String name = place.group(1);
      if (name == null) {
        if (place.group().length() == 1) {
          throw new TemplateException(
              "format fills {}, {0} and {name} alone, but finds '%s' in '%s'"
                  .formatted(place.group(), text));
        }
        out.append(place.group().charAt(0));
        continue;
      }
      boolean numbered = name.matches("\\d{0,4}");
      int number = !numbered ? -1 : name.isEmpty() ? next++ : Integer.parseInt(name);
      Object value =
          !numbered
              ? arguments.named().get(name)
              : number < arguments.positional().size() ? arguments.positional().get(number) : null;
      if (value == null) {
        throw new TemplateException("format finds no value for '%s'".formatted(place.group()));
      }
      out.append(Writer.text(value));
      Limits.text(out.length());
    }
    return out.append(text, start, text.length()).toString();
  }
}
