package dev.sluice.pipelines.file.pages;

import dev.sluice.pipelines.file.Binder;
import dev.sluice.pipelines.file.ErrorHandling;
import dev.sluice.pipelines.file.FlatKeys;
import dev.sluice.pipelines.file.Rules;
import dev.sluice.pipelines.file.Shape;
import dev.sluice.pipelines.file.yaml.JsonObject;
import dev.sluice.pipelines.file.yaml.JsonText;
import dev.sluice.pipelines.file.yaml.Position;
import dev.sluice.records.config.Key;
import dev.sluice.records.schema.SnakeCase;
import dev.sluice.stages.StageType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The definitions of a schema: one for every config record, referred to by name. */
final class SchemaDefinitions {
  private static final String VARIABLE = "\\$\\{[^}]+\\}";

  private final Map<String, String> definitions = new TreeMap<>();

  /** By a record, and the record of the block around it if that has keys of its own. */
  private final Map<List<Class<?>>, String> names = new HashMap<>();

  /** All of them as one JSON object. */
  String json() {
    JsonObject all = new JsonObject();
    definitions.forEach(all::raw);
    return all.toString();
  }

  /** The definition of a stage's config. */
  String config(StageType<?> type) {
    JsonObject keys = new JsonObject();
    List<String> required = new ArrayList<>();
    fields(Shape.fields(type.configType()), keys, required);
    keys.raw(
        ErrorHandling.KEY,
        described(
            ref(ErrorHandling.class), "Limit of dead letters, and the name of their output."));
    return define(type.name(), "", keys, required);
  }

  private void fields(List<Shape.Field> fields, JsonObject keys, List<String> required) {
    for (Shape.Field field : fields) {
      keys.raw(field.name(), field(field));
      if (field.required()) {
        required.add(field.name());
      }
    }
    FlatKeys.of(fields).forEach((name, field) -> keys.raw(name, field(field)));
  }

  private String define(String name, String description, JsonObject keys, List<String> required) {
    JsonObject block = object(description);
    if (!required.isEmpty()) {
      block.raw("required", JsonObject.strings(required));
    }
    block.put("additionalProperties", false).raw("properties", keys.toString());
    definitions.put(name, block.toString());
    return reference(name);
  }

  private static String reference(String name) {
    return new JsonObject().put("$ref", "#/$defs/" + name).toString();
  }

  /** A reference to a record's definition. */
  String ref(Class<? extends Record> type) {
    return ref(List.of(type), type, null, null, List.of());
  }

