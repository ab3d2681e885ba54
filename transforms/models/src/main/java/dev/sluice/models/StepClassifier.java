package dev.sluice.models;

import java.util.List;

/**
 * A model that says of marked tokens whether the step that ends there is right. Safe for use by
 * several threads at once; every call works in the caller's thread, with one intra-op thread.
 */
public interface StepClassifier extends TextEncoder, AutoCloseable {

  /** What the model is. */
  ModelInfo info();

  /**
   * The probability of label 1 at each asked position. A row's values depend on its own tokens up
   * to the position alone, to the bit.
   *
   * @param tokens of each row; at least one, at most the context
   * @param positions of each row, from 0, each below the row's number of tokens
   * @return for each row one value per position
   * @throws ModelException if a row does not fit the context
   */
  List<float[]> scoreSteps(List<int[]> tokens, List<int[]> positions);

  /** Releases the model. */
  @Override
  void close();
}
