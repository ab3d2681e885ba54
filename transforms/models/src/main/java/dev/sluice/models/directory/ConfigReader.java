package dev.sluice.models.directory;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.models.ModelException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads {@code config.json} as {@code transformers} does, and refuses what is not built. */
final class ConfigReader {
  /** Keys that change the computation in a way that is not built, unless absent, null or false. */
  private static final List<String> REFUSED =
      List.of(
          "quantization_config",
          "attn_logit_softcapping",
          "use_bidirectional_attention",
          "use_mrope",
          "num_experts",
          "num_local_experts",
          "adapter_config");

  /** Names of a label for a step that is correct, which is label 1 in TRL and elsewhere. */
  private static final Set<String> SAY_RIGHT =
      Set.of("correct", "right", "positive", "good", "true", "yes", "+");

  /** In Gemma 3 every sixth layer sees all tokens. */
  private static final int PATTERN = 6;

  /** The layer from which on windows are used in Qwen2 and Qwen3. */
  private static final int WINDOW_LAYERS = 28;

  private final ConfigKeys keys;
  private final Family family;
  private final Head head;
  private final FamilyData.Defaults defaults;

  /** Whether the file speaks of another head, so that what it says of labels does not count. */
  private final boolean newHead;

  /**
   * @param wanted what the model ends in; null: what the file says
   */
  ConfigReader(ConfigKeys keys, @Nullable Head wanted) {
    this.keys = keys;
    Head named = Head.LANGUAGE_MODEL;
    Family byType = byType();
    JsonNode name = keys.get("architectures").path(0);
    if (name.isMissingNode()) {
      family = byType == null ? Family.LLAMA : byType;
    } else {
      Architecture found = architecture(name.asText());
      family = found.family();
      named = found.head();
    }
    head = wanted == null ? named : wanted;
    newHead = head != named;
    if (family != byType) {
      throw keys.refused(
          "model_type",
          keys.has("model_type") ? keys.get("model_type").toString() : "absent",
          name.isMissingNode()
              ? Arrays.stream(Family.values())
                  .map(each -> "\"" + each.modelType() + "\"")
                  .collect(Collectors.joining(", "))
              : "\"" + family.modelType() + "\"");
    }
    defaults = family.defaults();
  }

  private record Architecture(Family family, Head head) {}

  private @Nullable Family byType() {
    String type = keys.get("model_type").asText();
    for (Family each : Family.values()) {
      if (each.modelType().equals(type)) {
        return each;
      }
    }
    return null;
  }

  private Architecture architecture(String name) {
    for (Family each : Family.values()) {
      for (Head possible : each.heads()) {
        if (each.architecture(possible).equals(name)) {
          return new Architecture(each, possible);
        }
      }
    }
    throw new ModelException(
        keys.file()
            + ": the architecture "
            + name
            + " is not supported; supported are "
            + Family.architectures()
            + ".");
  }

  ModelConfig read() {
    REFUSED.forEach(this::refuse);
    if (!family.form().gemma()) {
      refuse("final_logit_softcapping");
    }
    checkLabels();
    int hidden = keys.integer("hidden_size", defaults.hiddenSize());
    int heads = keys.integer("num_attention_heads", defaults.heads());
    int headDim = headDim(hidden, heads);
    int positions = keys.integer("max_position_embeddings", defaults.maxPositions());
    int layers = keys.size("num_hidden_layers", defaults.layers(), ModelConfig.MAX_LAYERS);
    List<Integer> ends = ends();
    try {
      return new ModelConfig(
          head,
          hidden,
          layers,
          heads,
          keyValueHeads(heads),
          headDim,
          keys.integer("intermediate_size", defaults.intermediateSize()),
          keys.notNegative("rms_norm_eps", 1e-6),
          keys.truth("tie_word_embeddings", defaults.tieWordEmbeddings()),
          keys.integer("vocab_size", defaults.vocabularySize()),
          positions,
          ends,
          padToken(ends),
          traits(layers, headDim, positions));
    } catch (ModelException e) {
      String message = String.valueOf(e.getMessage());
      throw message.startsWith(keys.file())
          ? e
          : new ModelException(keys.file() + ": " + message, e);
    }
  }

  private void refuse(String key) {
    if (keys.has(key) && !(keys.get(key).isBoolean() && !keys.get(key).asBoolean())) {
      throw keys.refused(key, keys.get(key).toString(), "absent");
    }
  }

  private void checkLabels() {
    if (head == Head.LANGUAGE_MODEL || newHead) {
      return;
    }
    // Absent, transformers takes two labels.
    int labels = keys.has("id2label") ? keys.get("id2label").size() : keys.integer("num_labels", 2);
    if (labels != head.labels()) {
      throw keys.refused("num_labels", String.valueOf(labels), String.valueOf(head.labels()));
    }
    String first = keys.get("id2label").path("0").asText();
    if (head == Head.STEP_CLASSIFICATION && SAY_RIGHT.contains(first.toLowerCase(Locale.ROOT))) {
      throw keys.refused(
          "label 0 of id2label", "\"" + first + "\"", "label 1 for a step that is correct");
    }
    if (head == Head.STEP_CLASSIFICATION && !keys.truth("token_classification_bias", true)) {
      throw keys.refused("token_classification_bias", "false", "true");
    }
  }

