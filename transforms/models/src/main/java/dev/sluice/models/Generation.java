package dev.sluice.models;

import dev.sluice.records.manifest.Usage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to one {@link GenerationRequest}.
 *
 * @param completions one for each seed, in order; empty if the request failed
 * @param promptTokens tokens of the prompt
 * @param failure why the request alone could not be served (such as a prompt longer than the
 *     context); null if it was
 * @param usage what it used; its calls are the completions that came
 */
public record Generation(
    List<Completion> completions, int promptTokens, @Nullable Failure failure, Usage usage) {

  public Generation {
    completions = List.copyOf(completions);
  }

  /**
   * Of a model in this process.
   *
   * @param error why the request alone could not be served; null if it was
   */
  public Generation(List<Completion> completions, int promptTokens, @Nullable String error) {
    this(
        completions,
        promptTokens,
        error == null ? null : Failure.of(error),
        new Usage(
            completions.size(),
            0,
            promptTokens,
            completions.stream().mapToLong(Completion::tokenCount).sum(),
            0));
  }

  /** Why the request alone could not be served; null if it was. */
  public @Nullable String error() {
    return failure == null ? null : failure.message();
  }
}
