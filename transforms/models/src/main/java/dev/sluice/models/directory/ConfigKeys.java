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
  private static final int MAX_VALUE = 200;

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
    if (!get(key).isNumber() || !Double.isFinite(get(key).asDouble())) {
      throw wrong(key, "a number");
    }
    return get(key).asDouble();
  }

  /** A number that must be there, above 0. */
  double positive(String key) {
    return positive(key, 0);
  }

  /** A number above 0. */
  double positive(String key, double byDefault) {
    double value = number(key, byDefault);
    if (!(value > 0)) {
      throw wrong(key, "a number above 0");
    }
    return value;
  }

  /** A number from 0 on. */
  double notNegative(String key, double byDefault) {
    double value = number(key, byDefault);
    if (!(value >= 0)) {
      throw wrong(key, "a number from 0 on");
    }
    return value;
  }

  /** A whole number from 1 on. */
  int size(String key, int byDefault, int most) {
    int value = integer(key, byDefault);
    if (value < 1 || value > most) {
      throw wrong(key, "a whole number from 1 to " + most);
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
  List<Integer> tokens(String key) {
    List<Integer> ids = new ArrayList<>();
    if (has(key)) {
      for (JsonNode id : get(key).isArray() ? get(key) : List.of(get(key))) {
        if (!id.isIntegralNumber() || !id.canConvertToInt()) {
          throw wrong(key, "a token's number or a list of them");
        }
        ids.add(id.asInt());
      }
    }
    return ids.stream().sorted().toList();
  }

  ModelException wrong(String key, String rule) {
    String value = get(key).isMissingNode() ? "absent" : get(key).toString();
    if (value.length() > MAX_VALUE) {
      value = value.substring(0, MAX_VALUE) + "...";
    }
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
