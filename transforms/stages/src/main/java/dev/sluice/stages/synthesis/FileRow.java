package dev.sluice.stages.synthesis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.sluice.records.parquet.FileFields;
import dev.sluice.stages.dataset.PlainNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One row of a file: an object whose fields are reached by name, a dot for a field within a field,
 * {@code [*]} for every item of a list.
 *
 * @param object its fields; of a broken line its text
 * @param line number of its line among those that are read, from 1; 0 if it is in no file
 * @param place where it is in the file, such as {@code line 3}; empty if it is in none
 * @param fault why the line is no row, to follow its place; null if it is one
 */
record FileRow(JsonNode object, int line, String place, @Nullable String fault) {
  private static final String EACH = FileFields.EACH;

  /** A row without any field. */
  static final FileRow EMPTY = new FileRow(JsonNodeFactory.instance.objectNode());

  /** A row that is in no file. */
  FileRow(JsonNode object) {
    this(object, 0, "", null);
  }

  /** A field as text, numbers as plain decimals; null if it is absent or null. */
  @Nullable String text(String path) {
    return text(find(path));
  }

  /** A value as text, numbers as plain decimals; null if it is absent or null. */
  static @Nullable String text(@Nullable JsonNode node) {
    if (node == null || node.isNull() || node.isMissingNode()) {
      return null;
    }
    if (node.isBigDecimal()) {
      return PlainNumber.text(node.decimalValue());
    }
    return node.isValueNode() ? node.asText() : node.toString();
  }

  /** A value as a truth value; null if it is absent or anything else. */
  static @Nullable Boolean truth(@Nullable JsonNode node) {
    String text = text(node);
    if (text == null) {
      return null;
    }
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "1", "yes" -> true;
      case "false", "0", "no" -> false;
      default -> null;
    };
  }

  /**
   * The items of a field that is a list, or of the list that {@code [*]} names, with a missing node
   * for an item that lacks the field; of any other field its value alone; null if the field is
   * absent or null.
   */
  @Nullable List<JsonNode> items(String path) {
    List<JsonNode> items = new ArrayList<>();
    int each = path.indexOf(EACH);
    if (each < 0 || object.has(path)) {
      JsonNode node = find(path);
      if (node == null || node.isNull()) {
        return null;
      }
      if (!node.isArray()) {
        return List.of(node);
      }
      node.forEach(items::add);
      return items;
    }
    JsonNode list = find(path.substring(0, each));
    if (list == null || list.isNull()) {
      return null;
    }
    String rest = path.substring(each + EACH.length());
    Iterable<JsonNode> all = list.isArray() ? list : List.of(list);
    for (JsonNode item : all) {
      JsonNode value = rest.isEmpty() ? item : new FileRow(item).find(rest.substring(1));
      items.add(value == null ? MissingNode.getInstance() : value);
    }
    return items;
  }

  /** Whether there is such a field, be its value null or an empty list. */
  boolean has(String path) {
    if (find(path) != null) {
      return true;
    }
    List<JsonNode> items = items(path);
    return items != null
        && (items.isEmpty() || items.stream().anyMatch(item -> !item.isMissingNode()));
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
