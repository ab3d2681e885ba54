package dev.sluice.models;

import java.util.List;

/** A model with a two-class head on every token (a discriminative process reward model). */
public interface StepClassifier extends AutoCloseable {

  /** What the model is. */
  ModelInfo info();

  /**
   * Probability of label 1 (correct) at given places.
   *
   * @param tokens the tokens of each sequence
   * @param positions for each sequence the indices of the tokens to judge
   * @return for each sequence one probability per position
   */
  List<float[]> classify(List<int[]> tokens, List<int[]> positions);

  /** The tokens of a text, without special tokens. */
  int[] encode(String text);

  /** Releases the model. */
  @Override
  void close();
}
