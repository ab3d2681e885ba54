package dev.sluice.records.schema;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The type of a record's field. A number and its boxed form are one type. */
public sealed interface FieldType {

  /** A single value. */
  enum Scalar implements FieldType {
    BOOLEAN(boolean.class, Boolean.class),
    INT(int.class, Integer.class),
    LONG(long.class, Long.class),
    FLOAT(float.class, Float.class),
    DOUBLE(double.class, Double.class),
    TEXT(String.class, String.class),
    INSTANT(Instant.class, Instant.class),
    /** Null, a truth value, a number, a text, a list or a map. */
    ANY(Object.class, Object.class);

    private final Class<?> type;
    private final Class<?> boxed;

    Scalar(Class<?> type, Class<?> boxed) {
      this.type = type;
      this.boxed = boxed;
    }
  }

  /** One of an enum's constants, written as its name in lower case. */
  record Choice(Class<?> type) implements FieldType {
    /** The words of all constants, in order. */
    public List<String> words() {
      List<String> words = new ArrayList<>();
      for (Object constant : type.getEnumConstants()) {
        words.add(word((Enum<?>) constant));
      }
      return words;
    }

    /** The word of a constant. */
    public static String word(Enum<?> constant) {
      return constant.name().toLowerCase(Locale.ROOT);
    }

    /** The constant of a word; null if there is none. */
    public @Nullable Object constant(String word) {
      int index = words().indexOf(word);
      return index < 0 ? null : type.getEnumConstants()[index];
    }
  }

  /** A record. */
  record Block(Class<? extends Record> type) implements FieldType {}

  /** A list. */
  record Items(FieldType item) implements FieldType {}

  /** A map from texts. */
  record Entries(FieldType value) implements FieldType {}

  /** Any other type. */
  record Other(Type type) implements FieldType {}

  /** The type of a Java type. */
  static FieldType of(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      if (generic.getRawType() == List.class) {
        return new Items(of(arguments[0]));
      }
      if (generic.getRawType() == Map.class && arguments[0] == String.class) {
        return new Entries(of(arguments[1]));
      }
    }
    for (Scalar scalar : Scalar.values()) {
      if (scalar.type == type || scalar.boxed == type) {
        return scalar;
      }
    }
    if (type instanceof Class<?> plain && plain.isEnum()) {
      return new Choice(plain);
    }
    return type instanceof Class<?> plain && plain.isRecord()
        ? new Block(plain.asSubclass(Record.class))
        : new Other(type);
  }
}
