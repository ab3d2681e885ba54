package dev.sluice.methods.reply;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Finds JSON objects in a text. Each character is looked at a few times. */
final class JsonObjects {
  private static final ObjectMapper JSON = new ObjectMapper();

  private JsonObjects() {}

  /** The last object between outermost braces that a test accepts; empty if there is none. */
  static Optional<JsonNode> last(String text, Predicate<JsonNode> accepts) {
    // A quote in the text before may swallow the object, and a brace in its texts may break it.
    for (boolean quotes : new boolean[] {true, false}) {
      List<int[]> places = places(text, quotes);
      for (int i = places.size() - 1; i >= 0; i--) {
        Optional<JsonNode> node = parse(text.substring(places.get(i)[0], places.get(i)[1]));
        if (node.filter(accepts).isPresent()) {
          return node;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<JsonNode> parse(String text) {
    try {
      JsonNode node = JSON.readTree(text);
      return node.isObject() ? Optional.of(node) : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty(); // It only looks like one.
    }
  }

  /** Begin and end of what is between braces that belong together, outermost ones alone. */
  private static List<int[]> places(String text, boolean quotes) {
    List<int[]> places = new ArrayList<>();
    int[] open = new int[16];
    int depth = 0;
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted) {
        i += c == '\\' ? 1 : 0;
        quoted = c != '"';
      } else if (c == '"' && quotes && depth > 0) {
        quoted = true;
      } else if (c == '{') {
        open = depth == open.length ? Arrays.copyOf(open, 2 * depth) : open;
        open[depth] = i;
        depth++;
      } else if (c == '}' && depth > 0) {
        depth--;
        while (!places.isEmpty() && places.get(places.size() - 1)[0] > open[depth]) {
          places.remove(places.size() - 1);
        }
        places.add(new int[] {open[depth], i + 1});
      }
    }
    return places;
  }
}
