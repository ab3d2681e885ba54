package dev.sluice.records.schema;

import dev.sluice.records.config.Key;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a record is made of. A schema is read once per class; YAML, JSON, Parquet, SQL and Beam rows
 * all go by it.
 *
 * @param <R> the record
 */
public final class RecordSchema<R extends Record> {
  private static final ClassValue<RecordSchema<?>> SCHEMAS =
      new ClassValue<>() {
        @Override
        protected RecordSchema<?> computeValue(Class<?> type) {
          return new RecordSchema<>(type.asSubclass(Record.class));
        }
      };

  private final Constructor<R> constructor;
  private final List<Field> fields;

  private RecordSchema(Class<R> type) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] parameters = new Class<?>[components.length];
    List<Field> found = new ArrayList<>(components.length);
    for (int i = 0; i < components.length; i++) {
      parameters[i] = components[i].getType();
      found.add(Field.of(components[i]));
    }
    this.fields = List.copyOf(found);
    try {
      this.constructor = type.getDeclaredConstructor(parameters);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("Every record has its canonical constructor.", e);
    }
    constructor.setAccessible(true);
  }

  /** The schema of a class. */
  @SuppressWarnings("unchecked")
  public static <R extends Record> RecordSchema<R> of(Class<R> type) {
    return (RecordSchema<R>) SCHEMAS.get(type);
  }

  /** The fields, in the order of the canonical constructor. */
  public List<Field> fields() {
    return fields;
  }

  /** The names of the fields, in order. */
  public List<String> names() {
    return fields.stream().map(Field::name).toList();
  }

  /** Calls the canonical constructor and passes on what it throws. */
  public R make(@Nullable Object[] values) {
    try {
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(
          "Cannot make a %s.".formatted(type().getName()), e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Cannot make a %s.".formatted(type().getName()), e);
    }
  }

  /** The record's class. */
  public Class<R> type() {
    return constructor.getDeclaringClass();
  }

  /**
   * A component of a record.
   *
   * @param name in snake_case
   * @param nullable whether its value may be null
   */
  public record Field(
      String name, FieldType type, boolean nullable, RecordComponent component, Method accessor) {

    private static Field of(RecordComponent component) {
      Class<?> type = component.getType();
      Method accessor = component.getAccessor();
      accessor.setAccessible(true);
      return new Field(
          SnakeCase.of(component.getName()),
          FieldType.of(component.getGenericType()),
          !type.isPrimitive()
              && (component.getAnnotatedType().isAnnotationPresent(Nullable.class)
                  || Number.class.isAssignableFrom(type)
                  || type == Boolean.class),
          component,
          accessor);
    }

    /** What it says about a key of a pipeline file; null if no file holds it. */
    public @Nullable Key key() {
      return component.getAnnotation(Key.class);
    }

    /** What it says about a column of a table; null if it is none. */
    public @Nullable Column column() {
      return component.getAnnotation(Column.class);
    }

    /** A record's value. */
    public @Nullable Object get(Record record) {
      try {
        return accessor.invoke(record);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(
            "Cannot read '%s' of %s.".formatted(name, record.getClass().getName()), e);
      }
    }
  }
}
