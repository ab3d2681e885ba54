package dev.sluice.stages.synthesis;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One solution of a row.
 *
 * @param column the column that it comes from
 * @param text its text; null if there is a fault
 * @param correct its stored correctness; null if none is stored
 * @param fault why there is no text, to follow "problem X"; null if there is one
 */
record StoredText(
    String column, @Nullable String text, @Nullable Boolean correct, @Nullable String fault) {

  /** The solutions of a row in a column, at least one: what is missing is a fault. */
  static List<StoredText> of(FileRow row, StoredSolutions.Column column) {
    String name = column.text();
    List<JsonNode> texts = row.items(name);
    if (texts == null || texts.isEmpty()) {
      return List.of(
          faulty(
              name,
              texts == null
                  ? "has no text in column '%s'".formatted(name)
                  : "has an empty list in column '%s'".formatted(name)));
    }
    List<@Nullable JsonNode> correct = correct(row, column.correct(), texts.size());
    List<StoredText> solutions = new ArrayList<>(texts.size());
    for (int i = 0; i < texts.size(); i++) {
      if (correct.size() != texts.size()) {
        // Which value belongs to which text is not known: a wrong pair would be worse than none.
        solutions.add(
            faulty(
                name,
                "has %d solutions in column '%s' and %d values in column '%s'; the two go in pairs"
                    .formatted(texts.size(), name, correct.size(), column.correct())));
      } else {
        solutions.add(one(name, texts.get(i), FileRow.truth(correct.get(i))));
      }
    }
    return solutions;
  }

  private static List<@Nullable JsonNode> correct(FileRow row, @Nullable String column, int size) {
    List<JsonNode> stored = column == null ? null : row.items(column);
    return stored == null
        ? Collections.<@Nullable JsonNode>nCopies(size, null)
        : new ArrayList<@Nullable JsonNode>(stored);
  }

  private static StoredText one(String column, JsonNode node, @Nullable Boolean correct) {
    String text = FileRow.text(node);
    if (text == null || text.isBlank()) {
      return faulty(column, "has no text in column '%s'".formatted(column));
    }
    return node.isContainerNode()
        ? faulty(
            column,
            "has %s in column '%s'; name the field of its text, such as %s.text"
                .formatted(node.isArray() ? "a list in a list" : "an object", column, column))
        : new StoredText(column, text, correct, null);
  }

  private static StoredText faulty(String column, String fault) {
    return new StoredText(column, null, null, fault);
  }
}
