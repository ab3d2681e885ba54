package dev.sluice.pipelines.file;

import dev.sluice.parts.Port;
import dev.sluice.parts.Registry;
import dev.sluice.records.config.Key;
import dev.sluice.records.schema.SnakeCase;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What may stand at a key: the types of config records as the file sees them. */
public sealed interface Shape {

  /** {@code true} or {@code false}. */
  record Flag() implements Shape {}

  /** A whole number. */
  record Whole(long least, long greatest) implements Shape {}

  /** A number. */
  record Real() implements Shape {}

  /** A text; any if there are no choices. */
  record Text(List<String> choices, String refersTo) implements Shape {}

  /** One of an enum's constants, in lower case. */
  record Choice(Class<?> type) implements Shape {
    public List<String> words() {
      List<String> words = new ArrayList<>();
      for (Object constant : type.getEnumConstants()) {
        words.add(word(constant));
      }
      return words;
    }

    static String word(Object constant) {
      return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT);
    }
  }

  /** A block of keys. */
  record Block(Class<? extends Record> type) implements Shape {}

  /**
   * One of several blocks, selected by the word at the key {@code selector}.
   *
   * @param aliases words of before, each with the word of today
   */
  record Kinds(
      String selector, Map<String, Class<? extends Record>> kinds, Map<String, String> aliases)
      implements Shape {

    /** The parts of a port. */
    public static Kinds of(Class<?> port, Registry registry) {
      return new Kinds(
          port.getAnnotation(Port.class).selector(), registry.parts(port), registry.aliases(port));
    }
  }

  /**
   * A block that holds the keys of a part beside its own.
   *
   * @param type the record of its own keys and of the part
   * @param kinds the parts
   */
  record Envelope(Class<? extends Record> type, Kinds kinds) implements Shape {

    /** The keys that every part has here. */
    public List<Field> own() {
      return fields(type).stream().filter(field -> !field.key().inline()).toList();
    }
  }

  /** A list. */
  record Items(Shape item) implements Shape {}

  /** Whatever YAML can say, null included: what is passed on to another program. */
  record Free() implements Shape {}

  /** A block of free keys. */
  record Table(Shape value) implements Shape {}

  /**
   * One key of a config record.
   *
   * @param shape what may stand there
   * @param nullable whether it may be absent without a default
   */
  record Field(String name, Shape shape, Key key, boolean nullable, RecordComponent component) {
    public boolean required() {
      return key.byDefault().isEmpty() && !nullable;
    }
  }

  /** The keys of a config record, in its order. */
  static List<Field> fields(Class<? extends Record> type) {
    return Fields.OF.get(type);
  }

  /** Remembers the keys of each record. */
  final class Fields {
    private Fields() {}

    private static final ClassValue<List<Field>> OF =
        new ClassValue<>() {
          @Override
          protected List<Field> computeValue(Class<?> type) {
            List<Field> fields = new ArrayList<>();
            for (RecordComponent component : type.getRecordComponents()) {
              fields.add(field(type, component));
            }
            return List.copyOf(fields);
          }
        };

    private static Field field(Class<?> type, RecordComponent component) {
      Key key = component.getAnnotation(Key.class);
      if (key == null) {
        throw new IllegalStateException(
            "Component '%s' of %s has no @Key, so a file cannot hold it; describe it."
                .formatted(component.getName(), type.getName()));
      }
      Shape shape = of(component.getGenericType(), key, type, component.getName());
      boolean nullable =
          component.getAnnotatedType().isAnnotationPresent(Nullable.class)
              || Number.class.isAssignableFrom(component.getType())
              || component.getType() == Boolean.class;
      return new Field(SnakeCase.of(component.getName()), shape, key, nullable, component);
    }

    private static Shape of(Type type, Key key, Class<?> owner, String name) {
      if (type == boolean.class || type == Boolean.class) {
        return new Flag();
      }
      if (type == int.class || type == Integer.class) {
        return new Whole(Integer.MIN_VALUE, Integer.MAX_VALUE);
      }
      if (type == long.class || type == Long.class) {
        return new Whole(Long.MIN_VALUE, Long.MAX_VALUE);
      }
      if (type == double.class || type == Double.class) {
        return new Real();
      }
      if (type == String.class) {
        return new Text(choices(key), key.refersTo());
      }
      if (type == Object.class) {
        return new Free();
      }
      if (type instanceof ParameterizedType generic) {
        Type[] arguments = generic.getActualTypeArguments();
        if (generic.getRawType() == List.class) {
          return new Items(of(arguments[0], key, owner, name));
        }
        if (generic.getRawType() == Map.class && arguments[0] == String.class) {
          return new Table(of(arguments[1], key, owner, name));
        }
      }
      if (type instanceof Class<?> plain) {
        if (plain.isEnum()) {
          return new Choice(plain);
        }
        if (plain.isRecord()) {
          return block(plain.asSubclass(Record.class));
        }
        if (plain.isAnnotationPresent(Port.class)) {
          return Kinds.of(plain, Registry.get());
        }
      }
      throw new IllegalStateException(
          "Component '%s' of %s is a %s, which a file cannot hold; see @Key for the types it can."
              .formatted(name, owner.getName(), type.getTypeName()));
    }

    private static List<String> choices(Key key) {
      if (key.choices().length > 0) {
        return List.of(key.choices());
      }
      try {
        return key.choicesOf().getDeclaredConstructor().newInstance().words();
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(
            "%s needs a public constructor without parameters.".formatted(key.choicesOf()), e);
      }
    }

    private static Shape block(Class<? extends Record> type) {
      for (RecordComponent component : type.getRecordComponents()) {
        Key key = component.getAnnotation(Key.class);
        if (key != null && key.inline()) {
          return new Envelope(type, Kinds.of(component.getType(), Registry.get()));
        }
      }
      return new Block(type);
    }
  }
}
