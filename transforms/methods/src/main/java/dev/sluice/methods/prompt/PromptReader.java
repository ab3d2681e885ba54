package dev.sluice.methods.prompt;

import dev.sluice.methods.reply.ReplyParser;
import dev.sluice.parts.Registry;
import dev.sluice.records.config.Key;
import dev.sluice.records.json.SnakeCase;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads the prompt files that modules ship. Files of users are read with the pipeline file, which
 * names every mistake with its place; here the first one throws.
 */
final class PromptReader {
  private final String name;

  private PromptReader(String name) {
    this.name = name;
  }

  static PromptText read(String name, String yaml) {
    PromptReader reader = new PromptReader(name);
    return (PromptText) reader.record(PromptText.class, reader.map(load(name, yaml)));
  }

  private static @Nullable Object load(String name, String yaml) {
    try {
      return new Load(LoadSettings.builder().setLabel(name).build()).loadFromString(yaml);
    } catch (YamlEngineException e) {
      throw new IllegalStateException("The prompt '%s' is no YAML.".formatted(name), e);
    }
  }

  private Map<String, @Nullable Object> map(@Nullable Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      throw wrong("must be a block of keys, but is " + value);
    }
    Map<String, @Nullable Object> keys = new HashMap<>();
    map.forEach((key, each) -> keys.put(String.valueOf(key), each));
    return keys;
  }

  private Object record(Class<? extends Record> type, Map<String, @Nullable Object> keys) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    @Nullable Object[] values = new @Nullable Object[components.length];
    for (int i = 0; i < components.length; i++) {
      Key key = components[i].getAnnotation(Key.class);
      String word = SnakeCase.of(components[i].getName());
      Object value = keys.remove(word);
      if (value == null && !key.byDefault().isEmpty()) {
        value = load(name, key.byDefault());
      }
      types[i] = components[i].getType();
      values[i] = value == null ? null : value(types[i], value, word);
    }
    if (!keys.isEmpty()) {
      throw wrong("has unknown keys " + keys.keySet());
    }
    try {
      Constructor<? extends Record> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(
          "The prompt '%s' is refused: %s".formatted(name, e.getTargetException().getMessage()), e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("The record %s cannot be made.".formatted(type), e);
    }
  }

  private Object value(Class<?> type, Object value, String word) {
    if (type == ReplyParser.class) {
      Map<String, @Nullable Object> keys =
          value instanceof String kind ? new HashMap<>(Map.of("kind", kind)) : map(value);
      Object kind = keys.remove("kind");
      Class<? extends Record> part =
          Registry.get().parts(ReplyParser.class).get(String.valueOf(kind));
      if (part == null) {
        throw wrong("names the reply parser '" + kind + "', which there is not");
      }
      return record(part, keys);
    }
    if (type.isEnum()) {
      for (Object constant : type.getEnumConstants()) {
        if (((Enum<?>) constant).name().toLowerCase(Locale.ROOT).equals(value)) {
          return constant;
        }
      }
      throw wrong("has '" + value + "' at '" + word + "', which is unknown");
    }
    if (type == List.class && value instanceof List<?> list) {
      return List.copyOf(list);
    }
    if ((type == double.class || type == Double.class) && value instanceof Number number) {
      return number.doubleValue();
    }
    return value;
  }

  private IllegalStateException wrong(String what) {
    return new IllegalStateException("The prompt '%s' %s.".formatted(name, what));
  }
}
