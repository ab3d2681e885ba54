package dev.sluice.models.serve;

import com.fasterxml.jackson.databind.JsonNode;

/** Makes a prompt of a conversation, as the model's chat template says. */
@FunctionalInterface
public interface ChatPrompt {
  /**
   * The tokens of a conversation with the opening of the reply.
   *
   * @param body the request: {@code messages}, and perhaps {@code tools} and what the template
   *     takes
   * @throws dev.sluice.models.ModelException if the template refuses it
   */
  int[] tokens(JsonNode body);
}
