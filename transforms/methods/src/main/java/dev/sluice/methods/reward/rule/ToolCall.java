package dev.sluice.methods.reward.rule;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One call of a tool.
 *
 * @param name the tool
 * @param parameters an object: a value for each parameter
 */
record ToolCall(String name, JsonNode parameters) {
  static final String OPEN = "<tool_call>";
  static final String CLOSE = "</tool_call>";

  private static final ObjectMapper JSON =
      // An exact number is never infinite, however large a model writes it.
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  /** Numbers by their value: 1 is 1.0. */
  private static final Comparator<JsonNode> BY_VALUE =
      (a, b) ->
          a.equals(b)
                  || (a.isNumber()
                      && b.isNumber()
                      && a.decimalValue().compareTo(b.decimalValue()) == 0)
              ? 0
              : 1;

  /**
   * The calls of a text: JSON objects with {@code name} and {@code parameters} (or {@code
   * arguments}), one after the other or in lists; empty if anything else is in it.
   */
  static Optional<List<ToolCall>> read(String text) {
    List<ToolCall> calls = new ArrayList<>();
    try (MappingIterator<JsonNode> values = JSON.readerFor(JsonNode.class).readValues(text)) {
      while (values.hasNextValue()) {
        JsonNode value = values.nextValue();
        for (JsonNode item : value.isArray() ? value : List.of(value)) {
          JsonNode parameters =
              item.has("parameters") ? item.path("parameters") : item.path("arguments");
          if (!item.path("name").isTextual() || !parameters.isObject()) {
            return Optional.empty();
          }
          calls.add(new ToolCall(item.path("name").asText(), parameters));
        }
      }
    } catch (JsonProcessingException e) {
      return Optional.empty(); // Not JSON.
    } catch (IOException e) {
      throw new IllegalStateException("A text in memory is always readable.", e);
    }
    return Optional.of(calls);
  }

  /** The content of all blocks of a text; empty if it has none, or one that does not end. */
  static Optional<String> blocks(String text) {
    StringBuilder content = new StringBuilder();
    int at = text.indexOf(OPEN);
    if (at < 0) {
      return Optional.empty();
    }
    while (at >= 0) {
      int end = text.indexOf(CLOSE, at);
      if (end < 0) {
        return Optional.empty();
      }
      content.append(text, at + OPEN.length(), end).append('\n');
      at = text.indexOf(OPEN, end);
    }
    return Optional.of(content.toString());
  }

  List<String> parameterNames() {
    List<String> names = new ArrayList<>();
    parameters.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** How well another call of the same tool fits: names of parameters, then their values. */
  double match(ToolCall other) {
    double values = 0;
    for (String name : parameterNames()) {
      JsonNode value = other.parameters().get(name);
      values += value != null && parameters.get(name).equals(BY_VALUE, value) ? 1 : 0;
    }
    return MultisetJaccard.of(parameterNames(), other.parameterNames()) + values;
  }
}
