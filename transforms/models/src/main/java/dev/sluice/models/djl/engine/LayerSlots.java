package dev.sluice.models.djl.engine;

import dev.sluice.models.directory.ModelConfig;
import dev.sluice.models.directory.Traits;
import java.util.ArrayList;
import java.util.List;

/**
 * The weights of one layer in the order that {@code decoder.py} takes them, by the names of the
 * Hugging Face directory without {@code model.layers.N.}; where several lie one under the other, by
 * the first.
 */
public final class LayerSlots {
  static final String QUERY_BIAS = "self_attn.q_proj.bias";
  static final String OUTPUT_BIAS = "self_attn.o_proj.bias";
  static final String GATE_BIAS = "mlp.gate_proj.bias";
  static final String DOWN_BIAS = "mlp.down_proj.bias";
  static final String QUERY_NORM = "self_attn.q_norm.weight";
  static final String KEY_NORM = "self_attn.k_norm.weight";
  static final String INNER_ATTENTION_NORM = "inner attention norm";
  static final String INNER_FEED_FORWARD_NORM = "post_feedforward_layernorm.weight";

  /** Matrices that may have adapters, by the first of those that lie in them. */
  public static final List<String> ADAPTED =
      List.of(
          "self_attn.q_proj.weight",
          "self_attn.o_proj.weight",
          "mlp.gate_proj.weight",
          "mlp.down_proj.weight");

  /** What stands behind such a name for the two matrices of its adapters. */
  public static final String A = " A";

  public static final String B = " B";

  static final String ADAPTER = ADAPTED.get(0) + A;

  private static final String AFTER_ATTENTION = "post_attention_layernorm.weight";

  private final List<String> roles = new ArrayList<>();
  private final List<String> names = new ArrayList<>();

  /**
   * @param adapted whether adapters stand beside the matrices
   */
  public LayerSlots(ModelConfig config, boolean adapted) {
    Traits traits = config.traits();
    boolean inner = config.family().innerNorms();
    add("input_layernorm.weight");
    add("self_attn.q_proj.weight");
    add("self_attn.o_proj.weight");
    add(inner ? "pre_feedforward_layernorm.weight" : AFTER_ATTENTION);
    add("mlp.gate_proj.weight");
    add("mlp.down_proj.weight");
    if (traits.attentionBias()) {
      add(QUERY_BIAS);
    }
    if (traits.outputBias()) {
      add(OUTPUT_BIAS);
    }
    if (traits.feedForwardBias()) {
      add(GATE_BIAS);
      add(DOWN_BIAS);
    }
    if (config.family().queryKeyNorm()) {
      add(QUERY_NORM);
      add(KEY_NORM);
    }
    if (inner) {
      // What plain layers call the norm before the feed-forward layer stands elsewhere here.
      roles.add(INNER_ATTENTION_NORM);
      names.add(AFTER_ATTENTION);
      add(INNER_FEED_FORWARD_NORM);
    }
    if (adapted) {
      for (String matrix : ADAPTED) {
        add(matrix + A);
        add(matrix + B);
      }
    }
  }

  private void add(String name) {
    roles.add(name);
    names.add(name);
  }

  /** Names in order. */
  List<String> names() {
    return names;
  }

  /** Place of a weight among those of its layer; -1 if the layer has none. */
  int place(String role) {
    return roles.indexOf(role);
  }

  public int count() {
    return names.size();
  }
}
