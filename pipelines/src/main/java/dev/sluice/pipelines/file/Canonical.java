package dev.sluice.pipelines.file;

import dev.sluice.parts.Part;
import dev.sluice.pipelines.file.yaml.JsonObject;
import dev.sluice.records.config.Kind;
import dev.sluice.records.schema.FieldType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Config records as JSON with keys in alphabetical order, so that equal configs give equal texts. A
 * free text from the environment is written as the file has it, {@code ${NAME}}. What a fingerprint
 * sees holds the version of each part, from 2 on.
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

  String json(Record config) {
    return json(config, null);
  }

  /** The same with the key that selected the record among its kind. */
  String json(Record config, @Nullable String selector) {
    return object(keys(config, selector));
  }

  private Map<String, String> keys(Record config, @Nullable String selector) {
    Map<String, String> keys = new TreeMap<>();
    if (selector != null) {
      keys.put(selector, JsonObject.quote(kind(config)));
    }
    if (versions && config instanceof Part part && part.version() > 1) {
      keys.put(ConfigTexts.VERSION, Integer.toString(part.version()));
    }
    for (Shape.Field field : Shape.fields(config.getClass())) {
      Object value = field.component().get(config);
      if (value == null || hidden(field)) {
        continue;
      }
      if (field.key().inline()) {
        keys.putAll(keys((Record) value, ((Shape.Kinds) field.shape()).selector()));
        continue;
      }
      if (field.key().flat()
          && field.shape() instanceof Shape.Kinds
          && FlatKeys.fits((Record) value, field, Shape.fields(config.getClass()))) {
        flat(field, (Record) value, keys);
        continue;
      }
      String text = text(field, value);
      if (defaults || !text.equals(defaultText(field))) {
        keys.put(field.name(), text);
      }
    }
    return keys;
  }

  /** A part as its word, with its keys and its version beside it. */
  private void flat(Shape.Field field, Record part, Map<String, String> keys) {
    String word = JsonObject.quote(kind(part));
    Object usual = field.key().byDefault().isEmpty() ? null : Placeholder.of(field);
    if (defaults || usual == null || !word.equals(JsonObject.quote(kind((Record) usual)))) {
      keys.put(field.name(), word);
    }
    Map<String, String> beside = keys(part, null);
    String version = beside.remove(ConfigTexts.VERSION);
    if (version != null) {
      keys.put(field.name() + "." + ConfigTexts.VERSION, version);
    }
    keys.putAll(beside);
  }

  private String text(Shape.Field field, Object value) {
    if (field.key().ordered()) {
      return ordered(value);
    }
    if (field.key().tacit()
        && !defaults
        && field.shape() instanceof Shape.Kinds
        && kind((Record) value).equals(field.key().byDefault())) {
      return json((Record) value, null);
    }
    if (!field.key().flat()
        || !(field.shape() instanceof Shape.Items items)
        || !(items.item() instanceof Shape.Kinds kinds)) {
      return value(field.shape(), value);
    }
    List<String> parts = new ArrayList<>();
    for (Object item : (List<?>) value) {
      Map<String, String> keys = keys((Record) item, kinds.selector());
      parts.add(keys.size() == 1 ? JsonObject.quote(kind((Record) item)) : object(keys));
    }
    return JsonObject.array(parts);
  }

  /** The text of a key that the file leaves out; null if the key has no default. */
  private @Nullable String defaultText(Shape.Field field) {
    Object value = field.key().byDefault().isEmpty() ? null : Placeholder.of(field);
    // Without versions, so that a part whose version rose is written although it is the default.
    return value == null ? null : new Canonical(secrets, scope, defaults, false).text(field, value);
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

  private String value(Shape shape, @Nullable Object value) {
    if (shape instanceof Shape.Free) {
      return free(value);
    }
    if (value == null) {
      throw new IllegalStateException("A list or a block of a config holds null.");
    }
    return given(shape, value);
  }

  /** A free value whose keys stay in their order. */
  private String ordered(@Nullable Object value) {
    if (value instanceof Map<?, ?> table) {
      JsonObject object = new JsonObject();
      table.forEach((key, item) -> object.raw((String) key, ordered(item)));
      return object.toString();
    }
    return value instanceof List<?> items
        ? JsonObject.array(items.stream().map(this::ordered).toList())
        : free(value);
  }

  private String free(@Nullable Object value) {
    if (value instanceof String text) {
      return JsonObject.quote(secrets.getOrDefault(text, text));
    }
    if (value instanceof List<?> items) {
      return JsonObject.array(items.stream().map(this::free).toList());
    }
    if (value instanceof Map<?, ?> table) {
      Map<String, String> keys = new TreeMap<>();
      table.forEach((key, item) -> keys.put((String) key, free(item)));
      return object(keys);
    }
    return value instanceof Double number ? number(number) : String.valueOf(value);
  }

  private String given(Shape shape, Object value) {
    if (shape instanceof Shape.Text text) {
      String hidden = text.choices().isEmpty() ? secrets.get(value) : null;
      return JsonObject.quote(hidden == null ? (String) value : hidden);
    }
    if (shape instanceof Shape.Real) {
      return number((Double) value);
    }
    if (shape instanceof Shape.Choice) {
      return JsonObject.quote(FieldType.Choice.word((Enum<?>) value));
    }
    if (shape instanceof Shape.Block || shape instanceof Shape.Envelope) {
      return json((Record) value, null);
    }
    if (shape instanceof Shape.Kinds kinds) {
      return json((Record) value, kinds.selector());
    }
    if (shape instanceof Shape.Items items) {
      List<String> values = new ArrayList<>();
      ((List<?>) value).forEach(item -> values.add(value(items.item(), item)));
      return JsonObject.array(values);
    }
    if (shape instanceof Shape.Table table) {
      Map<String, String> keys = new TreeMap<>();
      ((Map<?, ?>) value)
          .forEach((key, item) -> keys.put((String) key, value(table.value(), item)));
      return object(keys);
    }
    return value.toString();
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  private static String object(Map<String, String> keys) {
    JsonObject object = new JsonObject();
    keys.forEach(object::raw);
    return object.toString();
  }

  private static String kind(Record config) {
    Kind kind = config.getClass().getAnnotation(Kind.class);
    if (kind == null) {
      throw new IllegalStateException(config.getClass().getName() + " has no @Kind.");
    }
    return kind.value();
  }
}
