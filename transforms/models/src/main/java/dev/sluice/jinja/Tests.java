package dev.sluice.jinja;

import dev.sluice.jinja.value.Arguments;
import dev.sluice.jinja.value.Arithmetic;
import dev.sluice.jinja.value.Callable;
import dev.sluice.jinja.value.Comparison;
import dev.sluice.jinja.value.Dict;
import dev.sluice.jinja.value.None;
import dev.sluice.jinja.value.Numbers;
import dev.sluice.jinja.value.TemplateException;
import dev.sluice.jinja.value.Texts;
import dev.sluice.jinja.value.Undefined;
import dev.sluice.jinja.value.Values;
import dev.sluice.jinja.value.Writer;
import java.math.BigInteger;
import java.util.List;

/** Jinja's tests: what may stand behind {@code is}. */
final class Tests {
  private static final List<String> NAMES =
      List.of(
          "boolean",
          "callable",
          "defined",
          "divisibleby",
          "eq",
          "equalto",
          "escaped",
          "even",
          "false",
          "filter",
          "float",
          "ge",
          "greaterthan",
          "gt",
          "in",
          "integer",
          "iterable",
          "le",
          "lessthan",
          "lower",
          "lt",
          "mapping",
          "ne",
          "none",
          "number",
          "odd",
          "sameas",
          "sequence",
          "string",
          "test",
          "true",
          "undefined",
          "upper");

  private Tests() {}

  static boolean holds(String name, Object value, Arguments arguments) {
    switch (name) {
      case "==", "eq", "equalto" -> {
        return Arithmetic.compare("==", value, other(name, arguments));
      }
      case "!=", "ne" -> {
        return Arithmetic.compare("!=", value, other(name, arguments));
      }
      case "<", "lt", "lessthan" -> {
        return Arithmetic.compare("<", value, other(name, arguments));
      }
      case "<=", "le" -> {
        return Arithmetic.compare("<=", value, other(name, arguments));
      }
      case ">", "gt", "greaterthan" -> {
        return Arithmetic.compare(">", value, other(name, arguments));
      }
      case ">=", "ge" -> {
        return Arithmetic.compare(">=", value, other(name, arguments));
      }
      case "in" -> {
        return Values.contains(other(name, arguments), value);
      }
      case "sameas" -> {
        Object other = other(name, arguments);
        return value == other
            || ((value instanceof Boolean || value instanceof String) && value.equals(other));
      }
      case "divisibleby" -> {
        return zero(Arithmetic.binary("%", value, other(name, arguments)));
      }
      default -> {
        arguments.bind(
            "the test '" + name + "'",
            0,
            name.equals("filter") || name.equals("test") ? new String[] {"_"} : new String[0]);
        return plain(name, value);
      }
    }
  }

  private static Object other(String name, Arguments arguments) {
    return arguments.bind("the test '" + name + "'", 1, "other").get(0, None.NONE);
  }

  private static boolean zero(Object rest) {
    return Numbers.isNumber(rest) && Numbers.equal(rest, BigInteger.ZERO);
  }

  private static boolean plain(String name, Object value) {
    return switch (name) {
      case "defined" -> !(value instanceof Undefined);
      case "undefined" -> value instanceof Undefined;
      case "none" -> value instanceof None;
      case "boolean" -> value instanceof Boolean;
      case "true" -> value.equals(true);
      case "false" -> value.equals(false);
      case "integer" -> value instanceof BigInteger;
      case "float" -> value instanceof Double;
      case "number" -> Numbers.isNumber(value);
      case "string" -> value instanceof String;
      case "mapping" -> value instanceof Dict;
      case "iterable" -> Values.iteratorOrNull(value) != null;
      case "sequence" ->
          value instanceof String
              || value instanceof Undefined
              || value instanceof Dict
              || Values.sequence(value) != null;
      case "callable" -> value instanceof Callable || value instanceof Undefined;
      case "odd" -> !zero(rest(value)) && Comparison.equal(rest(value), BigInteger.ONE);
      case "even" -> zero(rest(value));
      case "lower" -> cased(Writer.text(value), Texts.lower(Writer.text(value)));
      case "upper" -> cased(Writer.text(value), Texts.upper(Writer.text(value)));
      case "filter" -> value instanceof String filter && Filters.NAMES.contains(filter);
      case "test" -> value instanceof String test && NAMES.contains(test);
      case "escaped" -> false;
      default ->
          throw TemplateException.unknown("there is no test '" + name + "'", name, NAMES, "", 0);
    };
  }

  private static Object rest(Object value) {
    return Arithmetic.binary("%", value, BigInteger.TWO);
  }

  private static boolean cased(String text, String other) {
    return text.equals(other)
        && text.codePoints().anyMatch(c -> Character.isUpperCase(c) || Character.isLowerCase(c));
  }
}
