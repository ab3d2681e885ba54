package dev.sluice.pipelines.file.pages;

import dev.sluice.pipelines.file.Binder;
import dev.sluice.pipelines.file.ErrorHandling;
import dev.sluice.pipelines.file.FlatKeys;
import dev.sluice.pipelines.file.Shape;
import dev.sluice.pipelines.file.yaml.Position;
import dev.sluice.records.config.Key;
import dev.sluice.records.json.Json;
import dev.sluice.records.schema.SnakeCase;
import dev.sluice.stages.StageType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The definitions of a schema: one for every config record, referred to by name. */
final class SchemaDefinitions {
  private static final String VARIABLE = "\\$\\{[^}]+\\}";

  private final Map<String, Object> definitions = new TreeMap<>();

  /** By a record, and the record of the block around it if that has keys of its own. */
  private final Map<List<Class<?>>, String> names = new HashMap<>();

  /** All of them by name. */
  Map<String, Object> all() {
    return definitions;
  }

  /** The definition of a stage's config. */
  Map<String, @Nullable Object> config(StageType<?> type) {
    Map<String, @Nullable Object> keys = new LinkedHashMap<>();
    List<String> required = new ArrayList<>();
    fields(Shape.fields(type.configType()), keys, required);
    keys.put(
        ErrorHandling.KEY,
        ref(ErrorHandling.class, "Limit of dead letters, and the name of their output."));
    return define(type.name(), "", keys, required);
  }

  private void fields(
      List<Shape.Field> fields, Map<String, @Nullable Object> keys, List<String> required) {
    for (Shape.Field field : fields) {
      keys.put(field.name(), field(field));
      if (field.required()) {
        required.add(field.name());
      }
    }
    FlatKeys.of(fields).forEach((name, field) -> keys.put(name, field(field)));
  }

  private Map<String, @Nullable Object> define(
      String name, String description, Map<String, @Nullable Object> keys, List<String> required) {
    Map<String, @Nullable Object> block = block(description);
    if (!required.isEmpty()) {
      block.put("required", required);
    }
    block.put("additionalProperties", false);
    block.put("properties", keys);
    definitions.put(name, block);
    return reference(name);
  }

  private static Map<String, @Nullable Object> reference(String name) {
    return Json.object("$ref", "#/$defs/" + name);
  }

  /** A reference to a record's definition. */
  Map<String, @Nullable Object> ref(Class<? extends Record> type) {
    return ref(List.of(type), type, null, null, List.of());
  }

  /** The same with a description of its own. */
  Map<String, @Nullable Object> ref(Class<? extends Record> type, String description) {
    Map<String, @Nullable Object> described = Json.object("description", description);
    described.putAll(ref(type));
    return described;
  }

  private Map<String, @Nullable Object> ref(
      List<Class<?>> id,
      Class<? extends Record> type,
      @Nullable String selector,
      @Nullable String word,
      List<Shape.Field> around) {
    String name = names.get(id);
    if (name == null) {
      name = free(type);
      names.put(id, name);
      Map<String, @Nullable Object> keys = new LinkedHashMap<>();
      List<String> required = new ArrayList<>();
      if (selector != null && word != null) {
        // Whether the word must stand there, the block around it says.
        keys.put(selector, Map.of("const", word));
      }
      fields(Shape.fields(type), keys, required);
      fields(around, keys, required);
      define(name, Binder.doc(type), keys, required);
    }
    return reference(name);
  }

  private String free(Class<?> type) {
    String simple = SnakeCase.of(type.getSimpleName());
    String name = simple;
    for (int i = 2; names.containsValue(name); i++) {
      name = simple + "_" + i;
    }
    return name;
  }

  /** The schema of a key. */
  Map<String, @Nullable Object> field(Shape.Field field) {
    Key key = field.key();
    Map<String, @Nullable Object> schema = Json.object("description", key.value());
    if (!key.byDefault().isEmpty()) {
      schema.put("default", Binder.defaultNode(field, new Position("", 1, 1), "").plain());
    }
    Map<String, @Nullable Object> shape = shape(field.shape(), key, true);
    if (field.shape() instanceof Shape.Block block && !key.bare().isEmpty()) {
      shape = anyOf(shape, bare(block, key.bare()));
    }
    schema.putAll(field.nullable() ? nullable(shape) : shape);
    return schema;
  }

  /** What may stand in place of a block. */
  private Map<String, @Nullable Object> bare(Shape.Block block, String name) {
    Shape.Field inner =
        Shape.fields(block.type()).stream()
            .filter(field -> field.name().equals(name))
            .findFirst()
            .orElseThrow(
                () -> new IllegalStateException(block.type() + " has no key '" + name + "'."));
    return shape(inner.shape(), inner.key(), true);
  }

