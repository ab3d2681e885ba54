package dev.sluice.models;

import java.util.List;

/**
 * A sentence encoder at hand: texts that mean the same get vectors that lie near each other. Safe
 * for use by several threads at once; every call works in the caller's thread.
 */
public interface Embedder extends AutoCloseable {

  /** What the model is; its context is the number of tokens that it reads at once. */
  ModelInfo info();

  /**
   * The vector of each text, in order. It depends on its own text alone, to the bit: not on the
   * texts beside it. A text longer than the context is read piece by piece, and its vector is the
   * mean of theirs, weighted by tokens: what stands at its end counts as well.
   *
   * @throws ModelException if a text cannot be read by the tokenizer, or the model gives no number
   */
  List<Embedding> embed(List<String> texts);

  /** Releases the model. */
  @Override
  void close();
}
