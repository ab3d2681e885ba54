package dev.sluice.models.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.sluice.models.directory.ModelConfig;

/**
 * The forward pass of a Llama decoder over weights that it does not own. Results belong to the
 * manager of the first argument. Several threads may use it at once.
 */
final class LlamaDecoder implements AutoCloseable {
  /** Keys and values come in blocks of this many places: fewer, and sums change with the length. */
  static final int BLOCK = 16;

  /** With fewer rows a matrix product takes another path, and its bits change. */
  static final int LEAST_ROWS = 4;

  private final ModelConfig config;
  private final NDManager manager;
  private final DecoderScript script;
  private final NDArray rotary;

  LlamaDecoder(ModelConfig config) {
    this.config = config;
    script = new DecoderScript(config);
    manager = NativeEngine.newManager();
    int positions = blocks(config.maxPositions());
    rotary =
        manager.create(
            Rotary.table(config, positions), new Shape(positions, 2L * config.headDim()));
  }

  ModelConfig config() {
    return config;
  }

  /** The next multiple of {@link #BLOCK}. */
  static int blocks(int places) {
    return (places + BLOCK - 1) / BLOCK * BLOCK;
  }

  /**
   * Logits at flat places of causal rows; what stands right of a place does not enter.
   *
   * @param tokens [rows, length]
   * @param places [n]
   * @return [n, vocabulary or labels]
   */
  NDArray logits(NDList weights, NDArray tokens, NDArray places) {
    return script.call("logits", weights, tokens, places, rotary);
  }

  /**
   * Log-probabilities of targets at flat places of causal rows.
   *
   * @param tokens [rows, length]
   * @param places [n]
   * @param targets [n]
   * @return [n]
   */
  NDArray logprobs(NDList weights, NDArray tokens, NDArray places, NDArray targets) {
    return script.call("logprobs", weights, tokens, places, targets, rotary);
  }

  /** A cache of zeros for {@code rows} rows of {@code places} places. */
  NDArray newCache(NDManager owner, int rows, int places) {
    return owner.zeros(
        new Shape(config.layers(), 2, rows, config.keyValueHeads(), places, config.headDim()));
  }

  /**
   * Works through prompts and fills rows of the cache.
   *
   * @param tokens [prompts, length]
   * @param places [n], flat
   * @param sources [m], the prompt of each row
   * @param rows [m], rows of the cache
   * @return logits [n, vocabulary]
   */
  NDArray prefill(
      NDList weights,
      NDArray tokens,
      NDArray places,
      NDArray sources,
      NDArray rows,
      NDArray cache) {
    return script.call("prefill", weights, tokens, places, sources, rows, cache, rotary);
  }

  /**
   * Takes one token in each of the first rows of the cache.
   *
   * @param tokens [rows]
   * @param positions [rows]
   * @param rows [rows]: 0, 1, 2, ...
   * @param mask [rows, 1, 1, places], added to the scores
   * @return logits [rows, vocabulary]
   */
  NDArray step(
      NDList weights,
      NDArray tokens,
      NDArray positions,
      NDArray rows,
      NDArray mask,
      NDArray cache) {
    return script.call("step", weights, tokens, positions, rows, mask, cache, rotary);
  }

  /** Copies rows of the cache onto others. */
  void move(NDArray sources, NDArray rows, NDArray cache) {
    script.call("move", null, cache, sources, rows).close();
  }

  @Override
  public void close() {
    script.close();
    manager.close();
  }
}
