package dev.sluice.jinja;

import dev.sluice.jinja.value.Arguments;
import dev.sluice.jinja.value.Arithmetic;
import dev.sluice.jinja.value.Comparison;
import dev.sluice.jinja.value.Dict;
import dev.sluice.jinja.value.Limits;
import dev.sluice.jinja.value.None;
import dev.sluice.jinja.value.Numbers;
import dev.sluice.jinja.value.Once;
import dev.sluice.jinja.value.TemplateException;
import dev.sluice.jinja.value.Texts;
import dev.sluice.jinja.value.Tuple;
import dev.sluice.jinja.value.Undefined;
import dev.sluice.jinja.value.Values;
import dev.sluice.jinja.value.Writer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Jinja's filters of lists, dicts and whatever else has items. */
final class ItemFilters {
  private final Filters filters;
  private final Limits limits;

  /**
   * @param filters those that {@code map} may name
   */
  ItemFilters(Filters filters, Limits limits) {
    this.filters = filters;
    this.limits = limits;
  }

  @Nullable Object apply(String name, Object value, Arguments given) {
    return switch (name) {
      case "length", "count" -> Numbers.of(Values.length(value));
      case "list" -> List.copyOf(Values.list(value));
      case "first" -> {
        Iterator<Object> items = Values.iterator(value);
        yield items.hasNext() ? items.next() : new Undefined("there is no first item");
      }
      case "last" -> last(value);
      case "default", "d" -> {
        Arguments.Bound bound = given.bind(name, 0, "default_value", "boolean");
        boolean missing =
            value instanceof Undefined || (bound.flag(1, false) && !Values.truth(value));
        yield missing ? bound.get(0, "") : value;
      }
      case "join" -> joined(value, given);
      case "reverse" -> reversed(value);
      case "items" -> items(value);
      case "attr" -> Attributes.attribute(value, given.bind(name, 1, "name").text(0, ""));
      case "map" -> generated(value, () -> stream(value).map(mapping(given)));
      case "select" -> generated(value, () -> stream(value).filter(test(given, false)));
      case "reject" -> generated(value, () -> stream(value).filter(test(given, false).negate()));
      case "selectattr" -> generated(value, () -> stream(value).filter(test(given, true)));
      case "rejectattr" -> generated(value, () -> stream(value).filter(test(given, true).negate()));
      default -> ordering(name, value, given);
    };
  }

  private @Nullable Object ordering(String name, Object value, Arguments given) {
    return switch (name) {
      case "sort" -> {
        Arguments.Bound bound = given.bind(name, 0, "reverse", "case_sensitive", "attribute");
        List<Object> sorted = Values.list(value);
        sort(sorted, keys(bound, 1, 2), bound.flag(0, false));
        yield List.copyOf(sorted);
      }
      case "unique" -> {
        Arguments.Bound bound = given.bind(name, 0, "case_sensitive", "attribute");
        Set<Object> seen = new HashSet<>();
        Function<Object, Object> key = key(bound, 0, 1);
        yield Once.generator(
            stream(value)
                .filter(item -> seen.add(new Dict().with(key.apply(item), item).firstKey()))
                .iterator());
      }
      case "min", "max" -> {
        Arguments.Bound bound = given.bind(name, 0, "case_sensitive", "attribute");
        Comparator<Object> order = Comparator.comparing(key(bound, 0, 1), Comparison::order);
        Object best = null;
        for (Object item : Values.list(value)) {
          int compared = best == null ? 0 : order.compare(item, best);
          best = best == null || (name.equals("min") ? compared < 0 : compared > 0) ? item : best;
        }
        yield best == null ? new Undefined("there is no item to take") : best;
      }
      case "sum" -> {
        Arguments.Bound bound = given.bind(name, 0, "attribute", "start");
        Object sum = bound.get(1, Numbers.of(0));
        for (Object item : Values.list(value)) {
          Object next =
              bound.get(0, None.NONE) instanceof None
                  ? item
                  : Attributes.path(item, bound.get(0, None.NONE));
          sum = limits.made(Arithmetic.binary("+", sum, next));
        }
        yield sum;
      }
      case "dictsort" -> dictsorted(value, given);
      case "groupby" -> grouped(value, given);
      case "batch" -> batched(value, given);
      case "slice" -> sliced(value, given);
      default -> null;
    };
  }

