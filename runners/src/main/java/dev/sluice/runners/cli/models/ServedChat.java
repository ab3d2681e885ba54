package dev.sluice.runners.cli.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.models.chat.Chat;
import dev.sluice.models.djl.tokens.ChatTokenizer;
import dev.sluice.models.serve.ChatPrompt;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Puts requests for chats into the form of a model's chat template. */
record ServedChat(ChatTokenizer tokenizer) implements ChatPrompt {

  /** Of a directory; null if it has no chat template. */
  static @Nullable ServedChat of(Path folder) {
    ChatTokenizer tokenizer = ChatTokenizer.open(folder);
    if (tokenizer.hasTemplate()) {
      return new ServedChat(tokenizer);
    }
    tokenizer.close();
    return null;
  }

  /** What a template takes beside messages comes in {@code chat_template_kwargs}. */
  @Override
  public int[] tokens(JsonNode body) {
    JsonNode given = body.path("chat_template_kwargs");
    ObjectNode variables =
        given instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
    JsonNode nothing = JsonNodeFactory.instance.nullNode();
    return tokenizer.encode(new Chat(body.path("messages"), nothing, nothing, true, variables));
  }
}
