package dev.sluice.methods.reward.rule;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One test of a program.
 *
 * @param code statements that run after the program and fail if it is wrong; null for a test by
 *     input and output
 * @param input what the program reads
 * @param output what it must print
 */
record CodeTest(@Nullable String code, String input, String output) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * The tests of a problem; empty if a text holds none. Read are a JSON list of statements (as in
   * MBPP), a list of {@code {"input": ..., "output": ...}}, or {@code {"inputs": [...], "outputs":
   * [...]}} (as in APPS); any other text is one piece of code.
   */
  static Optional<List<CodeTest>> read(String text) {
    String stripped = text.strip();
    if (stripped.isEmpty()) {
      return Optional.empty();
    }
    if (!stripped.startsWith("[") && !stripped.startsWith("{")) {
      return Optional.of(List.of(new CodeTest(stripped, "", "")));
    }
    try {
      List<CodeTest> tests = new ArrayList<>();
      JsonNode root = JSON.readTree(stripped);
      if (root.isObject() && !pairs(root, tests)) {
        return Optional.empty();
      }
      for (JsonNode item : root.isArray() ? root : List.<JsonNode>of()) {
        if (item.isTextual()) {
          tests.add(new CodeTest(item.asText(), "", ""));
        } else if (item.path("input").isValueNode() && item.path("output").isValueNode()) {
          tests.add(new CodeTest(null, item.path("input").asText(), item.path("output").asText()));
        } else {
          return Optional.empty();
        }
      }
      return tests.isEmpty() ? Optional.empty() : Optional.of(tests);
    } catch (JsonProcessingException e) {
      return Optional.empty(); // It only looks like JSON.
    }
  }

  /** Adds the tests of two lists; false if they are not two lists of texts of one length. */
  private static boolean pairs(JsonNode root, List<CodeTest> tests) {
    JsonNode inputs = root.path("inputs");
    JsonNode outputs = root.path("outputs");
    if (!inputs.isArray() || inputs.size() != outputs.size()) {
      return false;
    }
    for (int i = 0; i < inputs.size(); i++) {
      if (!inputs.get(i).isValueNode() || !outputs.get(i).isValueNode()) {
        return false; // Arguments of a function, which are no text to read.
      }
      tests.add(new CodeTest(null, inputs.get(i).asText(), outputs.get(i).asText()));
    }
    return true;
  }

  /** Whether two outputs are equal, but for blanks at the ends of lines and lines at the end. */
  static boolean sameOutput(String printed, String wanted) {
    return lines(printed).equals(lines(wanted));
  }

  private static List<String> lines(String text) {
    return text.stripTrailing().lines().map(String::stripTrailing).toList();
  }
}
