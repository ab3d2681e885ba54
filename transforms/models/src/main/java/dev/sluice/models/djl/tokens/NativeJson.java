package dev.sluice.models.djl.tokens;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.models.ModelException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON that Java reads and the native library of tokenizers does not: it ends the process at such a
 * value deep in a file, so that the file is refused here.
 */
final class NativeJson {
  /** The library reads 128 levels, a few of them its own. */
  private static final int MAX_DEPTH = 100;

  private NativeJson() {}

  /**
   * Checks a file.
   *
   * @param source named in errors
   * @throws ModelException naming a value that the library cannot read
   */
  static void check(JsonNode root, String source) {
    String wrong = fault(root, 1);
    if (wrong != null) {
      throw new ModelException(
          "%s: tokenizer.json %s. Restore or download the file again.".formatted(source, wrong));
    }
  }

  private static @Nullable String fault(JsonNode node, int depth) {
    if (depth > MAX_DEPTH) {
      return "is nested more than %d deep".formatted(MAX_DEPTH);
    }
    if (node.isNumber() && !Double.isFinite(node.doubleValue())) {
      return "holds a number beyond 1.8e308";
    }
    if (node.isTextual() && holdsHalf(node.textValue())) {
      return "holds half a character, which is no Unicode text";
    }
    for (Map.Entry<String, JsonNode> each : node.properties()) {
      if (holdsHalf(each.getKey())) {
        return "holds half a character, which is no Unicode text";
      }
    }
    for (JsonNode child : node) {
      String wrong = fault(child, depth + 1);
      if (wrong != null) {
        return wrong;
      }
    }
    return null;
  }

  /** Whether a text has one of a pair of surrogates without the other. */
  private static boolean holdsHalf(String text) {
    return text.codePoints().anyMatch(code -> Character.getType(code) == Character.SURROGATE);
  }
}
