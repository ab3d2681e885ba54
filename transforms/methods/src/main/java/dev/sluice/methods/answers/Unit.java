package dev.sluice.methods.answers;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A unit of measurement.
 *
 * @param dimensions exponents of base quantities; empty for percent
 * @param factor what one of it is in base units
 */
record Unit(Map<String, Integer> dimensions, Scalar factor) {
  private static final Map<String, Unit> KNOWN = known();
  private static final Pattern PART =
      Pattern.compile(
          "\\s*([*/]|\\\\cdot|per\\b)?\\s*\\\\?([a-zA-Z]+)\\s*(?:\\^?\\s*\\{?\\s*(-?[1-9])\\s*\\}?)?");

  private static Map<String, Unit> known() {
    Map<String, Unit> known = new HashMap<>();
    add(known, "length", "1", "m", "meter", "meters", "metre", "metres");
    add(known, "length", "0.01", "cm", "centimeter", "centimeters", "centimetre", "centimetres");
    add(known, "length", "0.001", "mm", "millimeter", "millimeters", "millimetres");
    add(known, "length", "0.1", "dm", "decimeter", "decimeters");
    add(known, "length", "1000", "km", "kilometer", "kilometers", "kilometre", "kilometres");
    add(known, "length", "0.0254", "in", "inch", "inches");
    add(known, "length", "0.3048", "ft", "foot", "feet");
    add(known, "length", "0.9144", "yd", "yard", "yards");
    add(known, "length", "1609.344", "mi", "mile", "miles");
    add(known, "mass", "0.001", "g", "gram", "grams");
    add(known, "mass", "1", "kg", "kilogram", "kilograms");
    add(known, "mass", "0.000001", "mg", "milligram", "milligrams");
    add(known, "mass", "0.45359237", "lb", "lbs", "pound", "pounds");
    add(known, "mass", "0.028349523125", "oz", "ounce", "ounces");
    add(known, "mass", "1000", "t", "tonne", "tonnes");
    add(known, "time", "1", "s", "sec", "secs", "second", "seconds");
    add(known, "time", "60", "min", "mins", "minute", "minutes");
    add(known, "time", "3600", "h", "hr", "hrs", "hour", "hours");
    add(known, "time", "86400", "day", "days");
    add(known, "time", "604800", "week", "weeks");
    add(known, "month", "1", "month", "months");
    add(known, "month", "12", "year", "years", "yr", "yrs");
    add(known, "angle", "1", "degree", "degrees", "circ", "deg");
    add(known, "money", "1", "dollar", "dollars", "usd");
    add(known, "money", "0.01", "cent", "cents");
    add(known, "euro", "1", "euro", "euros", "eur");
    add(known, "temperature", "1", "kelvin");
    add(known, "information", "8", "byte", "bytes");
    add(known, "information", "8000", "KB", "kB", "kilobyte", "kilobytes");
    add(known, "information", "8000000", "MB", "megabyte", "megabytes");
    add(known, "information", "8000000000", "GB", "gigabyte", "gigabytes");
    add(known, "information", "8000000000000", "TB", "terabyte", "terabytes");
    known.put("percent", new Unit(Map.of(), Scalar.of(new BigDecimal("0.01"))));
    known.put("mph", power("length", "1609.344", "3600"));
    known.put("l", new Unit(Map.of("length", 3), Scalar.of(new BigDecimal("0.001"))));
    for (String name : new String[] {"liter", "liters", "litre", "litres"}) {
      known.put(name, new Unit(Map.of("length", 3), Scalar.of(new BigDecimal("0.001"))));
    }
    known.put("ml", new Unit(Map.of("length", 3), Scalar.of(new BigDecimal("0.000001"))));
    known.put("radian", new Unit(Map.of("radian", 1), Scalar.one()));
    known.put("radians", new Unit(Map.of("radian", 1), Scalar.one()));
    known.put("rad", new Unit(Map.of("radian", 1), Scalar.one()));
    return Map.copyOf(known);
  }

  private static Unit power(String dimension, String top, String seconds) {
    return new Unit(
        Map.of(dimension, 1, "time", -1),
        Scalar.of(new BigDecimal(top)).over(Scalar.of(new BigDecimal(seconds))));
  }

  private static void add(
      Map<String, Unit> known, String dimension, String factor, String... names) {
    for (String name : names) {
      known.put(name, new Unit(Map.of(dimension, 1), Scalar.of(new BigDecimal(factor))));
    }
  }

  /** The percent sign. */
  static Unit percent() {
    return KNOWN.getOrDefault("percent", new Unit(Map.of(), Scalar.one()));
  }

  /** The unit that a text names, such as {@code cm^2} or {@code km/h}; empty if it names none. */
  static Optional<Unit> parse(String text) {
    String rest = text.strip().replaceAll("\\.$", "");
    if (rest.isEmpty() || rest.length() > 60) {
      return Optional.empty();
    }
    if (rest.matches("(?i)square .+|sq\\.? .+")) {
      rest = rest.replaceFirst("(?i)^(?:square|sq\\.?) ", "") + "^2";
    } else if (rest.matches("(?i)cubic .+|cu\\.? .+")) {
      rest = rest.replaceFirst("(?i)^(?:cubic|cu\\.?) ", "") + "^3";
    }
    Map<String, Integer> dimensions = new TreeMap<>();
    Scalar factor = Scalar.one();
    Matcher part = PART.matcher(rest);
    int at = 0;
    while (at < rest.length()) {
      if (!part.region(at, rest.length()).lookingAt() || part.end() == at) {
        return Optional.empty();
      }
      Unit unit =
          KNOWN.get(
              part.group(2).length() <= 2
                  ? cased(part.group(2))
                  : part.group(2).toLowerCase(Locale.ROOT));
      if (unit == null) {
        return Optional.empty();
      }
      boolean below = "/".equals(part.group(1)) || "per".equals(part.group(1));
      int exponent =
          (part.group(3) == null ? 1 : Integer.parseInt(part.group(3))) * (below ? -1 : 1);
      unit.dimensions()
          .forEach((name, power) -> dimensions.merge(name, power * exponent, Integer::sum));
      factor = factor.times(unit.factor().power(Scalar.of(exponent)));
      at = part.end();
    }
    dimensions.values().removeIf(power -> power == 0);
    return Optional.of(new Unit(dimensions, factor));
  }

  /** Short names are told apart by their case, but for litres and hours. */
  private static String cased(String name) {
    return name.equals("L") || name.equals("mL") || name.equals("ML")
        ? name.toLowerCase(Locale.ROOT)
        : name;
  }

  String key() {
    return dimensions.isEmpty() ? "" : " " + new TreeMap<>(dimensions);
  }
}
