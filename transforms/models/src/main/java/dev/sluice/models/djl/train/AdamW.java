package dev.sluice.models.djl.train;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.sluice.models.djl.engine.FlatArray;
import dev.sluice.models.djl.engine.NativeEngine;
import dev.sluice.models.training.Optimizer;

/**
 * AdamW (Loshchilov and Hutter, "Decoupled Weight Decay Regularization", 2019) on one flat array,
 * as {@code torch.optim.AdamW} computes it. Owns both moments.
 */
final class AdamW implements AutoCloseable {
  private final NDManager manager;
  private final Optimizer optimizer;
  private final int matrixSize;
  private final NDArray first;
  private final NDArray second;

  AdamW(Optimizer optimizer, int size, int matrixSize, Device device) {
    this.optimizer = optimizer;
    this.matrixSize = matrixSize;
    manager = NativeEngine.newManager(device);
    first = manager.zeros(new Shape(size));
    second = manager.zeros(new Shape(size));
  }

  /**
   * Clips the gradient to the greatest norm and takes a step.
   *
   * @param weights [size], changed in place; attached to the step's manager
   * @param gradient [size], changed in place; attached to the step's manager
   * @param step from 0
   * @return the gradient's norm before it was clipped
   */
  double step(NDArray weights, NDArray gradient, int step, double learningRate, NDManager scope) {
    first.tempAttach(scope);
    second.tempAttach(scope);
    double norm = Math.sqrt(gradient.square().sum().getFloat());
    if (optimizer.maxGradientNorm() > 0 && norm > optimizer.maxGradientNorm()) {
      // The small addend is PyTorch's (clip_grad_norm_).
      gradient.muli((float) (optimizer.maxGradientNorm() / (norm + 1e-6)));
    }
    if (optimizer.weightDecay() > 0) {
      NDArray matrices = weights.get("0:" + matrixSize);
      matrices.muli((float) (1 - learningRate * optimizer.weightDecay()));
    }
    double beta1 = optimizer.beta1();
    double beta2 = optimizer.beta2();
    first.muli((float) beta1).addi(gradient.mul((float) (1 - beta1)));
    second.muli((float) beta2).addi(gradient.square().muli((float) (1 - beta2)));
    double bias1 = 1 - Math.pow(beta1, step + 1.0);
    double bias2 = 1 - Math.pow(beta2, step + 1.0);
    NDArray root = second.sqrt().muli((float) (1 / Math.sqrt(bias2)));
    root.addi((float) optimizer.epsilon());
    weights.subi(first.div(root).muli((float) (learningRate / bias1)));
    return norm;
  }

  float[] firstMoment() {
    return FlatArray.read(first);
  }

  float[] secondMoment() {
    return FlatArray.read(second);
  }

  void restore(float[] newFirst, float[] newSecond) {
    FlatArray.write(first, newFirst);
    FlatArray.write(second, newSecond);
  }

  int nativeArrays() {
    return manager.getManagedArrays().size();
  }

  @Override
  public void close() {
    manager.close();
  }
}
