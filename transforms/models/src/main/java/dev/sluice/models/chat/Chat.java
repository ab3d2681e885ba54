package dev.sluice.models.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.models.ModelException;

/**
 * A conversation, and what else a chat template is given.
 *
 * @param messages a list of objects with {@code role} and {@code content}
 * @param tools a list of JSON schemas, or null
 * @param documents a list of objects, or null
 * @param addGenerationPrompt whether the text ends where the assistant is to speak
 * @param variables more variables, such as {@code enable_thinking}
 */
public record Chat(
    JsonNode messages,
    JsonNode tools,
    JsonNode documents,
    boolean addGenerationPrompt,
    ObjectNode variables) {

  public Chat {
    if (!messages.isArray() || messages.isEmpty()) {
      throw new ModelException(
          "A conversation is a list of at least one message, such as [{\"role\": \"user\", \"content\": \"Hi\"}].");
    }
    for (int i = 0; i < messages.size(); i++) {
      if (!messages.get(i).isObject()) {
        throw new ModelException(
            "Message %d of a conversation is no object such as {\"role\": \"user\", \"content\": \"Hi\"}."
                .formatted(i + 1));
      }
    }
  }

  /** A conversation of which the assistant is to go on. */
  public static Chat of(JsonNode messages) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    return new Chat(messages, nodes.nullNode(), nodes.nullNode(), true, nodes.objectNode());
  }

  /** One message of a user, to be answered. */
  public static Chat user(String content) {
    ObjectNode message = JsonNodeFactory.instance.objectNode();
    message.put("role", "user").put("content", content);
    return of(JsonNodeFactory.instance.arrayNode().add(message));
  }
}