  private Map<String, @Nullable Object> shape(Shape shape, Key key, boolean bounds) {
    if (key.refersTo().equals(Key.CONTENT)) {
      return Json.object("type", "string");
    }
    if (shape instanceof Shape.Free) {
      return Map.of();
    }
    if (shape instanceof Shape.Flag) {
      return variable("boolean");
    }
    if (shape instanceof Shape.Whole) {
      return number("integer", key, bounds);
    }
    if (shape instanceof Shape.Real) {
      return number("number", key, bounds);
    }
    if (shape instanceof Shape.Text text) {
      return text.choices().isEmpty() ? Json.object("type", "string") : words(text.choices());
    }
    if (shape instanceof Shape.Choice choice) {
      return words(choice.type().words());
    }
    if (shape instanceof Shape.Block block) {
      return ref(block.type());
    }
    if (shape instanceof Shape.Kinds kinds) {
      return orWord(
          kinds, kinds(kinds, "", List.of(), List.of(), key.byDefault()), bounds && key.flat());
    }
    if (shape instanceof Shape.Envelope envelope) {
      return orWord(
          envelope.kinds(),
          kinds(envelope.kinds(), "", List.of(envelope.type()), envelope.own(), ""),
          false);
    }
    if (shape instanceof Shape.Items items) {
      Map<String, @Nullable Object> list = Json.object("type", "array");
      if (key.min() > 0) {
        list.put("minItems", (long) key.min());
      }
      if (key.max() != Double.POSITIVE_INFINITY) {
        list.put("maxItems", (long) key.max());
      }
      list.put("items", shape(items.item(), key, false));
      return list;
    }
    return Json.object(
        "type", "object", "additionalProperties", shape(((Shape.Table) shape).value(), key, false));
  }

  private static Map<String, @Nullable Object> variable(String type) {
    return Json.object("type", List.of(type, "string"), "pattern", VARIABLE);
  }

  private static Map<String, @Nullable Object> number(String type, Key key, boolean bounds) {
    Map<String, @Nullable Object> schema = variable(type);
    if (bounds && key.min() != Double.NEGATIVE_INFINITY) {
      schema.put(key.minExclusive() ? "exclusiveMinimum" : "minimum", key.min());
    }
    if (bounds && key.max() != Double.POSITIVE_INFINITY) {
      schema.put("maximum", key.max());
    }
    return schema;
  }

  private static Map<String, @Nullable Object> words(List<String> words) {
    return anyOf(Map.of("enum", words), Json.object("type", "string", "pattern", VARIABLE));
  }

  /**
   * The word of a part that needs no key may replace its block; any word, if keys may be beside it.
   */
  private static Map<String, @Nullable Object> orWord(
      Shape.Kinds kinds, Map<String, @Nullable Object> block, boolean any) {
    List<String> words = new ArrayList<>();
    kinds
        .kinds()
        .forEach(
            (word, type) -> {
              if (any || Shape.fields(type).stream().noneMatch(Shape.Field::required)) {
                words.add(word);
              }
            });
    return words.isEmpty() ? block : anyOf(block, Map.of("enum", words));
  }

  /** A block whose selector decides which keys it has. */
  Map<String, @Nullable Object> kinds(Shape.Kinds kinds, String description) {
    return kinds(kinds, description, List.of(), List.of(), "");
  }

  private Map<String, @Nullable Object> kinds(
      Shape.Kinds kinds,
      String description,
      List<Class<?>> block,
      List<Shape.Field> around,
      String byDefault) {
    List<Object> branches = new ArrayList<>();
    List<Object> words = new ArrayList<>();
    kinds
        .kinds()
        .forEach(
            (word, type) -> {
              words.add(Json.object("const", word, "description", Binder.doc(type)));
              List<Class<?>> id = new ArrayList<>(block);
              id.add(type);
              Map<String, @Nullable Object> ref = ref(id, type, kinds.selector(), word, around);
              branches.add(branch(kinds.selector(), word, ref));
              if (word.equals(byDefault)) {
                branches.add(without(kinds.selector(), ref));
              }
            });
    Map<String, @Nullable Object> schema = block(description);
    if (!kinds.kinds().containsKey(byDefault)) {
      schema.put("required", List.of(kinds.selector()));
    }
    schema.put("properties", Map.of(kinds.selector(), Map.of("oneOf", words)));
    schema.put("allOf", branches);
    return schema;
  }

  /** If a key has this word, then that. */
  static Map<String, @Nullable Object> branch(String key, String word, Object then) {
    return Json.object(
        "if",
        Json.object("properties", Map.of(key, Map.of("const", word)), "required", List.of(key)),
        "then",
        then);
  }

  /** If a key is absent, then that. */
  private static Map<String, @Nullable Object> without(String key, Object then) {
    return Json.object("if", Map.of("not", Map.of("required", List.of(key))), "then", then);
  }

  static Map<String, @Nullable Object> block(String description) {
    return description.isEmpty()
        ? Json.object("type", "object")
        : Json.object("description", description, "type", "object");
  }

  static Map<String, @Nullable Object> nullable(Object schema) {
    return anyOf(schema, Map.of("type", "null"));
  }

  private static Map<String, @Nullable Object> anyOf(Object one, Object other) {
    return Json.object("anyOf", List.of(one, other));
  }
}
