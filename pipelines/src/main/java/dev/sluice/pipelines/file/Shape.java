package dev.sluice.pipelines.file;

import dev.sluice.parts.Port;
import dev.sluice.parts.Registry;
import dev.sluice.records.config.Key;
import dev.sluice.records.schema.FieldType;
import dev.sluice.records.schema.RecordSchema;
import java.util.List;
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

  /** One of an enum's constants. */
  record Choice(FieldType.Choice type) implements Shape {}

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
   */
  record Field(RecordSchema.Field component, Shape shape, Key key) {
    private static Field of(RecordSchema.Field component, Class<?> owner) {
      Key key = component.key();
      if (key == null) {
        throw new IllegalStateException(
            "Component '%s' of %s has no @Key, so a file cannot hold it; describe it."
                .formatted(component.name(), owner.getName()));
      }
      Shape shape = Shape.of(component.type(), key);
      if (shape == null) {
        throw new IllegalStateException(
            "Component '%s' of %s is a %s, which a file cannot hold; see @Key for the types it can."
                .formatted(
                    component.name(),
                    owner.getName(),
                    component.accessor().getGenericReturnType().getTypeName()));
      }
      return new Field(component, shape, key);
    }

    /** The key's name. */
    public String name() {
      return component.name();
    }

    /** Whether it may be absent without a default. */
    public boolean nullable() {
      return component.nullable();
    }

    /** Whether a file must have the key. */
    public boolean required() {
      return key.byDefault().isEmpty() && !nullable();
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
            return RecordSchema.of(type.asSubclass(Record.class)).fields().stream()
                .map(component -> Field.of(component, type))
                .toList();
          }
        };
  }

  private static @Nullable Shape of(FieldType type, Key key) {
    if (type instanceof FieldType.Scalar scalar) {
      return switch (scalar) {
        case BOOLEAN -> new Flag();
        case INT -> new Whole(Integer.MIN_VALUE, Integer.MAX_VALUE);
        case LONG -> new Whole(Long.MIN_VALUE, Long.MAX_VALUE);
        case DOUBLE -> new Real();
        case TEXT -> new Text(choices(key), key.refersTo());
        case ANY -> new Free();
        case FLOAT, INSTANT -> null;
      };
    }
    if (type instanceof FieldType.Items items) {
      Shape item = Shape.of(items.item(), key);
      return item == null ? null : new Items(item);
    }
    if (type instanceof FieldType.Entries entries) {
      Shape value = Shape.of(entries.value(), key);
      return value == null ? null : new Table(value);
    }
    if (type instanceof FieldType.Choice choice) {
      return new Choice(choice);
    }
    if (type instanceof FieldType.Block block) {
      return block(block.type());
    }
    return ((FieldType.Other) type).type() instanceof Class<?> port
            && port.isAnnotationPresent(Port.class)
        ? Kinds.of(port, Registry.get())
        : null;
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
    for (RecordSchema.Field component : RecordSchema.of(type).fields()) {
      if (component.key() != null
          && component.key().inline()
          && Shape.of(component.type(), component.key()) instanceof Kinds kinds) {
        return new Envelope(type, kinds);
      }
    }
    return new Block(type);
  }
}
