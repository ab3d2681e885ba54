package dev.sluice.models.djl.lora;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.sluice.models.directory.ModelConfig;
import dev.sluice.models.djl.engine.LayerSlots;
import dev.sluice.models.djl.engine.ParameterLayout;
import dev.sluice.models.djl.engine.Weights;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The weights of a decoder whose adapters are in training, in the order of the script: frozen
 * views, and for each matrix A [R, in] and B [out, R]. Where several matrices lie one under the
 * other (query, key and value; gate and up), their A do too, and B is made of theirs along its
 * diagonal, already scaled. Gradients flow to the flat array of what is trained alone.
 */
public final class LoraViews {
  private final ModelConfig config;
  private final ParameterLayout layout;
  private final LoraLayout places;
  private final Map<String, NDArray> frozen;

  /**
   * @param weights flat, never changed; the views belong to its manager
   */
  public LoraViews(ModelConfig config, ParameterLayout layout, LoraLayout places, NDArray weights) {
    this.config = config;
    this.layout = layout;
    this.places = places;
    frozen = Weights.byName(layout, weights);
  }

  /**
   * All weights.
   *
   * @param leaf flat, what is trained; attached to the manager that will own the result
   */
  public NDList of(NDArray leaf) {
    Map<String, NDArray> pieces = pieces(leaf);
    Map<String, NDArray> byName = new HashMap<>(frozen);
    for (LoraLayout.Whole whole : places.wholes()) {
      byName.put(whole.name(), piece(pieces, whole.name()));
    }
    for (ParameterLayout.Parameter parameter : layout.parameters()) {
      if (LayerSlots.ADAPTED.stream().anyMatch(parameter.name()::endsWith)) {
        adapt(parameter, pieces, byName, leaf.getManager());
      }
    }
    return Weights.ordered(config, byName, true);
  }

  private static NDArray piece(Map<String, NDArray> pieces, String name) {
    NDArray piece = pieces.get(name);
    if (piece == null) {
      throw new IllegalStateException("Nothing that is trained is called " + name + ".");
    }
    return piece;
  }

  /** One split has one backward: the pieces' gradients side by side. */
  private Map<String, NDArray> pieces(NDArray leaf) {
    List<LoraLayout.Piece> order = places.pieces();
    long[] ends = new long[order.size() - 1];
    long end = 0;
    for (int i = 0; i < ends.length; i++) {
      end += order.get(i).size();
      ends[i] = end;
    }
    NDList split = leaf.split(ends);
    Map<String, NDArray> pieces = new HashMap<>();
    for (int i = 0; i < order.size(); i++) {
      pieces.put(order.get(i).name(), split.get(i).reshape(new Shape(order.get(i).shape())));
    }
    return pieces;
  }

  private void adapt(
      ParameterLayout.Parameter parameter,
      Map<String, NDArray> pieces,
      Map<String, NDArray> byName,
      NDManager manager) {
    List<ParameterLayout.Part> parts = parameter.parts();
    List<@Nullable NDArray> own = new ArrayList<>();
    NDList rows = new NDList();
    for (ParameterLayout.Part part : parts) {
      NDArray a = pieces.get(part.name() + LayerSlots.A);
      own.add(a);
      if (a != null) {
        rows.add(a);
      }
    }
    int rank = places.rank();
    if (rows.isEmpty()) {
      // The script adds a product in any case: here one of zeros.
      rows.add(manager.zeros(new Shape(1, parameter.shape()[1])));
      rank = 1;
    }
    int width = rank * rows.size();
    // An array, not a number: DJL would close it before the way back reads it.
    NDArray scale = manager.create((float) places.scale());
    NDList blocks = new NDList();
    int before = 0;
    for (int i = 0; i < parts.size(); i++) {
      long height = parts.get(i).shape()[0];
      if (own.get(i) == null) {
        blocks.add(manager.zeros(new Shape(height, width)));
        continue;
      }
      NDArray b = piece(pieces, parts.get(i).name() + LayerSlots.B);
      NDList across = new NDList();
      if (before > 0) {
        across.add(manager.zeros(new Shape(height, before)));
      }
      across.add(b.mul(scale));
      before += rank;
      if (before < width) {
        across.add(manager.zeros(new Shape(height, width - before)));
      }
      blocks.add(joined(across, 1));
    }
    byName.put(parameter.name() + LayerSlots.A, joined(rows, 0));
    byName.put(parameter.name() + LayerSlots.B, joined(blocks, 0));
  }

  private static NDArray joined(NDList parts, int axis) {
    return parts.size() == 1 ? parts.get(0) : NDArrays.concat(parts, axis);
  }
}
