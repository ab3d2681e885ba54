package dev.sluice.runners.bench;

import dev.sluice.records.Hashes;
import dev.sluice.records.RandomStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Rows of any record type: ids of hashes, short texts, lists of 3 to 6 values, no nulls. */
final class RandomRows {
  private final RandomStream random;

  RandomRows(RandomStream random) {
    this.random = random;
  }

  <R> R of(Class<R> type) {
    RecordComponent[] components = type.getRecordComponents();
    Object[] values = new Object[components.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(components[i].getName(), components[i].getGenericType());
    }
    try {
      Class<?>[] types =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      Constructor<R> constructor = type.getDeclaredConstructor(types);
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("A row of %s cannot be made.".formatted(type), e);
    }
  }

  private Object value(String name, Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      return generic.getRawType() == Map.class ? map(name, arguments[1]) : list(name, arguments[0]);
    }
    Class<?> plain = (Class<?>) type;
    if (plain == String.class) {
      return text(name);
    }
    if (plain == boolean.class || plain == Boolean.class) {
      return random.nextInt(2) == 1;
    }
    if (plain == int.class || plain == Integer.class) {
      return random.nextInt(100);
    }
    if (plain == long.class || plain == Long.class) {
      return (long) random.nextInt(1_000_000);
    }
    if (plain == float.class || plain == Float.class) {
      return (float) -random.nextDouble();
    }
    if (plain == double.class || plain == Double.class) {
      return random.nextDouble();
    }
    return of(plain);
  }

  private String text(String name) {
    if (name.endsWith("Id") || name.endsWith("Hash") || name.equals("selectedVerification")) {
      return Hashes.id(random.nextInt(Integer.MAX_VALUE));
    }
    int words = name.equals("text") ? 6 : 2;
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < words; i++) {
      text.append(random.nextInt(100)).append('+').append(random.nextInt(10)).append('\n');
    }
    return text.toString();
  }

  private List<Object> list(String name, Type type) {
    boolean tokens = type == Integer.class || type == Float.class;
    int count = tokens ? random.nextInt(30, 50) : random.nextInt(3, 6);
    List<Object> values = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      values.add(value(name, type));
    }
    return values;
  }

  private Map<String, Object> map(String name, Type type) {
    Map<String, Object> values = new TreeMap<>();
    for (String key : List.of("format", "gate")) {
      values.put(key, value(name, type));
    }
    return values;
  }
}
