package dev.sluice.stages.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.records.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An object of a dataset's row, or the row itself. A dot in a column's name selects a field of an
 * object. What is asked for and is not there, or is of another type, is a {@link
 * DatasetRowException} that names the column.
 *
 * @param object its fields
 * @param at the columns that lead to it, ending in a dot; empty for the row itself
 */
public record DatasetRow(JsonNode object, String at) {
  private static final int SHOWN = 40;

  /** A whole row. */
  public static DatasetRow of(JsonNode object) {
    return new DatasetRow(object, "");
  }

  /** Whether a column is there and not null. */
  public boolean has(String column) {
    return find(column) != null;
  }

  /** Whether a column holds a text or a number. */
  public boolean hasText(String column) {
    JsonNode node = find(column);
    return node != null && node.isValueNode();
  }

  /** Whether a column holds a list. */
  public boolean hasList(String column) {
    JsonNode node = find(column);
    return node != null && node.isArray();
  }

  /** A text that is not blank; a number as plain digits. */
  public String text(String column) {
    String text = optionalText(column);
    if (text == null || text.isBlank()) {
      throw DatasetRowException.missing("has no text in column '%s'".formatted(at + column));
    }
    return text;
  }

  /** A text, or a number as plain digits; null if the column is absent or null. */
  public @Nullable String optionalText(String column) {
    JsonNode node = find(column);
    return node == null ? null : text(node, at + column);
  }

  /** A list of texts, which may be empty. */
  public List<String> texts(String column) {
    List<String> texts = new ArrayList<>();
    JsonNode list = list(column);
    for (int i = 0; i < list.size(); i++) {
      String place = "%s%s[%d]".formatted(at, column, i);
      if (list.get(i).isNull()) {
        throw DatasetRowException.missing("has no text in '%s'".formatted(place));
      }
      texts.add(text(list.get(i), place));
    }
    return texts;
  }

  /** A list of objects, which may be empty. */
  public List<DatasetRow> items(String column) {
    List<DatasetRow> items = new ArrayList<>();
    JsonNode list = list(column);
    for (int i = 0; i < list.size(); i++) {
      String place = "%s%s[%d]".formatted(at, column, i);
      if (!list.get(i).isObject()) {
        throw DatasetRowException.missing(
            "has %s in '%s' where an object belongs".formatted(kind(list.get(i)), place));
      }
      items.add(new DatasetRow(list.get(i), place + "."));
    }
    return items;
  }

  /** An object; null if the column is absent or null. */
  public @Nullable DatasetRow optionalItem(String column) {
    JsonNode node = find(column);
    if (node == null) {
      return null;
    }
    if (!node.isObject()) {
      throw DatasetRowException.invalid(
          "has %s in column '%s' where an object belongs".formatted(kind(node), at + column));
    }
    return new DatasetRow(node, at + column + ".");
  }

  /** A whole number; null if the column is absent or null. */
  public @Nullable Integer optionalWhole(String column) {
    JsonNode node = find(column);
    if (node == null) {
      return null;
    }
    String text = node.isValueNode() ? PlainNumber.writtenOut(text(node, at + column)) : "";
    if (!text.matches("-?\\d{1,9}")) {
      throw DatasetRowException.invalid(
          "has %s in column '%s' where a whole number belongs".formatted(shown(node), at + column));
    }
    return Integer.valueOf(text);
  }

  /** A number; null if the column is absent or null. */
  public @Nullable Double optionalNumber(String column) {
    JsonNode node = find(column);
    if (node == null) {
      return null;
    }
    double number;
    try {
      number = node.isValueNode() ? Double.parseDouble(node.asText()) : Double.NaN;
    } catch (NumberFormatException e) {
      number = Double.NaN;
    }
    if (!Double.isFinite(number)) {
      throw DatasetRowException.invalid(
          "has %s in column '%s' where a number belongs".formatted(shown(node), at + column));
    }
    return number;
  }

  /** True or false, 1 or 0; null if the column is absent or null. */
  public @Nullable Boolean optionalTruth(String column) {
    JsonNode node = find(column);
    return node == null ? null : truth(node, "column '" + at + column + "'");
  }

  /** A list of truth values, each true or false, or 1 or 0. */
  public List<Boolean> truths(String column) {
    List<Boolean> truths = new ArrayList<>();
    JsonNode list = list(column);
    for (int i = 0; i < list.size(); i++) {
      truths.add(truth(list.get(i), "'%s%s[%d]'".formatted(at, column, i)));
    }
    return truths;
  }

  /** A conversation: a list of turns with role and content, or a text that the user says. */
  public List<Message> messages(String column) {
    if (!hasList(column)) {
      return List.of(Message.user(text(column)));
    }
    List<Message> messages = new ArrayList<>();
    for (DatasetRow turn : items(column)) {
      String content = turn.optionalText("content");
      if (content == null) {
        throw DatasetRowException.missing("has no text in '%scontent'".formatted(turn.at()));
      }
      messages.add(new Message(turn.text("role"), content));
    }
    if (messages.isEmpty()) {
      throw DatasetRowException.missing("has an empty list in column '%s'".formatted(at + column));
    }
    return messages;
  }

  private JsonNode list(String column) {
    JsonNode node = find(column);
    if (node == null) {
      throw DatasetRowException.missing("has no list in column '%s'".formatted(at + column));
    }
    if (!node.isArray()) {
      throw DatasetRowException.invalid(
          "has %s in column '%s' where a list belongs".formatted(kind(node), at + column));
    }
    return node;
  }

  private static String text(JsonNode node, String place) {
    if (!node.isValueNode()) {
      throw DatasetRowException.invalid(
          "has %s in column '%s' where a text belongs".formatted(kind(node), place));
    }
    return node.isBigDecimal() ? PlainNumber.text(node.decimalValue()) : node.asText();
  }

  private static boolean truth(JsonNode node, String place) {
    String text = node.isValueNode() ? node.asText().toLowerCase(Locale.ROOT) : "";
    return switch (text) {
      case "true", "1" -> true;
      case "false", "0" -> false;
      default ->
          throw DatasetRowException.invalid(
              "has %s in %s where true or false belongs".formatted(shown(node), place));
    };
  }

  private static String shown(JsonNode node) {
    if (!node.isValueNode() || node.isNull()) {
      return kind(node);
    }
    String text = node.asText();
    return "'%s'".formatted(text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text);
  }

  private static String kind(JsonNode node) {
    return switch (node.getNodeType()) {
      case ARRAY -> "a list";
      case OBJECT -> "an object";
      case NULL, MISSING -> "nothing";
      case STRING -> "a text";
      case BOOLEAN -> "a truth value";
      default -> "a number";
    };
  }

  private @Nullable JsonNode find(String column) {
    JsonNode node = object.get(column);
    if (node == null) {
      node = object;
      for (String name : column.split("\\.", -1)) {
        node = node == null ? null : node.get(name);
      }
    }
    return node == null || node.isNull() ? null : node;
  }
}
