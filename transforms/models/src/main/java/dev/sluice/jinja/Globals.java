package dev.sluice.jinja;

import dev.sluice.jinja.value.Arguments;
import dev.sluice.jinja.value.Callable;
import dev.sluice.jinja.value.Dict;
import dev.sluice.jinja.value.Namespace;
import dev.sluice.jinja.value.None;
import dev.sluice.jinja.value.Range;
import dev.sluice.jinja.value.Strftime;
import dev.sluice.jinja.value.TemplateException;
import dev.sluice.jinja.value.Values;
import dev.sluice.jinja.value.Writer;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Functions that every template has. */
final class Globals {
  private Globals() {}

  /**
   * @param clock what time it is, for {@code strftime_now}
   */
  static void fill(Scope scope, Supplier<ZonedDateTime> clock) {
    scope.set("range", (Callable) Globals::range);
    scope.set("dict", (Callable) Globals::dict);
    scope.set("namespace", (Callable) Globals::namespace);
    scope.set("raise_exception", (Callable) Globals::raise);
    scope.set("joiner", (Callable) Globals::joiner);
    scope.set("cycler", (Callable) a -> new Cycler(a.positional()));
    scope.set(
        "strftime_now",
        (Callable)
            a -> Strftime.formatted(a.bind("strftime_now", 1, "format").text(0, ""), clock.get()));
  }

  private static Object range(Arguments arguments) {
    Arguments.Bound bound = arguments.bind("range", 1, "start", "stop", "step");
    int first = bound.number(0, 0);
    return bound.has(1)
        ? new Range(first, bound.number(1, 0), bound.number(2, 1))
        : new Range(0, first, 1);
  }

  private static Dict dict(Arguments arguments) {
    Dict dict = new Dict();
    for (Object source : arguments.positional()) {
      if (source instanceof Dict other) {
        dict.withAll(other);
        continue;
      }
      for (Object pair : Values.list(source)) {
        List<Object> two = Values.list(pair);
        if (two.size() != 2) {
          throw new TemplateException("dict() wants pairs, but got " + Values.described(pair));
        }
        dict.with(two.get(0), two.get(1));
      }
    }
    arguments.named().forEach(dict::with);
    return dict;
  }

  private static Object namespace(Arguments arguments) {
    Namespace namespace = new Namespace();
    for (Object pair : dict(arguments).items()) {
      List<Object> two = Values.list(pair);
      namespace.set(Writer.text(two.get(0)), two.get(1));
    }
    return namespace;
  }

  private static Object raise(Arguments arguments) {
    Object message = arguments.bind("raise_exception", 1, "message").get(0, None.NONE);
    throw new TemplateException("it refuses the conversation: " + Writer.text(message));
  }

  private static Object joiner(Arguments arguments) {
    String between = arguments.bind("joiner", 0, "sep").text(0, ", ");
    boolean[] used = {false};
    return (Callable)
        nothing -> {
          String now = used[0] ? between : "";
          used[0] = true;
          return now;
        };
  }

  /** One item after another, in a circle. */
  static final class Cycler {
    private final List<Object> items;
    private int at;

    Cycler(List<Object> items) {
      if (items.isEmpty()) {
        throw new TemplateException("cycler() needs at least one item");
      }
      this.items = List.copyOf(items);
    }

    @Nullable Object attribute(String name) {
      return switch (name) {
        case "current" -> items.get(at);
        case "next" ->
            (Callable)
                arguments -> {
                  Object item = items.get(at);
                  at = (at + 1) % items.size();
                  return item;
                };
        case "reset" ->
            (Callable)
                arguments -> {
                  at = 0;
                  return None.NONE;
                };
        default -> null;
      };
    }
  }
}
