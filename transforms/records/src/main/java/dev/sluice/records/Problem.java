package dev.sluice.records;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A problem to solve: a row of the table {@code problems}.
 *
 * @param problemId hash of the messages
 * @param messages the conversation that states the problem
 * @param referenceAnswer the known answer, for evaluation only; null where there is none, and in
 *     every stage that has not declared that it reads it
 * @param source where the problem came from
 * @param difficulty the source's measure of difficulty (arithmetic: number of operations); null
 *     where it has none
 * @param attributes facts of the source that later stages need, such as {@code gate}
 */
public record Problem(
    String problemId,
    List<Message> messages,
    @Nullable String referenceAnswer,
    String source,
    @Nullable Integer difficulty,
    Map<String, String> attributes) {

  public Problem {
    messages = List.copyOf(messages);
    attributes = Map.copyOf(attributes);
  }

  /** The content of the last user turn: what a plain-text prompt is made of. */
  public String question() {
    for (int i = messages.size() - 1; i >= 0; i--) {
      if (messages.get(i).role().equals("user")) {
        return messages.get(i).content();
      }
    }
    return "";
  }
}
