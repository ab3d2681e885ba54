package dev.sluice.jinja.value;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a call is given: by place and by name. */
public record Arguments(List<Object> positional, Map<String, Object> named) {
  static final Arguments NONE = new Arguments(List.of(), Map.of());

  public static Arguments of(Object... positional) {
    return new Arguments(List.of(positional), Map.of());
  }

  boolean isEmpty() {
    return positional.isEmpty() && named.isEmpty();
  }

  /** Without the first one. */
  public Arguments rest(int from) {
    return new Arguments(positional.subList(from, positional.size()), named);
  }

  /**
   * Lays them out by the names of parameters.
   *
   * @param function named in errors
   * @param required how many must be there, from the first
   */
  public Bound bind(String function, int required, String... names) {
    @Nullable Object[] values = new @Nullable Object[names.length];
    if (positional.size() > names.length) {
      throw new TemplateException(
          "%s takes at most %d argument(s), but got %d"
              .formatted(function, names.length, positional.size()));
    }
    for (int i = 0; i < positional.size(); i++) {
      values[i] = positional.get(i);
    }
    named.forEach((name, value) -> values[place(function, name, names)] = value);
    for (int i = 0; i < required; i++) {
      if (values[i] == null) {
        throw new TemplateException("%s needs the argument '%s'".formatted(function, names[i]));
      }
    }
    return new Bound(function, names, values);
  }

  private static int place(String function, String name, String... names) {
    for (int i = 0; i < names.length; i++) {
      if (names[i].equals(name)) {
        return i;
      }
    }
    throw new TemplateException(
        "%s has no argument '%s'; it has: %s"
            .formatted(function, name, names.length == 0 ? "none" : String.join(", ", names)));
  }

  /** Arguments in the order of their parameters. */
  @SuppressWarnings("ArrayRecordComponent")
  public record Bound(String function, String[] names, @Nullable Object[] values) {

    public Object get(int place, Object otherwise) {
      Object value = values[place];
      return value == null ? otherwise : value;
    }

    public boolean has(int place) {
      return values[place] != null;
    }

    public String text(int place, String otherwise) {
      Object value = get(place, otherwise);
      if (value instanceof String text) {
        return text;
      }
      throw wrong(place, "text", value);
    }

    public int number(int place, int otherwise) {
      Object value = values[place];
      if (value == null) {
        return otherwise;
      }
      if (!Numbers.isInteger(value)) {
        throw wrong(place, "a whole number", value);
      }
      return Numbers.clamped(value);
    }

    public boolean flag(int place, boolean otherwise) {
      Object value = values[place];
      return value == null ? otherwise : Values.truth(value);
    }

    private TemplateException wrong(int place, String kind, Object value) {
      return new TemplateException(
          "%s wants %s for '%s', but got %s"
              .formatted(function, kind, names[place], Values.described(value)));
    }
  }
}
