package dev.sluice.models.openai;

import dev.sluice.models.Failure;
import dev.sluice.models.openai.wire.Reply;
import dev.sluice.models.openai.wire.TokenBound;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One request on its way through a window. What changes is guarded by the window. */
final class Call {
  final byte[] body;
  final TokenBound bound;
  final Cost worst;
  final CallBudget budget;
  final CompletableFuture<Answer> answer = new CompletableFuture<>();
  int attempts;
  int waits;

  /** Whether a server has it at this moment; else it waits for its turn or for another try. */
  volatile boolean sent;

  Call(byte[] body, TokenBound bound, Cost worst, CallBudget budget) {
    this.body = body;
    this.bound = bound;
    this.worst = worst;
    this.budget = budget;
  }

  /**
   * How it ended.
   *
   * @param replies what came; empty if it failed
   * @param promptTokens tokens of the prompt
   * @param completionTokens of all replies together
   * @param failure why it failed; null if it did not
   */
  record Answer(
      List<Reply> replies, long promptTokens, long completionTokens, @Nullable Failure failure) {}
}