  private Stream<Object> stream(Object value) {
    Iterator<Object> items = Values.iterator(value);
    Iterable<Object> walked = () -> items;
    return StreamSupport.stream(walked.spliterator(), false).peek(item -> limits.step(item));
  }

  /** Nothing is done before the first item is asked for; what is false has no items. */
  private static Once generated(Object value, java.util.function.Supplier<Stream<Object>> work) {
    return Once.generator(
        new Iterator<>() {
          private @Nullable Iterator<Object> items;

          private Iterator<Object> items() {
            if (items == null) {
              items = Values.truth(value) ? work.get().iterator() : List.<Object>of().iterator();
            }
            return items;
          }

          @Override
          public boolean hasNext() {
            return items().hasNext();
          }

          @Override
          public Object next() {
            return items().next();
          }
        });
  }

  private Function<Object, Object> mapping(Arguments given) {
    if (given.positional().isEmpty() && given.named().containsKey("attribute")) {
      Arguments.Bound bound = given.bind("map", 0, "attribute", "default");
      Object path = bound.get(0, None.NONE);
      return item -> {
        Object found = Attributes.path(item, path);
        return found instanceof Undefined && bound.has(1) ? bound.get(1, found) : found;
      };
    }
    if (given.positional().isEmpty() || !(given.positional().get(0) instanceof String name)) {
      throw new TemplateException("map wants the name of a filter, or attribute='name'");
    }
    return item -> limits.made(filters.apply(name, item, given.rest(1)));
  }

  private static Predicate<Object> test(Arguments given, boolean ofAttribute) {
    if (ofAttribute && given.positional().isEmpty()) {
      throw new TemplateException("selectattr and rejectattr want the name of an attribute");
    }
    Object path = ofAttribute ? given.positional().get(0) : None.NONE;
    Arguments rest = given.rest(ofAttribute ? 1 : 0);
    Function<Object, Object> subject = item -> ofAttribute ? Attributes.path(item, path) : item;
    if (rest.positional().isEmpty()) {
      return item -> Values.truth(subject.apply(item));
    }
    String name = Writer.text(rest.positional().get(0));
    return item -> Tests.holds(name, subject.apply(item), rest.rest(1));
  }

  private static Object last(Object value) {
    Object walked = reversed(value);
    Iterator<Object> items = Values.iterator(walked);
    return items.hasNext() ? items.next() : new Undefined("there is no last item");
  }

  private static Object reversed(Object value) {
    if (value instanceof String text) {
      return new StringBuilder(text).reverse().toString();
    }
    List<Object> items = Values.list(value);
    Collections.reverse(items);
    String type = value instanceof List ? "list_reverseiterator" : "reversed";
    return value instanceof Once ? items : new Once(type, items.iterator());
  }

  private static Object items(Object value) {
    if (value instanceof Undefined) {
      return Once.generator(List.<Object>of().iterator());
    }
    if (!(value instanceof Dict dict)) {
      throw new TemplateException("items wants a dict, but got " + Values.described(value));
    }
    return Once.generator(dict.items().iterator());
  }

  private Object joined(Object value, Arguments given) {
    Arguments.Bound bound = given.bind("join", 0, "d", "attribute");
    String between = Writer.text(bound.get(0, ""));
    StringBuilder out = new StringBuilder();
    boolean first = true;
    for (Iterator<Object> items = stream(value).iterator(); items.hasNext(); ) {
      Object item = items.next();
      Object path = bound.get(1, None.NONE);
      out.append(first ? "" : between);
      out.append(Writer.text(path instanceof None ? item : Attributes.path(item, path)));
      Limits.text(out.length());
      first = false;
    }
    return out.toString();
  }

  private static Object caseless(Object value) {
    return value instanceof String text ? Texts.lower(text) : value;
  }

  private static Function<Object, Object> key(Arguments.Bound bound, int sensitive, int attribute) {
    Object path = bound.get(attribute, None.NONE);
    boolean exact = bound.flag(sensitive, false);
    return item -> {
      Object key = path instanceof None ? item : Attributes.path(item, path);
      return exact ? key : caseless(key);
    };
  }

