package dev.sluice.models.serve;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The prompts of a request for completions: a text, tokens, or a list of either. */
final class Prompts {
  private static final int MAX = 256;

  private Prompts() {}

  static List<int[]> of(JsonNode prompt, ServedModel model) {
    List<int[]> prompts = new ArrayList<>();
    if (prompt.isTextual()) {
      prompts.add(model.encodePrompt(prompt.asText()));
    } else if (prompt.isArray() && prompt.path(0).isIntegralNumber()) {
      prompts.add(tokens(prompt, model.vocabulary()));
    } else if (prompt.isArray() && !prompt.isEmpty()) {
      for (JsonNode each : prompt) {
        if (each.isTextual()) {
          prompts.add(model.encodePrompt(each.asText()));
        } else if (each.isArray()) {
          prompts.add(tokens(each, model.vocabulary()));
        } else {
          throw wrong();
        }
      }
    } else {
      throw wrong();
    }
    if (prompts.size() > MAX) {
      throw new RefusedException(
          "A request holds at most %d prompts, but this has %d.".formatted(MAX, prompts.size()));
    }
    return prompts;
  }

  private static int[] tokens(JsonNode ids, int vocabulary) {
    int[] tokens = new int[ids.size()];
    for (int i = 0; i < tokens.length; i++) {
      JsonNode id = ids.get(i);
      if (!id.isIntegralNumber()
          || !id.canConvertToInt()
          || id.asInt() < 0
          || id.asInt() >= vocabulary) {
        throw new RefusedException(
            "Token %d of a prompt is %s; ids go from 0 to %d."
                .formatted(i, BodyKeys.shown(id), vocabulary - 1));
      }
      tokens[i] = id.asInt();
    }
    return tokens;
  }

  private static RefusedException wrong() {
    return new RefusedException("'prompt' is a text, a list of tokens, or a list of either.");
  }
}
