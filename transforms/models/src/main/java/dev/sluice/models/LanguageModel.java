package dev.sluice.models;

import java.util.List;

/**
 * A language model at hand. Safe for use by several threads at once; every call works in the
 * caller's thread, with one intra-op thread.
 */
public interface LanguageModel extends TextEncoder, AutoCloseable {

  /** What the model is. */
  ModelInfo info();

  /** What a person should know of the model, as far as its replies have shown; empty if nothing. */
  default List<String> warnings() {
    return List.of();
  }

  /**
   * Completes every request; the result has one generation for each request, in order. A sample
   * depends on its own request and seed alone, to the bit: not on its neighbours in the batch, nor
   * on how the call was divided.
   *
   * @throws ModelException if the model cannot work at all; a request that alone cannot be served
   *     comes back as a generation with an error
   */
  List<Generation> generate(List<GenerationRequest> requests);

  /** Hears how far a call is. Called by any thread; it must be quick. */
  @FunctionalInterface
  interface Listener {
    /**
     * A completion grew.
     *
     * @param tokens new ones of the completion
     * @param finished whether it is whole now
     */
    void grew(int tokens, boolean finished);
  }

  /** As the other, and tells how far it is; a model that cannot tell says nothing. */
  default List<Generation> generate(List<GenerationRequest> requests, Listener listener) {
    return generate(requests);
  }

  /**
   * Log-probabilities (nats) of given completions: for each request an array with one value per
   * completion token, log p(token | prompt and tokens before) at the request's temperature.
   */
  List<float[]> score(List<ScoreRequest> requests);

  /**
   * How certain the model is at each token of given completions, at the request's temperature: one
   * value of each figure per completion token.
   *
   * @throws ModelException if the model tells nothing of its whole distribution, as a server does
   */
  default List<TokenCertainty> certainty(List<ScoreRequest> requests) {
    throw new ModelException(
        "Model '%s' tells nothing of the distribution over its whole vocabulary, which the certainty of given texts needs; name a model of the provider 'djl'."
            .formatted(info().name()));
  }

  /** The text of tokens, special tokens left out. */
  String decode(int[] tokens);

  /** Releases the model. */
  @Override
  void close();
}