  private String ref(
      List<Class<?>> id,
      Class<? extends Record> type,
      @Nullable String selector,
      @Nullable String word,
      List<Shape.Field> around) {
    String name = names.get(id);
    if (name == null) {
      name = free(type);
      names.put(id, name);
      JsonObject keys = new JsonObject();
      List<String> required = new ArrayList<>();
      if (selector != null && word != null) {
        // Whether the word must stand there, the block around it says.
        keys.raw(selector, new JsonObject().put("const", word).toString());
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
  String field(Shape.Field field) {
    JsonObject schema = new JsonObject().put("description", field.key().value());
    if (!field.key().byDefault().isEmpty()) {
      schema.raw("default", JsonText.of(Binder.defaultNode(field, new Position("", 1, 1), "")));
    }
    String shape = shape(field.shape(), field.key(), true);
    if (field.shape() instanceof Shape.Block block && !field.key().bare().isEmpty()) {
      shape =
          new JsonObject()
              .raw("anyOf", JsonObject.array(List.of(shape, bare(block, field.key().bare()))))
              .toString();
    }
    String inner = shape.substring(1, shape.length() - 1);
    String body = schema.toString();
    if (field.nullable()) {
      return body.substring(0, body.length() - 1)
          + ",\"anyOf\":["
          + shape
          + ",{\"type\":\"null\"}]}";
    }
    return body.substring(0, body.length() - 1) + (inner.isEmpty() ? "" : "," + inner) + "}";
  }

  /** What may stand in place of a block. */
  private String bare(Shape.Block block, String name) {
    Shape.Field inner =
        Shape.fields(block.type()).stream()
            .filter(field -> field.name().equals(name))
            .findFirst()
            .orElseThrow(
                () -> new IllegalStateException(block.type() + " has no key '" + name + "'."));
    return shape(inner.shape(), inner.key(), true);
  }

  private String shape(Shape shape, Key key, boolean bounds) {
    if (key.refersTo().equals(Key.CONTENT)) {
      return "{\"type\":\"string\"}";
    }
    if (shape instanceof Shape.Free) {
      return "{}";
    }
    if (shape instanceof Shape.Flag) {
      return variable("boolean").toString();
    }
    if (shape instanceof Shape.Whole) {
      return number("integer", key, bounds);
    }
    if (shape instanceof Shape.Real) {
      return number("number", key, bounds);
    }
    if (shape instanceof Shape.Text text) {
      return text.choices().isEmpty() ? "{\"type\":\"string\"}" : words(text.choices());
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
      JsonObject list = new JsonObject().put("type", "array");
      if (key.min() > 0) {
        list.put("minItems", (long) key.min());
      }
      if (key.max() != Double.POSITIVE_INFINITY) {
        list.put("maxItems", (long) key.max());
      }
      return list.raw("items", shape(items.item(), key, false)).toString();
    }
    return new JsonObject()
        .put("type", "object")
        .raw("additionalProperties", shape(((Shape.Table) shape).value(), key, false))
        .toString();
  }

  private static JsonObject variable(String type) {
    return new JsonObject()
        .raw("type", JsonObject.strings(List.of(type, "string")))
        .put("pattern", VARIABLE);
  }

  private static String number(String type, Key key, boolean bounds) {
    JsonObject schema = variable(type);
    if (bounds && key.min() != Double.NEGATIVE_INFINITY) {
      schema.raw(key.minExclusive() ? "exclusiveMinimum" : "minimum", Rules.number(key.min()));
    }
    if (bounds && key.max() != Double.POSITIVE_INFINITY) {
      schema.raw("maximum", Rules.number(key.max()));
    }
    return schema.toString();
  }

  private static String words(List<String> words) {
    String known = new JsonObject().raw("enum", JsonObject.strings(words)).toString();
    String other = new JsonObject().put("type", "string").put("pattern", VARIABLE).toString();
    return new JsonObject().raw("anyOf", JsonObject.array(List.of(known, other))).toString();
  }

  /**
   * The word of a part that needs no key may replace its block; any word, if keys may be beside it.
   */
  private static String orWord(Shape.Kinds kinds, String block, boolean any) {
    List<String> words = new ArrayList<>();
    kinds
        .kinds()
        .forEach(
            (word, type) -> {
              if (any || Shape.fields(type).stream().noneMatch(Shape.Field::required)) {
                words.add(word);
              }
            });
    return words.isEmpty()
        ? block
        : new JsonObject()
            .raw(
                "anyOf",
                JsonObject.array(
                    List.of(
                        block, new JsonObject().raw("enum", JsonObject.strings(words)).toString())))
            .toString();
  }

  /** A block whose selector decides which keys it has. */
  String kinds(Shape.Kinds kinds, String description) {
    return kinds(kinds, description, List.of(), List.of(), "");
  }

  private String kinds(
      Shape.Kinds kinds,
      String description,
      List<Class<?>> block,
      List<Shape.Field> around,
      String byDefault) {
    List<String> branches = new ArrayList<>();
    List<String> words = new ArrayList<>();
    kinds
        .kinds()
        .forEach(
            (word, type) -> {
              words.add(
                  new JsonObject()
                      .put("const", word)
                      .put("description", Binder.doc(type))
                      .toString());
              List<Class<?>> id = new ArrayList<>(block);
              id.add(type);
              String ref = ref(id, type, kinds.selector(), word, around);
              branches.add(branch(kinds.selector(), word, ref));
              if (word.equals(byDefault)) {
                branches.add(without(kinds.selector(), ref));
              }
            });
    String selector = new JsonObject().raw("oneOf", JsonObject.array(words)).toString();
    JsonObject schema = object(description);
    if (!kinds.kinds().containsKey(byDefault)) {
      schema.raw("required", JsonObject.strings(List.of(kinds.selector())));
    }
    return schema
        .raw("properties", new JsonObject().raw(kinds.selector(), selector).toString())
        .raw("allOf", JsonObject.array(branches))
        .toString();
  }

  /** If a key has this word, then that. */
  static String branch(String key, String word, String then) {
    String constant = new JsonObject().put("const", word).toString();
    String condition =
        new JsonObject()
            .raw("properties", new JsonObject().raw(key, constant).toString())
            .raw("required", JsonObject.strings(List.of(key)))
            .toString();
    return new JsonObject().raw("if", condition).raw("then", then).toString();
  }

  /** If a key is absent, then that. */
  private static String without(String key, String then) {
    String present = new JsonObject().raw("required", JsonObject.strings(List.of(key))).toString();
    return new JsonObject()
        .raw("if", new JsonObject().raw("not", present).toString())
        .raw("then", then)
        .toString();
  }

  static JsonObject object(String description) {
    JsonObject schema = new JsonObject();
    if (!description.isEmpty()) {
      schema.put("description", description);
    }
    return schema.put("type", "object");
  }

  static String described(String ref, String description) {
    String body = new JsonObject().put("description", description).toString();
    return body.substring(0, body.length() - 1) + "," + ref.substring(1);
  }

  static String nullable(String schema) {
    return new JsonObject()
        .raw("anyOf", JsonObject.array(List.of(schema, "{\"type\":\"null\"}")))
        .toString();
  }
}
