package dev.sluice.stages.synthesis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One row of a file: an object whose fields are reached by name, a dot for a field within a field.
 */
record FileRow(JsonNode object) {
  /** A row without any field. */
  static final FileRow EMPTY = new FileRow(JsonNodeFactory.instance.objectNode());

  /** A field as text; null if it is absent or null. */
  @Nullable String text(String path) {
    JsonNode node = find(path);
    return node == null || node.isNull()
        ? null
        : node.isValueNode() ? node.asText() : node.toString();
  }

  /** A field as a truth value; null if it is absent or anything else. */
  @Nullable Boolean truth(String path) {
    String text = text(path);
    if (text == null) {
      return null;
    }
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "1", "yes" -> true;
      case "false", "0", "no" -> false;
      default -> null;
    };
  }

  private @Nullable JsonNode find(String path) {
    JsonNode whole = object.get(path);
    if (whole != null) {
      return whole;
    }
    JsonNode node = object;
    for (String name : path.split("\\.", -1)) {
      node = node == null ? null : node.get(name);
    }
    return node;
  }

  @Override
  public String toString() {
    String text = object.toString();
    return text.length() > 4000 ? text.substring(0, 4000) : text;
  }
}
