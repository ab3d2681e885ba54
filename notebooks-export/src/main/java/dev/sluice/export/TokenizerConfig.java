package dev.sluice.export;

import dev.sluice.records.json.Json;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code tokenizer_config.json}, without which {@code AutoTokenizer} does not know its class. */
final class TokenizerConfig {
  static final String FILE = "tokenizer_config.json";

  private TokenizerConfig() {}

  /** The text for a model directory, from its tokenizer and its config. */
  static String of(Path folder) {
    Map<?, ?> config = ModelClass.fields(folder.resolve("config.json"));
    Map<?, ?> generation = ModelClass.fields(folder.resolve("generation_config.json"));
    Map<Long, String> tokens = tokens(ModelClass.fields(folder.resolve("tokenizer.json")));
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("tokenizer_class", "PreTrainedTokenizerFast");
    for (String role : List.of("bos", "eos", "pad")) {
      Object id = generation.get(role + "_token_id");
      String token = token(id == null ? config.get(role + "_token_id") : id, tokens);
      if (token != null) {
        fields.put(role + "_token", token);
      }
    }
    if (config.get("max_position_embeddings") instanceof Long most) {
      fields.put("model_max_length", most);
    }
    fields.put("clean_up_tokenization_spaces", false);
    return Json.pretty(fields);
  }

  private static @Nullable String token(@Nullable Object id, Map<Long, String> tokens) {
    if (id instanceof List<?> several && !several.isEmpty()) {
      return token(several.get(0), tokens);
    }
    return id instanceof Long number ? tokens.get(number) : null;
  }

  private static Map<Long, String> tokens(Map<?, ?> tokenizer) {
    Map<Long, String> tokens = new HashMap<>();
    if (tokenizer.get("model") instanceof Map<?, ?> model
        && model.get("vocab") instanceof Map<?, ?> vocabulary) {
      vocabulary.forEach(
          (token, id) -> {
            if (id instanceof Long number) {
              tokens.put(number, token.toString());
            }
          });
    }
    if (tokenizer.get("added_tokens") instanceof List<?> added) {
      for (Object each : added) {
        if (each instanceof Map<?, ?> fields
            && fields.get("id") instanceof Long id
            && fields.get("content") instanceof String content) {
          tokens.put(id, content);
        }
      }
    }
    return tokens;
  }
}
