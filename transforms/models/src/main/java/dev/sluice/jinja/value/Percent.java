package dev.sluice.jinja.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Python's {@code text % values}: the forms s, r, d, i, u, x, X, o, c, f, F and %. */
public final class Percent {
  private static final Pattern PLACE =
      Pattern.compile("%(?:\\(([^)]*)\\))?([#0\\- +]*)(\\d{0,6})(?:\\.(\\d{0,4}))?([a-zA-Z%]?)");

  private Percent() {}

  public static String formatted(String text, Object values) {
    List<Object> all = values instanceof Tuple tuple ? tuple.items() : List.of(values);
    Iterator<Object> next = all.iterator();
    StringBuilder out = new StringBuilder();
    Matcher place = PLACE.matcher(text);
    int start = 0;
    boolean byName = false;
    while (place.find()) {
      out.append(text, start, place.start());
      start = place.end();
      if (place.group(5).equals("%")) {
        out.append('%');
        continue;
      }
      Object value;
      if (place.group(1) != null) {
        byName = true;
        value = named(values, place.group(1));
      } else if (next.hasNext()) {
        value = next.next();
      } else {
        throw new TemplateException("'%s' has more places than values are given".formatted(text));
      }
      out.append(placed(place, value));
      Limits.text(out.length());
    }
    if (next.hasNext()
        && !byName
        && !(values instanceof Dict
            || values instanceof List
            || values instanceof Range
            || values instanceof Undefined)) {
      throw new TemplateException("'%s' has fewer places than values are given".formatted(text));
    }
    return out.append(text, start, text.length()).toString();
  }

  private static Object named(Object values, String name) {
    Object value = values instanceof Dict dict ? dict.get(name) : null;
    if (value == null) {
      throw new TemplateException("'%%(%s)' finds no value of that name".formatted(name));
    }
    return value;
  }

  private static String placed(Matcher place, Object value) {
    String flags = place.group(2);
    String form = place.group(5);
    int digits =
        place.group(4) == null
            ? -1
            : place.group(4).isEmpty() ? 0 : Integer.parseInt(place.group(4));
    String text =
        switch (form) {
          case "s" -> cut(Writer.text(value), digits);
          case "r" -> cut(value instanceof Undefined ? "Undefined" : Writer.quoted(value), digits);
          case "d", "i", "u" -> padded(whole(value, form).toString(), digits);
          case "x" -> padded(whole(value, form).toString(16), digits);
          case "X" -> padded(Texts.upper(whole(value, form).toString(16)), digits);
          case "o" -> padded(whole(value, form).toString(8), digits);
          case "c" ->
              value instanceof String c ? c : Character.toString(whole(value, form).intValue());
          case "f", "F" -> real(value, digits < 0 ? 6 : digits);
          default ->
              throw new TemplateException(
                  "'%s' is no form that is supported; there are s, r, d, i, u, x, X, o, c, f and %%"
                      .formatted(place.group()));
        };
    boolean number = !form.equals("s") && !form.equals("r") && !form.equals("c");
    if (number && !text.startsWith("-")) {
      text = flags.contains("+") ? "+" + text : flags.contains(" ") ? " " + text : text;
    }
    int missing =
        (place.group(3).isEmpty() ? 0 : Integer.parseInt(place.group(3)))
            - text.codePointCount(0, text.length());
    if (missing <= 0) {
      return text;
    }
    if (flags.contains("-")) {
      return text + " ".repeat(missing);
    }
    if (flags.contains("0") && number) {
      int sign = text.matches("[-+ ].*") ? 1 : 0;
      return text.substring(0, sign) + "0".repeat(missing) + text.substring(sign);
    }
    return " ".repeat(missing) + text;
  }

  private static String cut(String text, int most) {
    return most < 0 || Values.length(text) <= most
        ? text
        : text.substring(0, text.offsetByCodePoints(0, most));
  }

  private static String padded(String digits, int least) {
    boolean negative = digits.startsWith("-");
    String figures = negative ? digits.substring(1) : digits;
    return (negative ? "-" : "") + "0".repeat(Math.max(0, least - figures.length())) + figures;
  }

  private static BigInteger whole(Object value, String form) {
    if (Numbers.isInteger(value)) {
      return Numbers.integer(value);
    }
    if (value instanceof Double number
        && "diu".contains(form)
        && !number.isNaN()
        && !number.isInfinite()) {
      return new BigDecimal(number).toBigInteger();
    }
    throw new TemplateException(
        "'%%%s' wants a number, but got %s".formatted(form, Values.described(value)));
  }

  private static String real(Object value, int digits) {
    if (!Numbers.isNumber(value)) {
      throw new TemplateException("'%f' wants a number, but got " + Values.described(value));
    }
    double number = Numbers.approximately(value);
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      return Numbers.written(number);
    }
    String text = new BigDecimal(number).setScale(digits, RoundingMode.HALF_EVEN).toPlainString();
    return number < 0 || 1 / number < 0 ? text.startsWith("-") ? text : "-" + text : text;
  }
}
