package dev.sluice.models.djl.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import dev.sluice.models.directory.Head;
import dev.sluice.models.directory.ModelConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The weights in the order that {@code decoder.py} takes them: for training as views into one flat
 * array, so that gradients of all reach it in one piece.
 */
public final class Weights {
  private static final String ARGUMENT = "weights[]";

  private Weights() {}

  /** Views into the flat array, attached to its manager. */
  public static NDList views(ModelConfig config, ParameterLayout layout, NDArray flat) {
    return ordered(config, byName(layout, flat));
  }

  /** The same views by the names of their first parts. */
  public static Map<String, NDArray> byName(ParameterLayout layout, NDArray flat) {
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
      byName.put(parameters.get(i).name(), view);
    }
    return byName;
  }

  /**
   * The weights in the order of the script.
   *
   * @param byName arrays by the names of their first parts
   */
  public static NDList ordered(ModelConfig config, Map<String, NDArray> byName) {
    return ordered(config, byName, false);
  }

  /**
   * The weights in the order of the script.
   *
   * @param byName arrays by the names of their first parts, adapters by the slots' names
   * @param adapted whether there are adapters
   */
  public static NDList ordered(ModelConfig config, Map<String, NDArray> byName, boolean adapted) {
    boolean classifies = config.head() != Head.LANGUAGE_MODEL;
    String embedding = "model.embed_tokens.weight";
    String output =
        classifies ? "score.weight" : config.tieWordEmbeddings() ? embedding : "lm_head.weight";
    NDList ordered =
        new NDList(byName.get(embedding), byName.get(output), byName.get("model.norm.weight"));
    LayerSlots slots = new LayerSlots(config, adapted);
    for (int layer = 0; layer < config.layers(); layer++) {
      for (String name : slots.names()) {
        ordered.add(byName.get("model.layers." + layer + "." + name));
      }
    }
    if (config.head() == Head.STEP_CLASSIFICATION) {
      ordered.add(byName.get("score.bias"));
    }
    ordered.forEach(weight -> weight.setName(ARGUMENT));
    return ordered;
  }
}
