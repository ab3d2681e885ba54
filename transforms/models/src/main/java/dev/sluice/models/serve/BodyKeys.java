package dev.sluice.models.serve;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Typed access to the keys of a request's body. A key whose value is null counts as absent; one of
 * another type is a mistake of the client's, and never read as something near.
 *
 * @param json the body
 */
record BodyKeys(JsonNode json) {
  private static final int MAX_VALUE = 100;

  boolean has(String key) {
    return json.hasNonNull(key);
  }

  /** A whole number. */
  long whole(String key, long absent, long least, long most) {
    if (!has(key)) {
      return absent;
    }
    JsonNode value = json.path(key);
    if (!value.isIntegralNumber()
        || !value.canConvertToLong()
        || value.asLong() < least
        || value.asLong() > most) {
      throw wrong(key, "a whole number from %d to %d".formatted(least, most));
    }
    return value.asLong();
  }

  double number(String key, double absent) {
    if (!has(key)) {
      return absent;
    }
    JsonNode value = json.path(key);
    if (!value.isNumber() || !Double.isFinite(value.asDouble())) {
      throw wrong(key, "a number");
    }
    return value.asDouble();
  }

  boolean truth(String key) {
    if (has(key) && !json.path(key).isBoolean()) {
      throw wrong(key, "true or false");
    }
    return json.path(key).asBoolean(false);
  }

  String text(String key, String absent) {
    if (has(key) && !json.path(key).isTextual()) {
      throw wrong(key, "a text");
    }
    return has(key) ? json.path(key).asText() : absent;
  }

  /** An object; an empty one if there is none. */
  BodyKeys object(String key) {
    if (has(key) && !json.path(key).isObject()) {
      throw wrong(key, "an object");
    }
    return new BodyKeys(json.path(key));
  }

  /** One text or a list of them. */
  List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    JsonNode value = json.path(key);
    if (value.isTextual()) {
      return List.of(value.asText());
    }
    if (has(key)) {
      for (JsonNode each : value.isArray() ? value : List.of(value)) {
        if (!each.isTextual()) {
          throw wrong(key, "a text or a list of texts");
        }
        texts.add(each.asText());
      }
    }
    return texts;
  }

  /** What to say of a key. */
  RefusedException wrong(String key, String rule) {
    return new RefusedException(
        "'%s' is %s, but is %s.".formatted(key, rule, shown(json.path(key))));
  }

  /** A value, not longer than a sentence bears. */
  static String shown(JsonNode value) {
    String text = value.isMissingNode() ? "absent" : value.toString();
    return text.length() > MAX_VALUE ? text.substring(0, MAX_VALUE) + "..." : text;
  }
}
