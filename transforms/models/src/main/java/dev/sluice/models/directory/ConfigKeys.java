package dev.sluice.models.directory;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.models.ModelException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Typed access to the keys of a JSON object; a key whose value is null counts as absent.
 *
 * @param json the object
 * @param file named in errors
 */
record ConfigKeys(JsonNode json, String file) {

  boolean has(String key) {
    return json.hasNonNull(key);
  }

  JsonNode get(String key) {
    return json.path(key);
  }

  /** An object below a key, or null. */
  @Nullable ConfigKeys object(String key) {
    return json.path(key).isObject() ? new ConfigKeys(json.path(key), file) : null;
  }

  int integer(String key, int byDefault) {
    if (!has(key)) {
      return byDefault;
    }
    if (!get(key).isIntegralNumber() || !get(key).canConvertToInt()) {
      throw wrong(key, "a whole number");
    }
    return get(key).asInt();
  }

  double number(String key, double byDefault) {
    if (!has(key)) {
      return byDefault;
    }
    if (!get(key).isNumber()) {
      throw wrong(key, "a number");
    }
    return get(key).asDouble();
  }

  /** A number that must be there, above 0. */
  double positive(String key) {
    double value = number(key, 0);
    if (!(value > 0)) {
      throw wrong(key, "a number above 0");
    }
    return value;
  }

  boolean truth(String key, boolean byDefault) {
    if (!has(key)) {
      return byDefault;
    }
    if (!get(key).isBoolean()) {
      throw wrong(key, "true or false");
    }
    return get(key).asBoolean();
  }

  /** Token ids given as one number, as a list, or not at all. */
  static List<Integer> tokens(JsonNode node) {
    List<Integer> ids = new ArrayList<>();
    if (node.isArray()) {
      node.forEach(id -> ids.add(id.asInt()));
    } else if (node.isNumber()) {
      ids.add(node.asInt());
    }
    return ids.stream().sorted().toList();
  }

  ModelException wrong(String key, String rule) {
    String value = get(key).isMissingNode() ? "absent" : get(key).toString();
    return new ModelException(file + ": " + key + " must be " + rule + ", but is " + value + ".");
  }

  ModelException refused(String key, String value, String supported) {
    return new ModelException(
        file
            + ": "
            + key
            + " is "
            + value
            + ", which changes the computation and is not supported; supported is "
            + supported
            + ".");
  }
}
