package dev.sluice.models.onnx;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.models.ModelException;
import dev.sluice.models.directory.ModelDirectory;
import dev.sluice.records.json.JsonFault;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * How an encoder is used, beside its graph: what sentence-transformers writes into a folder.
 *
 * @param pooling whose vectors are put together; at least one
 * @param maxTokens most tokens that are read at once, special ones included
 * @param prompt put before every text
 * @param lowerCase whether texts are read in lower case
 */
record EncoderSettings(List<Pooling> pooling, int maxTokens, String prompt, boolean lowerCase) {
  static final String MODULES = "modules.json";
  static final String POOLING = "1_Pooling/config.json";
  static final String SENTENCES = "sentence_bert_config.json";
  static final String PROMPTS = "config_sentence_transformers.json";
  static final String TOKENIZER_CONFIG = "tokenizer_config.json";
  static final String CONFIG = "config.json";

  /** All files that may say something. */
  static final List<String> FILES =
      List.of(MODULES, POOLING, SENTENCES, PROMPTS, TOKENIZER_CONFIG, CONFIG);

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> KNOWN_MODULES = Set.of("Transformer", "Pooling", "Normalize");
  private static final List<String> SHIFTED = List.of("roberta", "camembert", "mpnet");
  private static final int USUAL_TOKENS = 512;

  /** Tokenizers write a number like 10^30 where nothing bounds them. */
  private static final long UNBOUNDED = 1_000_000;

  EncoderSettings {
    pooling = List.copyOf(pooling);
  }

  /**
   * Reads a folder; what no file says is the mean over at most 512 tokens, with nothing before.
   *
   * @throws ModelException naming the file and what it asks for that is not known
   */
  static EncoderSettings read(Path folder) {
    checkModules(folder);
    JsonNode sentences = json(folder.resolve(SENTENCES));
    return new EncoderSettings(
        pooling(folder.resolve(POOLING)),
        maxTokens(sentences, json(folder.resolve(TOKENIZER_CONFIG)), json(folder.resolve(CONFIG))),
        prompt(folder),
        sentences.path("do_lower_case").asBoolean(false));
  }

  private static void checkModules(Path folder) {
    for (JsonNode module : json(folder.resolve(MODULES))) {
      String type = module.path("type").asText();
      String name = type.substring(type.lastIndexOf('.') + 1);
      if (!KNOWN_MODULES.contains(name)) {
        throw new ModelException(
            "%s names the module '%s', which changes the vectors and is not supported; there are Transformer, Pooling and Normalize. Take an encoder without it."
                .formatted(folder.resolve(MODULES), name));
      }
    }
  }

  private static List<Pooling> pooling(Path file) {
    JsonNode config = json(file);
    JsonNode mode = config.path("pooling_mode");
    List<Pooling> modes = new ArrayList<>();
    if (mode.isMissingNode()) {
      for (Pooling each : Pooling.values()) {
        if (config.path(each.oldKey()).asBoolean(false)) {
          modes.add(each);
        }
      }
    } else if (mode.isTextual()) {
      modes.add(mode(mode.asText(), file));
    } else {
      mode.forEach(each -> modes.add(mode(each.asText(), file)));
    }
    return modes.isEmpty() ? List.of(Pooling.MEAN) : modes;
  }

  private static Pooling mode(String word, Path file) {
    for (Pooling each : Pooling.values()) {
      if (each.word().equals(word)) {
        return each;
      }
    }
    throw new ModelException(
        "%s: the pooling_mode '%s' is not known; there are %s."
            .formatted(
                file,
                word,
                String.join(", ", List.of(Pooling.values()).stream().map(Pooling::word).toList())));
  }

  private static int maxTokens(JsonNode sentences, JsonNode tokenizer, JsonNode config) {
    long most = Long.MAX_VALUE;
    JsonNode longest = tokenizer.path("model_max_length");
    if (longest.isNumber() && longest.asDouble() > 0 && longest.asDouble() < UNBOUNDED) {
      most = longest.asLong();
    }
    JsonNode positions = config.path("max_position_embeddings");
    if (positions.isIntegralNumber() && positions.asLong() > 0) {
      // Positions of these families begin behind that of the padding.
      boolean shifted = SHIFTED.stream().anyMatch(config.path("model_type").asText()::contains);
      int unused = shifted ? config.path("pad_token_id").asInt(1) + 1 : 0;
      most = Math.min(most, positions.asLong() - unused);
    }
    JsonNode own = sentences.path("max_seq_length");
    if (own.isIntegralNumber() && own.asLong() > 0) {
      most = Math.min(most, own.asLong());
    }
    return most == Long.MAX_VALUE ? USUAL_TOKENS : (int) most;
  }

  private static String prompt(Path folder) {
    Path file = folder.resolve(PROMPTS);
    JsonNode config = json(file);
    String name = config.path("default_prompt_name").asText("null");
    String prompt = config.path("prompts").path(name).asText("");
    boolean counted =
        json(folder.resolve(POOLING)).path("include_prompt").asBoolean(true) || prompt.isEmpty();
    if (!counted) {
      throw new ModelException(
          "%s puts '%s' before every text and does not count it (include_prompt: false in %s), which is not supported. Take an encoder that counts it, or set default_prompt_name to null."
              .formatted(file, prompt, POOLING));
    }
    return prompt;
  }

  /** The text as the encoder reads it. */
  String read(String text) {
    String whole = prompt + text;
    return lowerCase ? whole.toLowerCase(Locale.ROOT) : whole;
  }

  private static JsonNode json(Path file) {
    if (!Files.exists(file)) {
      return JSON.missingNode();
    }
    try {
      return JSON.readTree(new String(ModelDirectory.bytes(file), StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw new ModelException(file + " is not JSON: " + JsonFault.words(e), e);
    }
  }
}