  private int headDim(int hidden, int heads) {
    int byDefault = defaults.headDim() > 0 ? defaults.headDim() : hidden / Math.max(1, heads);
    return keys.integer("head_dim", byDefault);
  }

  private int keyValueHeads(int heads) {
    boolean givenAsNull = keys.get("num_key_value_heads").isNull();
    int byDefault = givenAsNull || defaults.keyValueHeads() == 0 ? heads : defaults.keyValueHeads();
    return keys.integer("num_key_value_heads", byDefault);
  }

  private List<Integer> ends() {
    JsonNode given = keys.get("eos_token_id");
    if (given.isMissingNode()) {
      return defaults.endToken() < 0 ? List.of() : List.of(defaults.endToken());
    }
    return keys.tokens("eos_token_id");
  }

  private int padToken(List<Integer> ends) {
    JsonNode given = keys.get("pad_token_id");
    int named = given.isMissingNode() ? defaults.padToken() : keys.integer("pad_token_id", -1);
    if (head == Head.SEQUENCE_CLASSIFICATION) {
      return Math.max(-1, named);
    }
    return named >= 0 ? named : ends.isEmpty() ? 0 : ends.get(0);
  }

  private Traits traits(int layers, int headDim, int positions) {
    FamilyData.Form form = family.form();
    boolean bias = form.attentionBiasKey() && keys.truth("attention_bias", false);
    boolean gemma = form.gemma();
    RopeReader ropes = new RopeReader(keys, positions);
    List<Boolean> slides = slides(layers);
    int window = slides.contains(true) ? window() : 0;
    Rope all = gemma ? ropes.gemma(false) : ropes.common();
    Rope local = gemma ? ropes.gemma(true) : all;
    return new Traits(
        family,
        activation(),
        bias || form.attentionBias(),
        bias,
        form.mlpBiasKey() && keys.truth("mlp_bias", false),
        gemma ? keys.positive("query_pre_attn_scalar", 256) : headDim,
        gemma ? keys.notNegative("final_logit_softcapping", 0) : 0,
        slides.stream()
            .map(slide -> slide ? new Traits.Layer(window, local) : new Traits.Layer(0, all))
            .toList());
  }

  private Activation activation() {
    boolean gemma = family.form().gemma();
    String key = gemma ? "hidden_activation" : "hidden_act";
    String name = keys.has(key) ? keys.get(key).asText() : gemma ? "gelu_pytorch_tanh" : "silu";
    Activation found = Activation.of(name);
    if (found == null) {
      throw keys.refused(
          key,
          "\"" + name + "\"",
          Arrays.stream(Activation.values())
              .map(each -> "\"" + each.key() + "\"")
              .collect(Collectors.joining(", ")));
    }
    return found;
  }

  /** The window of layers that slide. */
  private int window() {
    boolean off = family != Family.MISTRAL && family != Family.GEMMA3 && !slidingSwitch();
    int window =
        keys.get("sliding_window").isNull() ? 0 : keys.integer("sliding_window", defaults.window());
    if (off || window < 1) {
      throw keys.wrong(
          off ? "use_sliding_window" : "sliding_window",
          off
              ? "true where layer_types names " + RopeReader.SLIDING
              : "at least 1 where layers have a window");
    }
    return window;
  }

  private boolean slidingSwitch() {
    return keys.truth("use_sliding_window", false);
  }

  /** Which layers have a window. */
  private List<Boolean> slides(int layers) {
    List<Boolean> slides = new ArrayList<>();
    JsonNode types = keys.get("layer_types");
    boolean byType = types.isArray() && family != Family.LLAMA && family != Family.MISTRAL;
    if (byType && types.size() != layers) {
      throw keys.wrong("layer_types", "a list of num_hidden_layers (" + layers + ") kinds");
    }
    int pattern = Math.max(1, keys.integer("sliding_window_pattern", PATTERN));
    boolean windowNull = keys.get("sliding_window").isNull();
    int firstSliding = keys.integer("max_window_layers", WINDOW_LAYERS);
    for (int i = 0; i < layers; i++) {
      slides.add(
          switch (family) {
            case LLAMA -> false;
            case MISTRAL -> !windowNull;
            case QWEN2, QWEN3 ->
                byType
                    ? slides(types.get(i).asText())
                    : slidingSwitch() && !windowNull && i >= firstSliding;
            case GEMMA3 -> byType ? slides(types.get(i).asText()) : (i + 1) % pattern != 0;
          });
    }
    return slides;
  }

  private boolean slides(String kind) {
    return switch (kind) {
      case RopeReader.SLIDING -> true;
      case RopeReader.FULL, "attention" -> false;
      default ->
          throw keys.refused(
              "layer_types",
              "\"" + kind + "\"",
              "\"" + RopeReader.FULL + "\" or \"" + RopeReader.SLIDING + "\"");
    };
  }
}
