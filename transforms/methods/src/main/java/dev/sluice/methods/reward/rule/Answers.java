package dev.sluice.methods.reward.rule;

import dev.sluice.methods.task.TextTask;
import java.util.Optional;

/** Where a response holds what it was asked for: JSON, a query, a program. */
final class Answers {
  private static final String FENCE = "```";
  private static final String OPEN = "<answer>";
  private static final String CLOSE = "</answer>";

  private Answers() {}

  /**
   * What a response holds: its last fenced block, else its last {@code <answer>}, else what comes
   * after its thought; without the blanks around it.
   */
  static String content(String response) {
    String spoken = TextTask.spoken(response).toString();
    return lastBlock(spoken).or(() -> lastAnswer(spoken)).orElse(spoken).strip();
  }

  /** The content of the last block between lines of three backticks; the first line names it. */
  static Optional<String> lastBlock(String text) {
    Optional<String> last = Optional.empty();
    int at = fence(text, 0);
    while (at >= 0) {
      int begin = text.indexOf('\n', at);
      int end = begin < 0 ? -1 : fence(text, begin + 1);
      if (end < 0) {
        return last;
      }
      last = Optional.of(text.substring(begin + 1, end));
      at = fence(text, end + FENCE.length());
    }
    return last;
  }

  /** The next fence that begins a line. */
  private static int fence(String text, int from) {
    int at = text.indexOf(FENCE, from);
    while (at > 0 && !text.substring(text.lastIndexOf('\n', at) + 1, at).isBlank()) {
      at = text.indexOf(FENCE, at + FENCE.length());
    }
    return at;
  }

  private static Optional<String> lastAnswer(String text) {
    int end = text.lastIndexOf(CLOSE);
    int begin = end < 0 ? -1 : text.lastIndexOf(OPEN, end);
    return begin < 0 ? Optional.empty() : Optional.of(text.substring(begin + OPEN.length(), end));
  }
}
