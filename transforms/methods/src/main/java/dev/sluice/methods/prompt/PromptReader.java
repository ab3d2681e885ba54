package dev.sluice.methods.prompt;

import dev.sluice.methods.reply.ReplyParser;
import dev.sluice.parts.Registry;
import dev.sluice.records.schema.FieldType;
import dev.sluice.records.schema.RecordSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    return reader.record(PromptText.class, reader.map(load(name, yaml)));
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

  private <R extends Record> R record(Class<R> type, Map<String, @Nullable Object> keys) {
    RecordSchema<R> schema = RecordSchema.of(type);
    List<@Nullable Object> values = new ArrayList<>();
    for (RecordSchema.Field field : schema.fields()) {
      String byDefault = Objects.requireNonNull(field.key()).byDefault();
      Object value = keys.remove(field.name());
      if (value == null && !byDefault.isEmpty()) {
        value = load(name, byDefault);
      }
      values.add(value == null ? null : value(field, value));
    }
    if (!keys.isEmpty()) {
      throw wrong("has unknown keys " + keys.keySet());
    }
    try {
      return schema.make(values.toArray());
    } catch (RuntimeException e) {
      throw new IllegalStateException(
          "The prompt '%s' is refused: %s".formatted(name, e.getMessage()), e);
    }
  }

  private Object value(RecordSchema.Field field, Object value) {
    FieldType type = field.type();
    if (type.equals(new FieldType.Other(ReplyParser.class))) {
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
    if (type instanceof FieldType.Choice choice) {
      Object constant = choice.constant(value.toString());
      if (constant == null) {
        throw wrong("has '" + value + "' at '" + field.name() + "', which is unknown");
      }
      return constant;
    }
    if (type instanceof FieldType.Items && value instanceof List<?> list) {
      return List.copyOf(list);
    }
    if (type == FieldType.Scalar.DOUBLE && value instanceof Number number) {
      return number.doubleValue();
    }
    return value;
  }

  private IllegalStateException wrong(String what) {
    return new IllegalStateException("The prompt '%s' %s.".formatted(name, what));
  }
}
