package dev.sluice.models.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Adapters in training. The weights that the workers read hold W + scale * B A; with the gradient G
 * of such a sum, that of B is scale * G A^T, and that of A is scale * B^T G. So a step costs one
 * product for each adapter, and the result does not depend on the number of threads. Owns what is
 * trained and the matrices as they were.
 */
final class LoraWeights implements AutoCloseable {
  private final LoraLayout layout;
  private final NDManager manager;
  private final NDArray trained;
  private final List<NDArray> frozen = new ArrayList<>();

  /**
   * Adapters over weights.
   *
   * @param weights flat, as the model has them before anything is trained
   * @param start flat, what training begins with; what it adds must be zero
   */
  LoraWeights(LoraLayout layout, NDArray weights, float[] start) {
    this.layout = layout;
    manager = NativeEngine.newManager();
    trained = manager.create(start);
    try (NDManager scope = manager.newSubManager()) {
      weights.tempAttach(scope);
      for (LoraLayout.Pair pair : layout.pairs()) {
        NDArray copy = matrix(weights, pair.place(), pair.rows(), pair.columns()).duplicate();
        copy.attach(manager);
        frozen.add(copy);
      }
    }
  }

  private static NDArray matrix(NDArray flat, int place, int rows, int columns) {
    return flat.get(range(place, rows * columns)).reshape(new Shape(rows, columns));
  }

  private static NDIndex range(int place, int size) {
    return new NDIndex(place + ":" + (place + size));
  }

  private NDArray a(NDArray flat, LoraLayout.Pair pair) {
    return matrix(flat, pair.a(), layout.rank(), pair.columns());
  }

  private NDArray b(NDArray flat, LoraLayout.Pair pair) {
    return matrix(flat, pair.b(), pair.rows(), layout.rank());
  }

  /**
   * A step of the optimiser on what is trained.
   *
   * @param weights flat, changed in place; attached to the step's manager
   * @param gradient of the weights, flat; attached to the step's manager
   * @return the norm of the gradient of what is trained, before it was clipped
   */
  double step(
      AdamW adamW,
      NDArray weights,
      NDArray gradient,
      int step,
      double learningRate,
      NDManager scope) {
    trained.tempAttach(scope);
    double norm = adamW.step(trained, gradient(gradient), step, learningRate, scope);
    merge(weights, scope);
    return norm;
  }

  private NDArray gradient(NDArray full) {
    float scale = (float) layout.scale();
    NDList parts = new NDList();
    for (LoraLayout.Pair pair : layout.pairs()) {
      NDArray sum = matrix(full, pair.place(), pair.rows(), pair.columns());
      parts.add(b(trained, pair).transpose().matMul(sum).muli(scale).flatten());
      parts.add(sum.matMul(a(trained, pair).transpose()).muli(scale).flatten());
    }
    for (LoraLayout.Whole whole : layout.wholes()) {
      parts.add(full.get(range(whole.place(), whole.size())));
    }
    return NDArrays.concat(parts);
  }

  /** Writes what is trained into the weights. */
  private void merge(NDArray weights, NDManager scope) {
    float scale = (float) layout.scale();
    for (int i = 0; i < frozen.size(); i++) {
      LoraLayout.Pair pair = layout.pairs().get(i);
      NDArray before = frozen.get(i);
      before.tempAttach(scope);
      NDArray product = b(trained, pair).matMul(a(trained, pair)).muli(scale);
      weights.set(
          range(pair.place(), pair.rows() * pair.columns()), product.addi(before).flatten());
    }
    for (LoraLayout.Whole whole : layout.wholes()) {
      weights.set(
          range(whole.place(), whole.size()), trained.get(range(whole.own(), whole.size())));
    }
  }

  float[] toFloatArray() {
    return trained.toFloatArray();
  }

  /** Goes on from numbers that were trained before. */
  void restore(float[] numbers, NDArray weights) {
    try (NDManager scope = manager.newSubManager()) {
      trained.set(new NDIndex(":"), scope.create(numbers));
      trained.tempAttach(scope);
      weights.tempAttach(scope);
      merge(weights, scope);
    }
  }

  int nativeArrays() {
    return manager.getManagedArrays().size();
  }

  @Override
  public void close() {
    manager.close();
  }
}
