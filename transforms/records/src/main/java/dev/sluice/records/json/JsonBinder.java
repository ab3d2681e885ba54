package dev.sluice.records.json;

import dev.sluice.records.schema.FieldType;
import dev.sluice.records.schema.RecordSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes records of parsed JSON, the way {@link JsonTree} takes them apart. */
final class JsonBinder {
  private JsonBinder() {}

  static <R extends Record> R bind(@Nullable Object tree, Class<R> type) {
    return record(tree, type, "");
  }

  private static <R extends Record> R record(@Nullable Object tree, Class<R> type, String path) {
    Map<?, ?> given = expect(tree, Map.class, "an object", path);
    RecordSchema<R> schema = RecordSchema.of(type);
    List<@Nullable Object> values = new ArrayList<>();
    for (RecordSchema.Field field : schema.fields()) {
      String inner = path.isEmpty() ? field.name() : path + "." + field.name();
      Object value = given.get(field.name());
      values.add(value == null ? absent(field, inner) : of(value, field.type(), inner));
    }
    try {
      return schema.make(values.toArray());
    } catch (RuntimeException e) {
      throw new JsonException(
          "The value of %s is refused: %s".formatted(where(path), e.getMessage()), e);
    }
  }

  private static @Nullable Object absent(RecordSchema.Field field, String path) {
    if (field.type() instanceof FieldType.Items) {
      return List.of();
    }
    if (field.type() instanceof FieldType.Entries) {
      return Map.of();
    }
    if (field.nullable()) {
      return null;
    }
    throw new JsonException("The key '%s' is missing.".formatted(path), null);
  }

  private static Object of(Object value, FieldType type, String path) {
    if (type instanceof FieldType.Items items) {
      return list(value, items.item(), path);
    }
    if (type instanceof FieldType.Entries entries) {
      return map(value, entries.value(), path);
    }
    if (type instanceof FieldType.Block block) {
      return record(value, block.type(), path);
    }
    if (type instanceof FieldType.Choice choice) {
      return constant(expect(value, String.class, "a text", path), choice, path);
    }
    if (type instanceof FieldType.Scalar scalar) {
      return scalar(value, scalar, path);
    }
    throw unreadable(type);
  }

  private static Object scalar(Object value, FieldType.Scalar type, String path) {
    return switch (type) {
      case ANY -> value;
      case TEXT -> expect(value, String.class, "a text", path);
      case BOOLEAN -> expect(value, Boolean.class, "true or false", path);
      case INT -> int32(expect(value, Long.class, "a whole number", path), path);
      case LONG -> expect(value, Long.class, "a whole number", path);
      case DOUBLE -> float64(value, path);
      case FLOAT, INSTANT -> throw unreadable(type);
    };
  }

  private static IllegalArgumentException unreadable(FieldType type) {
    return new IllegalArgumentException("Values of %s cannot be read from JSON.".formatted(type));
  }

  private static List<Object> list(Object value, FieldType element, String path) {
    List<Object> values = new ArrayList<>();
    for (Object each : (List<?>) expect(value, List.class, "a list", path)) {
      String inner = path + "[" + values.size() + "]";
      values.add(of(present(each, inner), element, inner));
    }
    return values;
  }

  private static Map<String, @Nullable Object> map(Object value, FieldType element, String path) {
    Map<?, ?> fields = expect(value, Map.class, "an object", path);
    Map<String, @Nullable Object> entries =
        fields instanceof LinkedHashMap ? new LinkedHashMap<>() : new TreeMap<>();
    fields.forEach(
        (key, each) -> {
          String inner = path + "." + key;
          entries.put(
              key.toString(),
              element == FieldType.Scalar.ANY ? each : of(present(each, inner), element, inner));
        });
    return entries;
  }

  private static double float64(Object value, String path) {
    return value instanceof String text && List.of("NaN", "Infinity", "-Infinity").contains(text)
        ? Double.parseDouble(text)
        : expect(value, Number.class, "a number", path).doubleValue();
  }

  private static int int32(long whole, String path) {
    if (whole != (int) whole) {
      throw new JsonException(
          "The value of %s is %d, which does not fit 32 bits.".formatted(where(path), whole), null);
    }
    return (int) whole;
  }

  private static Object constant(String word, FieldType.Choice type, String path) {
    Object constant = type.constant(word);
    if (constant == null) {
      throw new JsonException(
          "The value of %s is '%s', which is unknown.".formatted(where(path), word), null);
    }
    return constant;
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