  /** Keys of which some may be several with commas between. */
  private static Function<Object, Object> keys(
      Arguments.Bound bound, int sensitive, int attribute) {
    if (!(bound.get(attribute, None.NONE) instanceof String paths)) {
      return key(bound, sensitive, attribute);
    }
    boolean exact = bound.flag(sensitive, false);
    return item ->
        Texts.split(paths, ",", -1).stream()
            .map(path -> Attributes.path(item, path))
            .map(key -> exact ? key : caseless(key))
            .toList();
  }

  private static void sort(List<Object> items, Function<Object, Object> key, boolean backwards) {
    Comparator<Object> order = Comparator.comparing(key, Comparison::order);
    items.sort(backwards ? order.reversed() : order);
  }

  private static Object dictsorted(Object value, Arguments given) {
    Arguments.Bound bound = given.bind("dictsort", 0, "case_sensitive", "by", "reverse");
    String by = bound.text(1, "key");
    if (!(value instanceof Dict dict) || !(by.equals("key") || by.equals("value"))) {
      throw new TemplateException("dictsort wants a dict, and by='key' or by='value'");
    }
    List<Object> items = new ArrayList<>(dict.items());
    int place = by.equals("key") ? 0 : 1;
    boolean exact = bound.flag(0, false);
    sort(
        items,
        pair -> {
          Object key = Values.list(pair).get(place);
          return exact ? key : caseless(key);
        },
        bound.flag(2, false));
    return List.copyOf(items);
  }

  private static Object grouped(Object value, Arguments given) {
    Arguments.Bound bound = given.bind("groupby", 1, "attribute", "default", "case_sensitive");
    Object path = bound.get(0, None.NONE);
    Function<Object, Object> plain =
        item -> {
          Object found = Attributes.path(item, path);
          return found instanceof Undefined && bound.has(1) ? bound.get(1, found) : found;
        };
    Function<Object, Object> key =
        bound.flag(2, false) ? plain : item -> caseless(plain.apply(item));
    List<Object> sorted = Values.list(value);
    sort(sorted, key, false);
    List<Object> groups = new ArrayList<>();
    for (int i = 0; i < sorted.size(); ) {
      int end = i + 1;
      while (end < sorted.size()
          && Comparison.equal(key.apply(sorted.get(end)), key.apply(sorted.get(i)))) {
        end++;
      }
      groups.add(Tuple.of(plain.apply(sorted.get(i)), List.copyOf(sorted.subList(i, end))));
      i = end;
    }
    return List.copyOf(groups);
  }

  private static Object batched(Object value, Arguments given) {
    Arguments.Bound bound = given.bind("batch", 1, "linecount", "fill_with");
    int size = Math.max(1, bound.number(0, 1));
    List<Object> batches = new ArrayList<>();
    List<Object> all = Values.list(value);
    for (int i = 0; i < all.size(); i += size) {
      List<Object> batch = new ArrayList<>(all.subList(i, Math.min(all.size(), i + size)));
      Object fill = bound.get(1, None.NONE);
      Limits.items(fill instanceof None ? 0 : size);
      while (!(fill instanceof None) && batch.size() < size) {
        batch.add(fill);
      }
      batches.add(List.copyOf(batch));
    }
    return Once.generator(batches.iterator());
  }

  private static Object sliced(Object value, Arguments given) {
    Arguments.Bound bound = given.bind("slice", 1, "slices", "fill_with");
    List<Object> all = Values.list(value);
    int slices = bound.number(0, 1);
    if (slices < 1) {
      throw new TemplateException("slice wants at least one slice");
    }
    Limits.items(slices);
    int each = all.size() / slices;
    int longer = all.size() % slices;
    List<Object> out = new ArrayList<>();
    int at = 0;
    for (int i = 0; i < slices; i++) {
      int end = at + each + (i < longer ? 1 : 0);
      List<Object> part = new ArrayList<>(all.subList(at, end));
      if (bound.has(1) && i >= longer) {
        part.add(bound.get(1, None.NONE));
      }
      out.add(List.copyOf(part));
      at = end;
    }
    return Once.generator(out.iterator());
  }
}
