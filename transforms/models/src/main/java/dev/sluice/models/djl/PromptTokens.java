package dev.sluice.models.djl;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sluice.models.SpecialTokens;
import dev.sluice.models.chat.Chat;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of prompts as a model gets them.
 *
 * @param tokenizer of the model, asked for with the first prompt; not closed here
 * @param chat puts prompts through the chat template, and is closed here; null: they are continued
 *     as they are
 * @param most tokens of a prompt: a longer one loses its beginning; null: none does
 */
record PromptTokens(
    Supplier<TextTokenizer> tokenizer, @Nullable ChatTokenizer chat, @Nullable Integer most)
    implements AutoCloseable {

  int[] of(String prompt) {
    if (chat != null) {
      ArrayNode messages = JsonNodeFactory.instance.arrayNode();
      messages.addObject().put("role", "user").put("content", prompt);
      return chat.encode(Chat.of(messages));
    }
    int[] tokens = tokenizer.get().encodePrompt(prompt);
    return most == null || tokens.length <= most ? tokens : cut(tokens, prompt, most);
  }

  /** The last tokens, behind the special ones that stand before every text. */
  private int[] cut(int[] tokens, String prompt, int kept) {
    int before = Math.max(0, SpecialTokens.before(tokens, tokenizer.get().encode(prompt)));
    int[] cut = Arrays.copyOf(tokens, kept);
    int rest = Math.max(0, kept - before);
    System.arraycopy(tokens, tokens.length - rest, cut, kept - rest, rest);
    return cut;
  }

  @Override
  public void close() {
    if (chat != null) {
      chat.close();
    }
  }
}
