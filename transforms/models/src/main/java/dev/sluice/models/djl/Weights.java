package dev.sluice.models.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import dev.sluice.models.directory.Head;
import dev.sluice.models.directory.ModelConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The weights in the order that {@code decoder.py} takes them, as views into one flat array, so
 * that gradients of all reach it in one piece.
 */
final class Weights {
  private static final String ARGUMENT = "weights[]";

  private Weights() {}

  /** Views into the flat array, attached to its manager. */
  static NDList views(ModelConfig config, ParameterLayout layout, NDArray flat) {
    List<ParameterLayout.Parameter> parameters = layout.parameters();
    long[] ends = new long[parameters.size() - 1];
    long end = 0;
    for (int i = 0; i < ends.length; i++) {
      end += parameters.get(i).size();
      ends[i] = end;
    }
    // One split has one backward: the pieces' gradients side by side.
    NDList pieces = flat.split(ends);
    Map<String, NDArray> byName = new HashMap<>();
    for (int i = 0; i < parameters.size(); i++) {
      NDArray view = pieces.get(i).reshape(new Shape(parameters.get(i).shape()));
      view.setName(ARGUMENT);
      byName.put(parameters.get(i).parts().get(0).name(), view);
    }
    boolean classifies = config.head() == Head.STEP_CLASSIFICATION;
    String embedding = "model.embed_tokens.weight";
    String output =
        classifies ? "score.weight" : config.tieWordEmbeddings() ? embedding : "lm_head.weight";
    NDList ordered =
        new NDList(byName.get(embedding), byName.get(output), byName.get("model.norm.weight"));
    for (int layer = 0; layer < config.layers(); layer++) {
      for (String name :
          List.of(
              "input_layernorm",
              "self_attn.q_proj",
              "self_attn.o_proj",
              "post_attention_layernorm",
              "mlp.gate_proj",
              "mlp.down_proj")) {
        ordered.add(byName.get("model.layers." + layer + "." + name + ".weight"));
      }
    }
    if (classifies) {
      ordered.add(byName.get("score.bias"));
    }
    return ordered;
  }
}
