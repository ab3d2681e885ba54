package dev.sluice.records;

import dev.sluice.records.schema.Column;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A problem to solve: a row of the table {@code problems}. */
public record Problem(
    @Column(value = "Hash of the messages.", unique = true) String problemId,
    @Column("The conversation that states the problem.") List<Message> messages,
    @Column(
            "The known answer, for evaluation only; stages that have not declared that they read it do not load it.")
        @Nullable String referenceAnswer,
    @Column(value = "Where the problem came from.", content = false) String source,
    @Column("The source's measure of difficulty, such as the number of operations.")
        @Nullable Integer difficulty,
    @Column("Facts of the source that later stages need, by name.")
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
