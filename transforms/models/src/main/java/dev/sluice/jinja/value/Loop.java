package dev.sluice.jinja.value;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The variable {@code loop}. */
public final class Loop {
  static final List<String> ATTRIBUTES =
      List.of(
          "index",
          "index0",
          "revindex",
          "revindex0",
          "first",
          "last",
          "length",
          "previtem",
          "nextitem",
          "depth",
          "depth0",
          "cycle",
          "changed");

  private Iterator<Object> rest;
  private int length;
  private int index0 = -1;
  private @Nullable Object before;
  private @Nullable Object current;
  private @Nullable Object after;
  private @Nullable Object changed;

  /**
   * @param length items in all; below 0 if only walking tells
   */
  public Loop(Iterator<Object> items, int length) {
    this.rest = items;
    this.length = length;
  }

  /** The next item; null at the end. */
  @Nullable
  public Object next() {
    Object item = peek();
    if (item != null) {
      after = null;
      index0++;
      before = current;
      current = item;
    }
    return item;
  }

  private @Nullable Object peek() {
    if (after == null && rest.hasNext()) {
      after = rest.next();
    }
    return after;
  }

  public int index0() {
    return index0;
  }

  int length() {
    if (length < 0) {
      List<Object> left = new ArrayList<>();
      while (rest.hasNext()) {
        left.add(rest.next());
        Limits.items(left.size());
      }
      rest = left.iterator();
      length = left.size() + index0 + 1 + (after == null ? 0 : 1);
    }
    return length;
  }

  @Nullable
  public Object attribute(String name) {
    return switch (name) {
      case "index" -> Numbers.of(index0 + 1);
      case "index0" -> Numbers.of(index0);
      case "revindex" -> Numbers.of(length() - index0);
      case "revindex0" -> Numbers.of(length() - index0 - 1);
      case "length" -> Numbers.of(length());
      case "depth" -> Numbers.of(1);
      case "depth0" -> Numbers.of(0);
      case "first" -> index0 == 0;
      case "last" -> peek() == null;
      case "previtem" -> before == null ? new Undefined("there is no previous item") : before;
      case "nextitem" -> {
        Object next = peek();
        yield next == null ? new Undefined("there is no next item") : next;
      }
      case "cycle" -> (Callable) this::cycle;
      case "changed" -> (Callable) this::changed;
      default -> null;
    };
  }

  private Object cycle(Arguments arguments) {
    if (arguments.positional().isEmpty()) {
      throw new TemplateException("loop.cycle() needs at least one argument");
    }
    return arguments.positional().get(index0 % arguments.positional().size());
  }

  private Object changed(Arguments arguments) {
    Object value = new Tuple(arguments.positional());
    boolean other = changed == null || !Comparison.equal(changed, value);
    changed = value;
    return other;
  }
}
