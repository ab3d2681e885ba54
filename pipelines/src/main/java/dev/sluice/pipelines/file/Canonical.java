package dev.sluice.pipelines.file;

import dev.sluice.parts.Part;
import dev.sluice.records.config.Kind;
import dev.sluice.records.schema.FieldType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Config records as trees with keys in alphabetical order, so that equal configs give equal trees.
 * A free text from the environment is written as the file has it, {@code ${NAME}}. What a
 * fingerprint sees holds the version of each part, from 2 on.
 */
final class Canonical {
  /** Which keys are written. */
  enum Scope {
    /** Every key. */
    ALL,
    /**
     * What a fingerprint sees: no tuning keys, and no names of models and files, whose contents it
     * sees instead.
     */
    STAGE,
    /** What decides what a unit makes: without the keys that decide only how many there are. */
    UNIT
  }

  private final Map<String, String> secrets;
  private final Scope scope;
  private final boolean defaults;
  private final boolean versions;

  private Canonical(Map<String, String> secrets, Scope scope, boolean defaults, boolean versions) {
    this.secrets = secrets;
    this.scope = scope;
    this.defaults = defaults;
    this.versions = versions;
  }

  /**
   * Writes every key of the scope, defaults included.
   *
   * @param secrets texts from the environment, and what is written in their place
   */
  static Canonical complete(Map<String, String> secrets, Scope scope) {
    return new Canonical(secrets, scope, true, scope != Scope.ALL);
  }

  /** Leaves keys out that have their default value, as if the file did not write them. */
  static Canonical withoutDefaults(Map<String, String> secrets, Scope scope) {
    return new Canonical(secrets, scope, false, scope != Scope.ALL);
  }

  Map<String, @Nullable Object> tree(Record config) {
    return tree(config, null);
  }

  /** The same with the key that selected the record among its kind. */
  Map<String, @Nullable Object> tree(Record config, @Nullable String selector) {
    Map<String, @Nullable Object> keys = new TreeMap<>();
    if (selector != null) {
      keys.put(selector, kind(config));
    }
    if (versions && config instanceof Part part && part.version() > 1) {
      keys.put(ConfigTexts.VERSION, (long) part.version());
    }
    List<Shape.Field> fields = Shape.fields(config.getClass());
    for (Shape.Field field : fields) {
      Object value = field.component().get(config);
      if (value == null || hidden(field)) {
        continue;
      }
      if (field.key().inline()) {
        keys.putAll(tree((Record) value, ((Shape.Kinds) field.shape()).selector()));
        continue;
      }
      if (field.key().flat()
          && field.shape() instanceof Shape.Kinds
          && FlatKeys.fits((Record) value, field, fields)) {
        flat(field, (Record) value, keys);
        continue;
      }
      Object tree = value(field, value);
      if (defaults || !Objects.equals(tree, byDefault(field))) {
        keys.put(field.name(), tree);
      }
    }
    return keys;
  }

  /** A part as its word, with its keys and its version beside it. */
  private void flat(Shape.Field field, Record part, Map<String, @Nullable Object> keys) {
    Object usual = field.key().byDefault().isEmpty() ? null : Placeholder.of(field);
    if (defaults || usual == null || !kind(part).equals(kind((Record) usual))) {
      keys.put(field.name(), kind(part));
    }
    Map<String, @Nullable Object> beside = tree(part);
    Object version = beside.remove(ConfigTexts.VERSION);
    if (version != null) {
      keys.put(field.name() + "." + ConfigTexts.VERSION, version);
    }
    keys.putAll(beside);
  }

  private @Nullable Object value(Shape.Field field, Object value) {
    if (field.key().ordered()) {
      return free(value, true);
    }
    if (field.key().tacit()
        && !defaults
        && field.shape() instanceof Shape.Kinds
        && kind((Record) value).equals(field.key().byDefault())) {
      return tree((Record) value);
    }
    if (!field.key().flat()
        || !(field.shape() instanceof Shape.Items items)
        || !(items.item() instanceof Shape.Kinds kinds)) {
      return value(field.shape(), value);
    }
    List<Object> parts = new ArrayList<>();
    for (Object item : (List<?>) value) {
      Map<String, @Nullable Object> keys = tree((Record) item, kinds.selector());
      parts.add(keys.size() == 1 ? kind((Record) item) : keys);
    }
    return parts;
  }

  /** What a key is that the file leaves out; null if the key has no default. */
  private @Nullable Object byDefault(Shape.Field field) {
    Object value = field.key().byDefault().isEmpty() ? null : Placeholder.of(field);
    // Without versions, so that a part whose version rose is written although it is the default.
    return value == null
        ? null
        : new Canonical(secrets, scope, defaults, false).value(field, value);
  }

  private boolean hidden(Shape.Field field) {
    if (scope == Scope.ALL) {
      return false;
    }
    Shape shape = field.shape();
    while (shape instanceof Shape.Items || shape instanceof Shape.Table) {
      shape = shape instanceof Shape.Items items ? items.item() : ((Shape.Table) shape).value();
    }
    return field.key().tuning()
        || (scope == Scope.UNIT && field.key().incremental())
        || (shape instanceof Shape.Text text && !text.refersTo().isEmpty());
  }

  private @Nullable Object value(Shape shape, @Nullable Object value) {
    if (shape instanceof Shape.Free) {
      return free(value, false);
    }
    if (value == null) {
      throw new IllegalStateException("A list or a block of a config holds null.");
    }
    if (shape instanceof Shape.Text text) {
      return text.choices().isEmpty() ? shown((String) value) : value;
    }
    if (shape instanceof Shape.Whole) {
      return ((Number) value).longValue();
    }
    if (shape instanceof Shape.Real) {
      return number((Double) value);
    }
    if (shape instanceof Shape.Choice) {
      return FieldType.Choice.word((Enum<?>) value);
    }
    if (shape instanceof Shape.Block || shape instanceof Shape.Envelope) {
      return tree((Record) value);
    }
    if (shape instanceof Shape.Kinds kinds) {
      return tree((Record) value, kinds.selector());
    }
    if (shape instanceof Shape.Items items) {
      List<@Nullable Object> all = new ArrayList<>();
      ((List<?>) value).forEach(item -> all.add(value(items.item(), item)));
      return all;
    }
    if (shape instanceof Shape.Table table) {
      Map<String, @Nullable Object> keys = new TreeMap<>();
      ((Map<?, ?>) value)
          .forEach((key, item) -> keys.put((String) key, value(table.value(), item)));
      return keys;
    }
    return value;
  }

  /** A value of which no shape is known. */
  private @Nullable Object free(@Nullable Object value, boolean ordered) {
    if (value instanceof String text) {
      return shown(text);
    }
    if (value instanceof List<?> items) {
      List<@Nullable Object> all = new ArrayList<>();
      items.forEach(item -> all.add(free(item, ordered)));
      return all;
    }
    if (value instanceof Map<?, ?> table) {
      Map<String, @Nullable Object> keys = ordered ? new LinkedHashMap<>() : new TreeMap<>();
      table.forEach((key, item) -> keys.put((String) key, free(item, ordered)));
      return keys;
    }
    return value instanceof Double number ? number(number) : value;
  }

  private String shown(String text) {
    return secrets.getOrDefault(text, text);
  }

  private static Number number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15 ? (Number) (long) value : value;
  }

  private static String kind(Record config) {
    Kind kind = config.getClass().getAnnotation(Kind.class);
    if (kind == null) {
      throw new IllegalStateException(config.getClass().getName() + " has no @Kind.");
    }
    return kind.value();
  }
}
