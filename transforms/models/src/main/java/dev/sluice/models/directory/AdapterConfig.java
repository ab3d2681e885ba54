package dev.sluice.models.directory;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.models.ModelException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * {@code adapter_config.json} of a LoRA adapter (Hu et al., "LoRA: Low-Rank Adaptation of Large
 * Language Models", 2021) as PEFT writes it.
 *
 * @param keys of the file
 * @param base folder of the model that the adapter changes
 * @param head what the adapted model ends in; null: what the base ends in
 * @param targets which modules it changes
 */
record AdapterConfig(ConfigKeys keys, Path base, @Nullable Head head, AdapterTargets targets) {
  static final String FILE = "adapter_config.json";

  private static final int RANK = 8;

  /** Keys that change the computation in a way that is not built, unless absent, null or empty. */
  private static final List<String> REFUSED =
      List.of(
          "use_dora",
          "use_qalora",
          "use_bdlora",
          "lora_bias",
          "layer_replication",
          "trainable_token_indices",
          "target_parameters",
          "alora_invocation_tokens",
          "arrow_config",
          "kasa_config",
          "monteclora_config",
          "velora_config");

  /** Beginnings that change the base's weights when PEFT loads the adapter. */
  private static final List<String> CHANGING_STARTS =
      List.of("pissa", "corda", "olora", "loftq", "lora_ga");

  /** Whether a folder holds an adapter. */
  static boolean in(Path folder) {
    return Files.exists(folder.resolve(FILE));
  }

  /**
   * Reads the file of a folder.
   *
   * @throws ModelException if it is damaged, or a key is not supported, or there is no base
   */
  static AdapterConfig read(Path folder) {
    Path file = folder.resolve(FILE);
    ConfigKeys keys = new ConfigKeys(ModelDirectory.json(file), file.toString());
    String type = keys.get("peft_type").asText("LORA");
    if (!type.toUpperCase(Locale.ROOT).equals("LORA")) {
      throw keys.refused("peft_type", "\"" + type + "\"", "\"LORA\"");
    }
    for (String key : REFUSED) {
      JsonNode given = keys.get(key);
      boolean off =
          !keys.has(key)
              || (given.isBoolean() && !given.asBoolean())
              || (given.isContainerNode() && given.isEmpty());
      if (!off) {
        throw keys.refused(key, given.toString(), "absent");
      }
    }
    String bias = keys.get("bias").asText("none");
    if (keys.has("bias") && !bias.equals("none")) {
      throw keys.refused("bias", "\"" + bias + "\"", "\"none\"");
    }
    String start = keys.get("init_lora_weights").asText().toLowerCase(Locale.ROOT);
    if (CHANGING_STARTS.stream().anyMatch(start::startsWith)) {
      throw keys.refused(
          "init_lora_weights",
          keys.get("init_lora_weights").toString(),
          "true, \"gaussian\" and others that leave the base as it is; let PEFT convert the adapter"
              + " (path_initial_model_for_weight_conversion)");
    }
    return new AdapterConfig(keys, base(folder, keys), head(keys), new AdapterTargets(keys));
  }

  private static Path base(Path folder, ConfigKeys keys) {
    String name = keys.get("base_model_name_or_path").asText("");
    if (name.isEmpty()) {
      throw keys.wrong("base_model_name_or_path", "the folder of the model that was adapted");
    }
    Path base;
    try {
      base = CopiedPlace.of(folder, folder.toAbsolutePath().resolve(name).normalize());
    } catch (InvalidPathException e) {
      throw keys.wrong("base_model_name_or_path", "a folder");
    }
    if (!Files.isDirectory(base)) {
      throw new ModelException(
          keys.file()
              + ": base_model_name_or_path is \""
              + name
              + "\", but "
              + base
              + " is no folder. Models are not fetched from a hub: download the base, and write its"
              + " folder there, absolute or counted from the adapter's folder.");
    }
    if (in(base)) {
      throw new ModelException(
          keys.file()
              + ": base_model_name_or_path is \""
              + name
              + "\", but "
              + base
              + " holds an adapter itself; an adapter stands on a whole model. Merge that one first"
              + " (sluice model convert) and write the merged model's folder there.");
    }
    return base;
  }

  private static @Nullable Head head(ConfigKeys keys) {
    String task = keys.get("task_type").asText("");
    if (!keys.has("task_type")) {
      String mapped = keys.get("auto_mapping").path("base_model_class").asText("");
      for (Head each : Head.values()) {
        if (mapped.endsWith(each.suffix())) {
          return each;
        }
      }
      return null;
    }
    return switch (task) {
      case "CAUSAL_LM" -> Head.LANGUAGE_MODEL;
      case "SEQ_CLS" -> Head.SEQUENCE_CLASSIFICATION;
      case "TOKEN_CLS" -> Head.STEP_CLASSIFICATION;
      default ->
          throw keys.refused(
              "task_type", "\"" + task + "\"", "\"CAUSAL_LM\", \"SEQ_CLS\" and \"TOKEN_CLS\"");
    };
  }

  /** Number of columns of A's transpose for a module. */
  int rank(String module) {
    JsonNode own = patterned("rank_pattern", module);
    int rank = own == null ? keys.integer("r", RANK) : own.isInt() ? own.asInt() : 0;
    if (rank < 1) {
      throw keys.wrong(own == null ? "r" : "rank_pattern", "at least 1 for each module");
    }
    return rank;
  }

  /** What the product B A of a module is multiplied with. */
  double scale(String module) {
    JsonNode own = patterned("alpha_pattern", module);
    if (own != null && !(own.isNumber() && Double.isFinite(own.asDouble()))) {
      throw keys.wrong("alpha_pattern", "a number for each module");
    }
    double alpha = own == null ? keys.number("lora_alpha", RANK) : own.asDouble();
    int rank = rank(module);
    return alpha / (keys.truth("use_rslora", false) ? Math.sqrt(rank) : rank);
  }

  /** The value of the first pattern that the end of a module's name matches. */
  private @Nullable JsonNode patterned(String key, String module) {
    for (Map.Entry<String, JsonNode> each : keys.get(key).properties()) {
      try {
        Pattern pattern = Pattern.compile("(.*\\.)?(" + each.getKey() + ")");
        if (new NamePattern(pattern).matches(module)) {
          return each.getValue();
        }
      } catch (PatternSyntaxException e) {
        throw keys.wrong(key, "regular expressions with values (" + e.getDescription() + ")");
      } catch (NamePattern.TooHardException e) {
        throw keys.wrong(key, "regular expressions with values (" + e.getMessage() + ")");
      }
    }
    return null;
  }
}
