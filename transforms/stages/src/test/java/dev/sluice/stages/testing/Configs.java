package dev.sluice.stages.testing;

import dev.sluice.parts.Port;
import dev.sluice.parts.Registry;
import dev.sluice.records.config.Key;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * Config records from the YAML of a file's {@code config} block, with the defaults of their keys.
 */
public final class Configs {
  private Configs() {}

  /** Reads a block; every mistake throws. */
  public static <C extends Record> C of(Class<C> type, String yaml) {
    return type.cast(record(type, yaml(yaml), type.getSimpleName()));
  }

  private static Object yaml(String text) {
    return new Load(LoadSettings.builder().build()).loadFromString(text);
  }

  private static Object record(Class<?> type, Object value, String path) {
    Map<?, ?> given = value instanceof Map<?, ?> block ? block : Map.of("kind", value);
    RecordComponent[] components = type.getRecordComponents();
    given = gathered(components, given);
    Set<Object> unknown = new TreeSet<>(given.keySet());
    @Nullable Object[] values = new @Nullable Object[components.length];
    Class<?>[] types = new Class<?>[components.length];
    for (int i = 0; i < components.length; i++) {
      String name = snake(components[i].getName());
      unknown.remove(name);
      types[i] = components[i].getType();
      Key key = components[i].getAnnotation(Key.class);
      String at = path + "." + name;
      if (key == null) {
        throw new IllegalArgumentException(at + " has no @Key.");
      }
      if (key.inline()) {
        Map<Object, Object> part = new LinkedHashMap<>(given);
        for (RecordComponent other : components) {
          part.remove(snake(other.getName()));
        }
        unknown.removeAll(part.keySet());
        values[i] = value(components[i].getGenericType(), part, path);
        continue;
      }
      Object own = given.get(name);
      if (own == null && !key.byDefault().isEmpty()) {
        own = yaml(key.byDefault());
      }
      if (own == null && !nullable(components[i])) {
        throw new IllegalArgumentException(at + " is missing.");
      }
      if (own != null && !key.bare().isEmpty() && !(own instanceof Map)) {
        own = Map.of(key.bare(), own);
      }
      if (own instanceof Map<?, ?> block
          && components[i].getType().isAnnotationPresent(Port.class)
          && !block.containsKey("kind")) {
        Map<Object, Object> part = new LinkedHashMap<>(block);
        part.put("kind", key.byDefault());
        own = part;
      }
      values[i] = own == null ? null : value(components[i].getGenericType(), own, at);
    }
    unknown.remove("kind");
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(path + " has no keys " + unknown);
    }
    try {
      var constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(path + ": " + e.getCause(), e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The block with keys of a part that are beside its word moved into the part's block. */
  private static Map<?, ?> gathered(RecordComponent[] components, Map<?, ?> given) {
    Map<Object, Object> gathered = new LinkedHashMap<>(given);
    for (RecordComponent component : components) {
      Key key = component.getAnnotation(Key.class);
      if (key != null && key.flat() && component.getType().isAnnotationPresent(Port.class)) {
        String name = snake(component.getName());
        Object word = gathered.getOrDefault(name, yaml(key.byDefault()));
        Map<Object, Object> part = new LinkedHashMap<>();
        if (word instanceof Map<?, ?> block) {
          part.putAll(block);
        } else {
          part.put("kind", word);
        }
        Class<?> type = Registry.get().parts(component.getType()).get(part.get("kind"));
        if (type != null) {
          for (RecordComponent inner : type.getRecordComponents()) {
            Object value = gathered.remove(snake(inner.getName()));
            if (value != null) {
              part.put(snake(inner.getName()), value);
            }
          }
        }
        gathered.put(name, part);
      }
    }
    return gathered;
  }

  private static boolean nullable(RecordComponent component) {
    return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  private static Object value(Type type, Object value, String path) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      if (generic.getRawType() == List.class) {
        List<Object> list = new ArrayList<>();
        ((List<?>) value).forEach(each -> list.add(value(arguments[0], each, path + "[]")));
        return list;
      }
      Map<String, Object> map = new LinkedHashMap<>();
      ((Map<?, ?>) value).forEach((k, v) -> map.put(k.toString(), value(arguments[1], v, path)));
      return map;
    }
    Class<?> raw = (Class<?>) type;
    if (raw.isAnnotationPresent(Port.class)) {
      Object word = value instanceof Map<?, ?> block ? block.get("kind") : value;
      Class<?> part = Registry.get().parts(raw).get(String.valueOf(word));
      if (part == null) {
        throw new IllegalArgumentException(path + " has no such kind: " + value);
      }
      return record(part, value, path);
    }
    if (raw.isRecord()) {
      return record(raw, value, path);
    }
    if (raw.isEnum()) {
      for (Object constant : raw.getEnumConstants()) {
        if (((Enum<?>) constant).name().toLowerCase(Locale.ROOT).equals(value)) {
          return constant;
        }
      }
      throw new IllegalArgumentException(path + " is not one of its words: " + value);
    }
    if (raw == int.class || raw == Integer.class) {
      return ((Number) value).intValue();
    }
    if (raw == double.class || raw == Double.class) {
      return value instanceof Number number
          ? number.doubleValue()
          : Double.parseDouble(value.toString());
    }
    return raw == boolean.class ? value : value.toString();
  }

  /** The name of a component as a key of a file. */
  public static String snake(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }
}
