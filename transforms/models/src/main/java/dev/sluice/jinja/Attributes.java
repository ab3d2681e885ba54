package dev.sluice.jinja;

import dev.sluice.jinja.value.Arguments;
import dev.sluice.jinja.value.Callable;
import dev.sluice.jinja.value.Comparison;
import dev.sluice.jinja.value.Dict;
import dev.sluice.jinja.value.Loop;
import dev.sluice.jinja.value.Namespace;
import dev.sluice.jinja.value.None;
import dev.sluice.jinja.value.Numbers;
import dev.sluice.jinja.value.Range;
import dev.sluice.jinja.value.Slices;
import dev.sluice.jinja.value.StringMethods;
import dev.sluice.jinja.value.TemplateException;
import dev.sluice.jinja.value.Texts;
import dev.sluice.jinja.value.Tuple;
import dev.sluice.jinja.value.Undefined;
import dev.sluice.jinja.value.Values;
import dev.sluice.jinja.value.View;
import dev.sluice.jinja.value.Writer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code value.name} and {@code value[index]}: the attribute first for the one, the item first for
 * the other, and something undefined where neither is there.
 */
final class Attributes {
  private static final Set<String> CHANGING =
      Set.of(
          "append",
          "clear",
          "extend",
          "insert",
          "pop",
          "popitem",
          "remove",
          "reverse",
          "setdefault",
          "sort",
          "update");

  private Attributes() {}

  static Object attribute(Object value, String name) {
    if (value instanceof Undefined missing) {
      throw missing.used();
    }
    Object attribute = own(value, name);
    if (attribute != null) {
      return attribute;
    }
    Object item = value instanceof Dict dict ? dict.get(name) : null;
    return item == null ? absent(value, name) : item;
  }

  static Object item(Object value, Object index) {
    if (value instanceof Undefined missing) {
      throw missing.used();
    }
    Object item = null;
    if (value instanceof Dict dict) {
      item = Comparison.isHashable(index) ? dict.get(index) : null;
    } else if (Numbers.isInteger(index)
        && (value instanceof String || Values.sequence(value) != null)) {
      item = Slices.item(value, index);
    }
    if (item == null && index instanceof String name) {
      item = own(value, name);
    }
    return item == null ? absent(value, index) : item;
  }

  /** As {@link #item}, where a missing one is followed no further: for filters that take a path. */
  static Object path(Object value, Object path) {
    if (!(path instanceof String text)) {
      return item(value, path);
    }
    Object current = value;
    for (Object part : Texts.split(text, ".", -1)) {
      String name = Writer.text(part);
      boolean digits = !name.isEmpty() && name.chars().allMatch(c -> c >= '0' && c <= '9');
      current = item(current, digits ? new java.math.BigInteger(name) : name);
    }
    return current;
  }

  private static Undefined absent(Object value, Object name) {
    return new Undefined(
        name instanceof String
            ? "%s has no attribute '%s'".formatted(Values.described(value), name)
            : "%s has no element %s".formatted(Values.described(value), Writer.quoted(name)));
  }

  /** A method or attribute of the type; null if it has none of this name. */
  private static @Nullable Object own(Object value, String name) {
    if (name.startsWith("__")) {
      return new Undefined("'%s' is internal, and no template may reach it".formatted(name));
    }
    if ((value instanceof Dict || value instanceof List) && CHANGING.contains(name)) {
      boolean there =
          value instanceof Dict
              ? Set.of("clear", "pop", "popitem", "setdefault", "update").contains(name)
              : !Set.of("popitem", "setdefault", "update").contains(name);
      return there
          ? new Undefined(
              "'%s' would change %s, which a template may not; make a new one, such as list + [item]"
                  .formatted(name, Values.described(value)))
          : null;
    }
    if (value instanceof String text) {
      return StringMethods.method(text, name);
    }
    if (value instanceof Dict dict) {
      return dictMethod(dict, name);
    }
    if (value instanceof List || value instanceof Tuple || value instanceof Range) {
      return listMethod(value, name);
    }
    if (value instanceof Loop loop) {
      return loop.attribute(name);
    }
    if (value instanceof Namespace namespace) {
      return namespace.get(name);
    }
    if (value instanceof Macro macro && name.equals("name")) {
      return macro.name();
    }
    if (value instanceof Macro macro && name.equals("arguments")) {
      return new Tuple(macro.parameters());
    }
    return value instanceof Globals.Cycler cycler ? cycler.attribute(name) : null;
  }

  private static @Nullable Object dictMethod(Dict dict, String name) {
    Callable method =
        switch (name) {
          case "keys" -> arguments -> new View("dict_keys", dict.keys());
          case "values" -> arguments -> new View("dict_values", dict.values());
          case "items" -> arguments -> new View("dict_items", dict.items());
          case "copy" -> arguments -> new Dict().withAll(dict);
          case "get" ->
              arguments -> {
                Arguments.Bound bound = arguments.bind("dict.get", 1, "key", "default");
                Object value = dict.get(bound.get(0, None.NONE));
                return value == null ? bound.get(1, None.NONE) : value;
              };
          default -> null;
        };
    return method;
  }

  private static @Nullable Object listMethod(Object value, String name) {
    List<Object> items = Values.list(value);
    Callable method =
        switch (name) {
          case "copy" -> value instanceof List ? arguments -> List.copyOf(items) : null;
          case "count" ->
              arguments -> {
                Object wanted = arguments.bind("count", 1, "value").get(0, None.NONE);
                return Numbers.of(Comparison.count(items, wanted));
              };
          case "index" ->
              arguments -> {
                Object wanted = arguments.bind("index", 1, "value").get(0, None.NONE);
                int place = Comparison.place(items, wanted);
                if (place >= 0) {
                  return Numbers.of(place);
                }
                throw new TemplateException(
                    "%s is not in %s".formatted(Values.described(wanted), Values.described(value)));
              };
          default -> null;
        };
    if (method == null && value instanceof Range range) {
      return Map.of(
              "start", Numbers.of(range.start()),
              "stop", Numbers.of(range.stop()),
              "step", Numbers.of(range.step()))
          .get(name);
    }
    return method;
  }
}
