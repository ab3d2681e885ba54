package dev.sluice.models.directory;

import java.io.Serializable;
import java.util.Collections;
import java.util.List;

/**
 * What tells a decoder from a plain Llama.
 *
 * @param family the rest follows from it
 * @param activation of the feed-forward layer
 * @param attentionBias query, key and value have biases
 * @param outputBias the attention's output has a bias
 * @param feedForwardBias the feed-forward layer has biases
 * @param queryScalar scores are divided by its root
 * @param logitCap bound of the logits, by a hyperbolic tangent; 0: none
 * @param layers windows and rotary positions by layer
 */
public record Traits(
    Family family,
    Activation activation,
    boolean attentionBias,
    boolean outputBias,
    boolean feedForwardBias,
    double queryScalar,
    double logitCap,
    List<Layer> layers)
    implements Serializable {

  /**
   * One layer's attention.
   *
   * @param window a token sees so many tokens, itself included; 0: all before it
   * @param rope rotary positions
   */
  public record Layer(int window, Rope rope) implements Serializable {}

  public Traits {
    layers = List.copyOf(layers);
  }

  /** A plain Llama. */
  static Traits llama(int layers, int headDim, double ropeTheta) {
    return new Traits(
        Family.LLAMA,
        Activation.SILU,
        false,
        false,
        false,
        headDim,
        0,
        Collections.nCopies(Math.max(0, layers), new Layer(0, Rope.plain(ropeTheta))));
  }

  Traits firstLayer() {
    return new Traits(
        family,
        activation,
        attentionBias,
        outputBias,
        feedForwardBias,
        queryScalar,
        logitCap,
        layers.subList(0, 1));
  }

  /** The window of the layers that have one; 0 if none has. */
  public int window() {
    return layers.stream().mapToInt(Layer::window).max().orElse(0);
  }

  /** The different rotary positions, in the order of their first layers. */
  public List<Rope> ropes() {
    return layers.stream().map(Layer::rope).distinct().toList();
  }
}
