package dev.sluice.methods.reply;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whether JSON follows a schema: the keywords that servers hold replies to. A schema with another
 * keyword is refused, since a check that passes over it would say more than it knows.
 */
public final class JsonSchemaCheck {
  private static final Set<String> KEYWORDS =
      Collections.unmodifiableSet(
          new TreeSet<>(
              Set.of(
                  "type",
                  "properties",
                  "required",
                  "additionalProperties",
                  "items",
                  "enum",
                  "const",
                  "minimum",
                  "maximum",
                  "minItems",
                  "maxItems")));
  private static final Set<String> NOTES = Set.of("description", "title", "$schema");
  private static final Set<String> TYPES =
      Collections.unmodifiableSet(
          new TreeSet<>(
              Set.of("object", "array", "string", "number", "integer", "boolean", "null")));
  private static final int MAX_DEPTH = 20;

  private JsonSchemaCheck() {}

  /** What is wrong with a schema, as the end of a sentence; empty if nothing is. */
  public static String objection(JsonNode schema, String path, int depth) {
    if (depth > MAX_DEPTH) {
      return "the schema is nested more than %d deep".formatted(MAX_DEPTH);
    }
    if (!schema.isObject()) {
      return "the schema at '%s' is no block of keys".formatted(path);
    }
    List<Map.Entry<String, JsonNode>> inner = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : schema.properties()) {
      String name = entry.getKey();
      if (!KEYWORDS.contains(name) && !NOTES.contains(name)) {
        return "the schema has the keyword '%s' at '%s', which is not checked; known are %s"
            .formatted(name, path, String.join(", ", KEYWORDS));
      }
      if (name.equals("type") && !knownType(entry.getValue())) {
        return "the schema has the type %s at '%s'; known are %s"
            .formatted(entry.getValue(), path, String.join(", ", TYPES));
      }
      if (name.equals("properties")) {
        entry.getValue().properties().forEach(inner::add);
      } else if (name.equals("items")) {
        inner.add(Map.entry("items", entry.getValue()));
      }
    }
    for (Map.Entry<String, JsonNode> each : inner) {
      String objection = objection(each.getValue(), path + "." + each.getKey(), depth + 1);
      if (!objection.isEmpty()) {
        return objection;
      }
    }
    return "";
  }

  private static boolean knownType(JsonNode type) {
    if (type.isArray()) {
      for (JsonNode each : type) {
        if (!TYPES.contains(each.asText())) {
          return false;
        }
      }
      return !type.isEmpty();
    }
    return TYPES.contains(type.asText());
  }

  /** Whether a value follows a schema without {@link #objection}. */
  public static boolean follows(JsonNode value, JsonNode schema) {
    return ofType(value, schema.path("type"))
        && among(value, schema.path("enum"))
        && (!schema.has("const") || value.equals(schema.path("const")))
        && inRange(value, schema)
        && (!value.isObject() || object(value, schema))
        && (!value.isArray() || array(value, schema));
  }

  private static boolean ofType(JsonNode value, JsonNode type) {
    if (type.isMissingNode()) {
      return true;
    }
    if (type.isArray()) {
      for (JsonNode each : type) {
        if (ofType(value, each)) {
          return true;
        }
      }
      return false;
    }
    return switch (type.asText()) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isTextual();
      case "number" -> value.isNumber();
      case "integer" -> value.isIntegralNumber();
      case "boolean" -> value.isBoolean();
      default -> value.isNull();
    };
  }

  private static boolean among(JsonNode value, JsonNode choices) {
    if (choices.isMissingNode()) {
      return true;
    }
    for (JsonNode each : choices) {
      if (each.equals(value)) {
        return true;
      }
    }
    return false;
  }

  private static boolean inRange(JsonNode value, JsonNode schema) {
    return !value.isNumber()
        || ((!schema.has("minimum") || value.asDouble() >= schema.path("minimum").asDouble())
            && (!schema.has("maximum") || value.asDouble() <= schema.path("maximum").asDouble()));
  }

  private static boolean object(JsonNode value, JsonNode schema) {
    for (JsonNode name : schema.path("required")) {
      if (!value.has(name.asText())) {
        return false;
      }
    }
    JsonNode known = schema.path("properties");
    boolean open = schema.path("additionalProperties").asBoolean(true);
    for (Map.Entry<String, JsonNode> entry : value.properties()) {
      JsonNode own = known.path(entry.getKey());
      if (own.isMissingNode() ? !open : !follows(entry.getValue(), own)) {
        return false;
      }
    }
    return true;
  }

  private static boolean array(JsonNode value, JsonNode schema) {
    if ((schema.has("minItems") && value.size() < schema.path("minItems").asInt())
        || (schema.has("maxItems") && value.size() > schema.path("maxItems").asInt())) {
      return false;
    }
    JsonNode items = schema.path("items");
    if (!items.isMissingNode()) {
      for (JsonNode each : value) {
        if (!follows(each, items)) {
          return false;
        }
      }
    }
    return true;
  }
}
