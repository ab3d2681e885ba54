package dev.sluice.models.djl;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sluice.models.GenerationRequest;
import dev.sluice.models.ModelException;
import dev.sluice.models.Sampling;
import dev.sluice.models.SpecialTokens;
import dev.sluice.models.chat.Chat;
import dev.sluice.models.djl.tokens.ChatTokenizer;
import dev.sluice.models.djl.tokens.TextTokenizer;
import java.util.Arrays;
import java.util.List;
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

  /** The tokens of a text, or of one message of a user. */
  int[] of(String prompt) {
    return of(new GenerationRequest(prompt, Sampling.at(0, 1), List.of()));
  }

  /** The tokens of a request's prompt, behind its system message if it has one. */
  int[] of(GenerationRequest request) {
    String prompt = chat == null ? request.plain() : request.prompt();
    if (chat != null) {
      ArrayNode messages = JsonNodeFactory.instance.arrayNode();
      if (!request.system().isEmpty()) {
        messages.addObject().put("role", "system").put("content", request.system());
      }
      messages.addObject().put("role", "user").put("content", prompt);
      return chat.encode(Chat.of(messages));
    }
    int[] tokens = tokenizer.get().encodePrompt(prompt);
    return most == null || tokens.length <= most ? tokens : cut(tokens, prompt, most);
  }

  /** The last tokens, behind the special ones that stand before every text. */
  private int[] cut(int[] tokens, String prompt, int kept) {
    int[] inner = tokenizer.get().encode(prompt);
    int before = SpecialTokens.before(tokens, inner);
    if (before < 0 || kept <= tokens.length - inner.length) {
      throw new ModelException(
          "The prompt has %d tokens and cannot be cut to max_prompt_length %d: the tokenizer puts %s. Raise it, or leave it out."
              .formatted(
                  tokens.length,
                  kept,
                  before < 0
                      ? "special tokens inside of a text"
                      : tokens.length - inner.length + " special tokens around a text"));
    }
    int[] cut = Arrays.copyOf(tokens, kept);
    int rest = Math.max(0, kept - before);
    System.arraycopy(tokens, tokens.length - rest, cut, kept - rest, rest);
    return cut;
  }

  /** What else helps where a prompt is too long, as the end of a sentence. */
  String advice() {
    return chat != null
        ? ""
        : most == null ? ", or set max_prompt_length" : ", or lower max_prompt_length";
  }

  @Override
  public void close() {
    if (chat != null) {
      chat.close();
    }
  }
}
