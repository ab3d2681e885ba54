package dev.sluice.models.djl.decode;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import dev.sluice.models.djl.engine.LlamaDecoder;

/**
 * Large matrices in the layout of oneDNN, made once when a model is loaded: with few rows a product
 * takes a half to a third of the time that it takes over rows of the plain layout, which each call
 * would rearrange. Small ones stay as they are; they lie in the cache anyway. So do those whose
 * packed product would depend on its other rows: oneDNN's kernels for AVX2 change the order of a
 * sum with the number of rows.
 */
final class Packing {
  /** Fewest numbers of a matrix that is worth it. */
  static final long LEAST_SIZE = 1L << 18;

  /** Where the embedding stands: its rows are looked up, so it stays plain. */
  private static final int EMBEDDING = 0;

  /** What the engine says on a processor without the instructions for 16 bits. */
  private static final String OTHER_PROCESSOR = "needs the cpu support";

  private Packing() {}

  /**
   * Packs what is worth it, in place; the plain form of each is freed at once. On a processor for
   * which the engine cannot do it, and on a GPU, all stay plain.
   *
   * @param weights in the order of the script
   * @return number of matrices that were packed
   */
  static int pack(NDList weights, LlamaDecoder decoder) {
    if (!decoder.onCpu()) {
      return 0;
    }
    int count = 0;
    NDArray embedding = weights.get(EMBEDDING);
    for (int i = EMBEDDING + 1; i < weights.size(); i++) {
      NDArray plain = weights.get(i);
      Shape shape = plain.getShape();
      if (shape.dimension() != 2 || shape.size() < LEAST_SIZE) {
        continue;
      }
      String name = plain.getName();
      // An array with a name would count as one of the weights, not as the argument.
      plain.setName(null);
      try {
        NDArray packed = decoder.packed(plain);
        if (!ModelNumerics.packs(decoder, packed)) {
          packed.close();
          plain.setName(name);
          continue;
        }
        packed.setName(name);
        weights.set(i, packed);
        count++;
      } catch (EngineException e) {
        plain.setName(name);
        if (String.valueOf(e.getMessage()).contains(OTHER_PROCESSOR)) {
          return count;
        }
        throw e;
      }
      if (plain == embedding) {
        plain.setName(name);
      } else {
        plain.close();
      }
    }
    return count;
  }
}
