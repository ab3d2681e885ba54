package dev.sluice.records.json;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes records of parsed JSON, the way {@link JsonTree} takes them apart. */
final class JsonBinder {
  private JsonBinder() {}

  static <R extends Record> R bind(@Nullable Object tree, Class<R> type) {
    return type.cast(record(tree, type, ""));
  }

  private static Object record(@Nullable Object tree, Class<?> type, String path) {
    Map<?, ?> fields = expect(tree, Map.class, "an object", path);
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] parameters = new Class<?>[components.length];
    @Nullable Object[] values = new @Nullable Object[components.length];
    for (int i = 0; i < components.length; i++) {
      RecordComponent component = components[i];
      parameters[i] = component.getType();
      String name = SnakeCase.of(component.getName());
      String inner = path.isEmpty() ? name : path + "." + name;
      Object value = fields.get(name);
      values[i] =
          value == null ? absent(component, inner) : of(value, component.getGenericType(), inner);
    }
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(parameters);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw new JsonException(
          "The value of %s is refused: %s"
              .formatted(where(path), e.getTargetException().getMessage()),
          e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("The record %s cannot be made.".formatted(type), e);
    }
  }

  private static @Nullable Object absent(RecordComponent component, String path) {
    Class<?> type = component.getType();
    if (type == List.class) {
      return List.of();
    }
    if (type == Map.class) {
      return Map.of();
    }
    if (component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
      return null;
    }
    throw new JsonException("The key '%s' is missing.".formatted(path), null);
  }

  private static Object of(Object value, Type type, String path) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      return generic.getRawType() == List.class
          ? list(value, arguments[0], path)
          : map(value, arguments[1], path);
    }
    Class<?> raw = (Class<?>) type;
    if (raw.isRecord()) {
      return record(value, raw, path);
    }
    if (raw == Object.class) {
      return value;
    }
    if (raw == String.class) {
      return expect(value, String.class, "a text", path);
    }
    if (raw == boolean.class || raw == Boolean.class) {
      return expect(value, Boolean.class, "true or false", path);
    }
    if (raw.isEnum()) {
      return constant(expect(value, String.class, "a text", path), raw, path);
    }
    return number(value, raw, path);
  }

  private static List<Object> list(Object value, Type element, String path) {
    List<Object> values = new ArrayList<>();
    for (Object each : (List<?>) expect(value, List.class, "a list", path)) {
      String inner = path + "[" + values.size() + "]";
      values.add(of(present(each, inner), element, inner));
    }
    return values;
  }

  private static Map<String, @Nullable Object> map(Object value, Type element, String path) {
    Map<?, ?> fields = expect(value, Map.class, "an object", path);
    Map<String, @Nullable Object> entries =
        fields instanceof LinkedHashMap ? new LinkedHashMap<>() : new TreeMap<>();
    fields.forEach(
        (key, each) -> {
          String inner = path + "." + key;
          entries.put(
              key.toString(),
              element == Object.class ? each : of(present(each, inner), element, inner));
        });
    return entries;
  }

  private static Object number(Object value, Class<?> type, String path) {
    if (type == double.class || type == Double.class) {
      if (value instanceof String text && List.of("NaN", "Infinity", "-Infinity").contains(text)) {
        return Double.valueOf(text);
      }
      return expect(value, Number.class, "a number", path).doubleValue();
    }
    long whole = expect(value, Long.class, "a whole number", path);
    if (type == long.class || type == Long.class) {
      return whole;
    }
    if (type == int.class || type == Integer.class) {
      if (whole != (int) whole) {
        throw new JsonException(
            "The value of %s is %d, which does not fit 32 bits.".formatted(where(path), whole),
            null);
      }
      return (int) whole;
    }
    throw new IllegalArgumentException("Values of %s cannot be read from JSON.".formatted(type));
  }

  private static Object constant(String value, Class<?> type, String path) {
    for (Object constant : type.getEnumConstants()) {
      if (((Enum<?>) constant).name().toLowerCase(Locale.ROOT).equals(value)) {
        return constant;
      }
    }
    throw new JsonException(
        "The value of %s is '%s', which is unknown.".formatted(where(path), value), null);
  }

  private static Object present(@Nullable Object value, String path) {
    if (value == null) {
      throw new JsonException("The value of %s is null.".formatted(where(path)), null);
    }
    return value;
  }

  private static <T> T expect(@Nullable Object value, Class<T> type, String kind, String path) {
    if (!type.isInstance(value)) {
      throw new JsonException(
          "The value of %s is not %s but %s."
              .formatted(where(path), kind, JsonText.compact(JsonTree.of(value))),
          null);
    }
    return type.cast(value);
  }

  private static String where(String path) {
    return path.isEmpty() ? "the whole" : "'" + path + "'";
  }
}
