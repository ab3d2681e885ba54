package dev.sluice.stages.dataset;

import dev.sluice.records.Hashes;
import dev.sluice.records.Message;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a row of a dataset asks.
 *
 * @param messages the conversation that states the problem
 * @param id of the row in its dataset; null if it has none
 * @param referenceAnswer the known answer; null if the row has none
 */
public record DatasetProblem(
    List<Message> messages, @Nullable String id, @Nullable String referenceAnswer) {

  public DatasetProblem {
    messages = List.copyOf(messages);
    if (messages.stream().noneMatch(DatasetProblem::asks)) {
      throw DatasetRowException.missing("has no question: no turn of the user with a text");
    }
  }

  private static boolean asks(Message message) {
    return message.role().equals("user") && !message.content().isBlank();
  }

  /** A question without more. */
  public static DatasetProblem asking(String question) {
    return new DatasetProblem(List.of(Message.user(question)), null, null);
  }

  /** The problem's id: that of a problem of any other source with the same messages. */
  public String problemId() {
    return Hashes.problemId(messages);
  }
}
