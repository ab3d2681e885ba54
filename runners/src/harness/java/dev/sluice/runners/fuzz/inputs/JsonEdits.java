package dev.sluice.runners.fuzz.inputs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Trees of JSON: valid ones with a few values of another kind, and others of the same keys. */
public final class JsonEdits {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int MAX_DEEP = 3000;

  private final List<JsonNode> valid;
  private final List<String> keys;
  private final List<String> values;

  /**
   * With valid texts.
   *
   * @param words texts that may stand as a value, besides those of the valid ones
   */
  public JsonEdits(List<String> valid, List<String> words) {
    this.valid = valid.stream().map(JsonEdits::tree).toList();
    Set<String> names = new TreeSet<>(List.of("", "x", "__proto__"));
    Set<String> texts = new TreeSet<>(words);
    this.valid.forEach(each -> collect(each, names, texts));
    this.keys = List.copyOf(names);
    this.values = List.copyOf(texts);
  }

  public static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException("A valid input is no JSON.", e);
    }
  }

  private static void collect(JsonNode node, Set<String> names, Set<String> texts) {
    node.fieldNames().forEachRemaining(names::add);
    if (node.isTextual() && node.textValue().length() < 200) {
      texts.add(node.textValue());
    }
    node.forEach(child -> collect(child, names, texts));
  }

  /** One tree as text; now and then what is nearly JSON. */
  public String make(Draw draw) {
    if (draw.chance(0.005)) {
      return deep(draw);
    }
    String text = tree(draw).toString();
    // Jackson writes no number that JSON has no form for.
    return text.replace("\"@number\"", draw.of(Odd.NUMBERS));
  }

  /** One tree. */
  public JsonNode tree(Draw draw) {
    JsonNode tree = draw.chance(0.1) ? value(draw, 0) : draw.of(valid).deepCopy();
    int edits = draw.chance(0.03) ? 0 : 1 + draw.few(5);
    for (int i = 0; i < edits; i++) {
      tree = edited(tree, draw);
    }
    return tree;
  }

  private JsonNode edited(JsonNode tree, Draw draw) {
    List<JsonNode> places = new ArrayList<>();
    containers(tree, places);
    if (places.isEmpty() || draw.chance(0.01)) {
      return value(draw, 0);
    }
    JsonNode place = draw.of(places);
    if (place instanceof ObjectNode object) {
      edit(object, draw);
    } else {
      edit((ArrayNode) place, draw);
    }
    return tree;
  }

  private void edit(ObjectNode object, Draw draw) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    String own = names.isEmpty() || draw.chance(0.15) ? draw.of(keys) : draw.of(names);
    switch (draw.below(8)) {
      case 0 -> object.remove(own);
      case 1 -> object.set(own, draw.of(valid).deepCopy());
      case 2 -> object.set(own + Odd.piece(draw), value(draw, 1));
      case 3 -> object.set(own, changed(object.path(own), draw));
      default -> object.set(own, value(draw, 1));
    }
  }

  private void edit(ArrayNode list, Draw draw) {
    int at = draw.below(list.size() + 1);
    switch (draw.below(5)) {
      case 0 -> list.insert(at, value(draw, 1));
      case 1 -> {
        if (at < list.size()) {
          list.remove(at);
        }
      }
      case 2 -> {
        if (at < list.size()) {
          list.insert(at, list.get(at).deepCopy());
        }
      }
      case 3 -> {
        if (at < list.size()) {
          list.set(at, changed(list.get(at), draw));
        }
      }
      default -> {
        if (at < list.size()) {
          list.set(at, value(draw, 1));
        }
      }
    }
  }

  /** A value of the same kind. */
  private JsonNode changed(JsonNode node, Draw draw) {
    if (node.isTextual()) {
      String text = node.textValue();
      int at = draw.below(text.length() + 1);
      return NODES.textNode(
          text.substring(0, at)
              + Odd.piece(draw)
              + text.substring(draw.chance(0.5) ? at : text.length()));
    }
    if (node.isNumber()) {
      return draw.chance(0.5)
          ? NODES.numberNode(node.asLong() + draw.between(-3, 3))
          : TextNode.valueOf("@number");
    }
    return node.isBoolean() ? NODES.booleanNode(!node.booleanValue()) : value(draw, 1);
  }

  private JsonNode value(Draw draw, int depth) {
    return switch (draw.below(depth > 3 ? 8 : 11)) {
      case 0 -> NODES.nullNode();
      case 1 -> NODES.booleanNode(draw.chance(0.5));
      case 2 -> NODES.numberNode(draw.between(-3, 100));
      case 3 -> NODES.numberNode(draw.word("0.5", "1e9", "-1").hashCode() / 7.0);
      case 4 ->
          NODES.numberNode(BigInteger.ONE.shiftLeft(draw.between(30, 80)).subtract(BigInteger.ONE));
      case 5 -> TextNode.valueOf("@number");
      case 6 -> NODES.textNode(values.isEmpty() ? "" : draw.of(values));
      case 7 -> NODES.textNode(Odd.piece(draw) + Odd.piece(draw));
      case 8 -> {
        ArrayNode list = NODES.arrayNode();
        for (int i = draw.few(6); i > 0; i--) {
          list.add(value(draw, depth + 1));
        }
        yield list;
      }
      default -> {
        ObjectNode object = NODES.objectNode();
        for (int i = draw.few(6); i > 0; i--) {
          object.set(draw.of(keys), value(draw, depth + 1));
        }
        yield object;
      }
    };
  }

  private static void containers(JsonNode node, List<JsonNode> into) {
    if (node.isContainerNode()) {
      into.add(node);
      node.forEach(child -> containers(child, into));
    }
  }

  /** Values within values, closed or not. */
  private String deep(Draw draw) {
    int depth = draw.between(40, MAX_DEEP);
    String key = "{\"" + draw.of(keys).replace("\"", "") + "\":";
    String open = draw.chance(0.5) ? "[" : key;
    String close = open.equals("[") ? "]" : "}";
    String inner = open.repeat(depth) + "1" + (draw.chance(0.7) ? close.repeat(depth) : "");
    return draw.chance(0.5) ? inner : key + inner + "}";
  }
}
