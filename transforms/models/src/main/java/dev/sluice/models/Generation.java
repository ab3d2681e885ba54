package dev.sluice.models;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to one {@link GenerationRequest}.
 *
 * @param completions one for each seed, in order; empty if the request failed
 * @param promptTokens tokens of the prompt
 * @param error why the request alone could not be served (such as a prompt longer than the
 *     context); null if it was
 */
public record Generation(List<Completion> completions, int promptTokens, @Nullable String error) {

  public Generation {
    completions = List.copyOf(completions);
  }
}
