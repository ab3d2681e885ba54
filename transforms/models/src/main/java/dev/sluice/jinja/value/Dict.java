package dev.sluice.jinja.value;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Python's dict, in order of insertion. Not changed once it is built. */
public final class Dict {
  private final Map<Key, Object> entries = new LinkedHashMap<>();

  /** A key that is equal when Python says so: 1, 1.0 and True are one key. */
  private record Key(Object value) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key key && Comparison.equal(value, key.value);
    }

    @Override
    public int hashCode() {
      return Comparison.hash(value);
    }
  }

  /** Puts while building; a key that is there keeps its place and its first form. */
  public Dict with(Object key, Object value) {
    entries.put(new Key(key), value);
    return this;
  }

  public Dict withAll(Dict other) {
    entries.putAll(other.entries);
    return this;
  }

  @Nullable
  public Object get(Object key) {
    return entries.get(new Key(key));
  }

  /** The first key, in a form that Java's own sets tell apart as Python does. */
  public Object firstKey() {
    return entries.keySet().iterator().next();
  }

  int size() {
    return entries.size();
  }

  public List<Object> keys() {
    return entries.keySet().stream().map(Key::value).toList();
  }

  public List<Object> values() {
    return List.copyOf(entries.values());
  }

  /** Pairs of key and value. */
  public List<Object> items() {
    List<Object> items = new ArrayList<>(entries.size());
    entries.forEach((key, value) -> items.add(Tuple.of(key.value(), value)));
    return List.copyOf(items);
  }
}
