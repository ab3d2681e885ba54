package dev.sluice.models.directory;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Writes {@code config.json} in the spellings of versions 4 and 5 of {@code transformers}. */
final class ConfigWriter {
  private ConfigWriter() {}

  static ObjectNode write(ModelConfig config) {
    Family family = config.family();
    Traits traits = config.traits();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.putArray("architectures").add(family.architecture(config.head()));
    json.put("model_type", family.modelType());
    json.put(family.form().gemma() ? "hidden_activation" : "hidden_act", traits.activation().key());
    json.put("hidden_size", config.hiddenSize());
    json.put("num_hidden_layers", config.layers());
    json.put("num_attention_heads", config.heads());
    json.put("num_key_value_heads", config.keyValueHeads());
    json.put("head_dim", config.headDim());
    json.put("intermediate_size", config.intermediateSize());
    json.put("rms_norm_eps", config.rmsNormEpsilon());
    putRope(json, config);
    if (family.form().attentionBiasKey()) {
      json.put("attention_bias", traits.outputBias());
    }
    if (family.form().mlpBiasKey()) {
      json.put("mlp_bias", traits.feedForwardBias());
    }
    json.put("tie_word_embeddings", config.tieWordEmbeddings());
    json.put("vocab_size", config.vocabularySize());
    json.put("max_position_embeddings", config.maxPositions());
    json.putNull("bos_token_id");
    putTokens(json, config.endTokens());
    if (config.padToken() < 0) {
      json.putNull("pad_token_id");
    } else {
      json.put("pad_token_id", config.padToken());
    }
    json.put("torch_dtype", "float32");
    putWindows(json, config);
    if (family.form().gemma()) {
      putNumber(json, "query_pre_attn_scalar", traits.queryScalar());
      if (traits.logitCap() > 0) {
        json.put("final_logit_softcapping", traits.logitCap());
      }
    }
    putLabels(json, config.head());
    return json;
  }

  /** Names of the labels of a head that classifies. */
  static void putLabels(ObjectNode json, Head head) {
    switch (head) {
      case STEP_CLASSIFICATION -> {
        json.putObject("id2label").put("0", "wrong").put("1", "right");
        json.putObject("label2id").put("wrong", 0).put("right", 1);
      }
      case SEQUENCE_CLASSIFICATION -> {
        json.putObject("id2label").put("0", "reward");
        json.putObject("label2id").put("reward", 0);
      }
      case LANGUAGE_MODEL -> {}
    }
  }

  /** Version 4 of transformers reads {@code rope_theta}, version 5 {@code rope_parameters}. */
  private static void putRope(ObjectNode json, ModelConfig config) {
    Rope all = config.globalRope();
    json.put("rope_theta", all.theta());
    if (config.family().form().gemma()) {
      Rope local =
          config.traits().layers().stream()
              .filter(layer -> layer.window() > 0)
              .findFirst()
              .map(Traits.Layer::rope)
              .orElse(all);
      json.put("rope_local_base_freq", local.theta());
      ObjectNode both = json.putObject("rope_parameters");
      both.set(RopeReader.FULL, parameters(all));
      both.set(RopeReader.SLIDING, parameters(local));
    } else {
      json.set("rope_parameters", parameters(all));
    }
    if (all.scaling() != Rope.Scaling.DEFAULT) {
      json.set("rope_scaling", parameters(all));
    }
  }

  private static ObjectNode parameters(Rope rope) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("rope_type", rope.scaling().key()).put("rope_theta", rope.theta());
    if (rope.scaling() != Rope.Scaling.DEFAULT) {
      json.put("factor", rope.factor());
    }
    if (rope.scaling() == Rope.Scaling.LLAMA3) {
      json.put("low_freq_factor", rope.lowFrequency());
      json.put("high_freq_factor", rope.highFrequency());
      json.put("original_max_position_embeddings", rope.originalPositions());
    }
    return json;
  }

  private static void putWindows(ObjectNode json, ModelConfig config) {
    Family family = config.family();
    int window = config.traits().window();
    if (family == Family.LLAMA) {
      return;
    }
    if (window == 0) {
      json.putNull("sliding_window");
    } else {
      json.put("sliding_window", window);
    }
    if (family == Family.MISTRAL) {
      return;
    }
    if (family != Family.GEMMA3) {
      json.put("use_sliding_window", window > 0);
    }
    ArrayNode types = json.putArray("layer_types");
    config
        .traits()
        .layers()
        .forEach(layer -> types.add(layer.window() > 0 ? RopeReader.SLIDING : RopeReader.FULL));
  }

  /** A whole number as such: transformers checks the types of some keys. */
  static void putNumber(ObjectNode json, String key, double value) {
    if (value == Math.rint(value)) {
      json.put(key, (long) value);
    } else {
      json.put(key, value);
    }
  }

  /** Writes {@code eos_token_id}: one number, a list, or null. */
  static void putTokens(ObjectNode json, List<Integer> endTokens) {
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
