package dev.sluice.models.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.models.ModelException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The shape of a decoder of the Llama family, as {@code config.json} states it.
 *
 * @param head what stands on top
 * @param hiddenSize width of the residual stream
 * @param layers number of blocks
 * @param heads query heads
 * @param keyValueHeads key and value heads; divides {@code heads}
 * @param headDim width of a head; even
 * @param intermediateSize width of the feed-forward layer
 * @param rmsNormEpsilon added to the mean square
 * @param ropeTheta base of the rotary positions
 * @param tieWordEmbeddings whether the embedding is the output matrix too
 * @param vocabularySize rows of the embedding
 * @param maxPositions most tokens of prompt and completion together
 * @param endTokens tokens that end a text, lowest first
 * @param padToken fills up rows
 */
public record ModelConfig(
    Head head,
    int hiddenSize,
    int layers,
    int heads,
    int keyValueHeads,
    int headDim,
    int intermediateSize,
    double rmsNormEpsilon,
    double ropeTheta,
    boolean tieWordEmbeddings,
    int vocabularySize,
    int maxPositions,
    List<Integer> endTokens,
    int padToken)
    implements Serializable {

  /** Keys that change the computation in a way that is not built, unless absent, null or false. */
  private static final Set<String> REFUSED_KEYS =
      Set.of(
          "attention_bias",
          "mlp_bias",
          "quantization_config",
          "sliding_window",
          "attn_logit_softcapping",
          "final_logit_softcapping",
          "num_experts",
          "num_local_experts",
          "adapter_config");

  public ModelConfig {
    endTokens = List.copyOf(endTokens);
    atLeastOne("hidden_size", hiddenSize);
    atLeastOne("num_hidden_layers", layers);
    atLeastOne("num_attention_heads", heads);
    atLeastOne("num_key_value_heads", keyValueHeads);
    atLeastOne("head_dim", headDim);
    atLeastOne("intermediate_size", intermediateSize);
    atLeastOne("vocab_size", vocabularySize);
    atLeastOne("max_position_embeddings", maxPositions);
    if (heads % keyValueHeads != 0) {
      throw new ModelException(
          "num_key_value_heads must divide num_attention_heads, but "
              + keyValueHeads
              + " does not divide "
              + heads
              + ".");
    }
    if (headDim % 2 != 0) {
      throw new ModelException("head_dim must be even for rotary positions, but is " + headDim);
    }
  }

  private static void atLeastOne(String key, int value) {
    if (value < 1) {
      throw new ModelException(key + " must be at least 1, but is " + value + ".");
    }
  }

  /** The same decoder under another head. */
  public ModelConfig with(Head other) {
    return copy(other, endTokens);
  }

  /** The same decoder with other tokens that end a text. */
  public ModelConfig withEndTokens(List<Integer> ends) {
    return copy(head, ends);
  }

  private ModelConfig copy(Head newHead, List<Integer> newEnds) {
    return new ModelConfig(
        newHead,
        hiddenSize,
        layers,
        heads,
        keyValueHeads,
        headDim,
        intermediateSize,
        rmsNormEpsilon,
        ropeTheta,
        tieWordEmbeddings,
        vocabularySize,
        maxPositions,
        newEnds,
        padToken);
  }

  /** Query heads that share one key and value head. */
  public int groupSize() {
    return heads / keyValueHeads;
  }

  /**
   * Reads {@code config.json}.
   *
   * @param file named in errors
   * @throws ModelException if the architecture or a key is not supported, or a key is missing
   */
  public static ModelConfig parse(JsonNode json, String file) {
    Head head = head(json, file);
    String type = json.path("model_type").asText("");
    if (!type.equals("llama")) {
      throw refused(file, "model_type", "\"" + type + "\"", "\"llama\"");
    }
    String activation = json.path("hidden_act").asText("silu");
    if (!activation.equals("silu") && !activation.equals("swish")) {
      throw refused(file, "hidden_act", "\"" + activation + "\"", "\"silu\"");
    }
    for (String key : REFUSED_KEYS) {
      JsonNode value = json.path(key);
      if (!value.isMissingNode()
          && !value.isNull()
          && !value.equals(JsonNodeFactory.instance.booleanNode(false))) {
        throw refused(file, key, value.toString(), "absent");
      }
    }
    JsonNode rope = json.path("rope_parameters");
    JsonNode scaling = json.path("rope_scaling");
    for (JsonNode node : List.of(rope, scaling)) {
      String kind = node.path("rope_type").asText(node.path("type").asText("default"));
      if (!kind.equals("default")) {
        throw refused(file, "rope_type", "\"" + kind + "\"", "\"default\"");
      }
    }
    double partial =
        rope.path("partial_rotary_factor").asDouble(json.path("partial_rotary_factor").asDouble(1));
    if (partial != 1) {
      throw refused(file, "partial_rotary_factor", String.valueOf(partial), "1");
    }
    if (head == Head.STEP_CLASSIFICATION) {
      int labels =
          json.has("id2label") ? json.path("id2label").size() : json.path("num_labels").asInt(2);
      if (labels != Head.LABELS) {
        throw refused(file, "num_labels", String.valueOf(labels), String.valueOf(Head.LABELS));
      }
    }
    int hidden = integer(json, "hidden_size", file);
    int heads = integer(json, "num_attention_heads", file);
    List<Integer> ends = tokens(json.path("eos_token_id"));
    try {
      return new ModelConfig(
          head,
          hidden,
          integer(json, "num_hidden_layers", file),
          heads,
          json.hasNonNull("num_key_value_heads") ? json.path("num_key_value_heads").asInt() : heads,
          json.hasNonNull("head_dim") ? json.path("head_dim").asInt() : hidden / Math.max(1, heads),
          integer(json, "intermediate_size", file),
          json.path("rms_norm_eps").asDouble(1e-6),
          rope.hasNonNull("rope_theta")
              ? rope.path("rope_theta").asDouble()
              : json.path("rope_theta").asDouble(10_000),
          json.path("tie_word_embeddings").asBoolean(false),
          integer(json, "vocab_size", file),
          integer(json, "max_position_embeddings", file),
          ends,
          json.path("pad_token_id").asInt(ends.isEmpty() ? 0 : ends.get(0)));
    } catch (ModelException e) {
      throw new ModelException(file + ": " + e.getMessage(), e);
    }
  }

  private static Head head(JsonNode json, String file) {
    String name = json.path("architectures").path(0).asText("LlamaForCausalLM");
    for (Head head : Head.values()) {
      if (head.architecture().equals(name)) {
        return head;
      }
    }
    throw new ModelException(
        file
            + ": the architecture "
            + name
            + " is not supported; supported are LlamaForCausalLM and LlamaForTokenClassification.");
  }

  private static ModelException refused(String file, String key, String value, String supported) {
    return new ModelException(
        file
            + ": "
            + key
            + " is "
            + value
            + ", which changes the computation and is not supported; supported is "
            + supported
            + ".");
  }

  private static int integer(JsonNode json, String key, String file) {
    if (!json.path(key).canConvertToInt()) {
      throw new ModelException(
          file + ": " + key + " must be a whole number, but is " + json.path(key) + ".");
    }
    return json.path(key).asInt();
  }

  /** Token ids given as one number, as a list, or not at all. */
  static List<Integer> tokens(JsonNode node) {
    List<Integer> ids = new ArrayList<>();
    if (node.isArray()) {
      node.forEach(id -> ids.add(id.asInt()));
    } else if (node.isNumber()) {
      ids.add(node.asInt());
    }
    return ids.stream().sorted().toList();
  }

  /** As {@code config.json} that {@code transformers} 4 and 5 read. */
  public ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.putArray("architectures").add(head.architecture());
    json.put("model_type", "llama");
    json.put("hidden_act", "silu");
    json.put("hidden_size", hiddenSize);
    json.put("num_hidden_layers", layers);
    json.put("num_attention_heads", heads);
    json.put("num_key_value_heads", keyValueHeads);
    json.put("head_dim", headDim);
    json.put("intermediate_size", intermediateSize);
    json.put("rms_norm_eps", rmsNormEpsilon);
    // Version 4 of transformers reads the first, version 5 the second.
    json.put("rope_theta", ropeTheta);
    json.putObject("rope_parameters").put("rope_type", "default").put("rope_theta", ropeTheta);
    json.put("attention_bias", false);
    json.put("mlp_bias", false);
    json.put("tie_word_embeddings", tieWordEmbeddings);
    json.put("vocab_size", vocabularySize);
    json.put("max_position_embeddings", maxPositions);
    json.putNull("bos_token_id");
    putTokens(json);
    json.put("pad_token_id", padToken);
    json.put("torch_dtype", "float32");
    if (head == Head.STEP_CLASSIFICATION) {
      json.putObject("id2label").put("0", "wrong").put("1", "right");
      json.putObject("label2id").put("wrong", 0).put("right", 1);
    }
    return json;
  }

  /** Writes {@code eos_token_id}: one number, a list, or null. */
  void putTokens(ObjectNode json) {
    if (endTokens.isEmpty()) {
      json.putNull("eos_token_id");
    } else if (endTokens.size() == 1) {
      json.put("eos_token_id", endTokens.get(0));
    } else {
      ArrayNode list = json.putArray("eos_token_id");
      endTokens.forEach(list::add);
    }
  }
}
