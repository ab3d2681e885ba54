package dev.sluice.models.djl.engine;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.sluice.models.Precision;
import dev.sluice.models.directory.ModelConfig;

/**
 * The forward pass of a decoder over weights that it does not own. Results belong to the manager of
 * the first argument. Several threads may use it at once.
 */
public final class LlamaDecoder implements AutoCloseable {
  /** Keys and values come in blocks of this many places: fewer, and sums change with the length. */
  public static final int BLOCK = 16;

  /** Places of the first rotary tables. */
  private static final int FIRST_PLACES = 1024;

  private final ModelConfig config;
  private final NDManager manager;
  private final DecoderScript script;
  private final Precision precision;
  private final int greatest;

  /** Tables grow with what is asked for: a context may hold far more than is ever used. */
  private NDArray rotary;

  /** A decoder whose weights have adapters beside the matrices. */
  public static LlamaDecoder adapted(ModelConfig config, Device device) {
    return new LlamaDecoder(config, Precision.FLOAT32, device, true);
  }

  /**
   * @param precision of weights and activations
   * @param device where it computes
   */
  public LlamaDecoder(ModelConfig config, Precision precision, Device device) {
    this(config, precision, device, false);
  }

  private LlamaDecoder(ModelConfig config, Precision precision, Device device, boolean adapted) {
    this.config = config;
    this.precision = precision;
    script = new DecoderScript(config, precision == Precision.BFLOAT16, adapted, device);
    manager = NativeEngine.newManager(device);
    greatest = blocks(config.maxPositions());
    rotary = table(Math.min(greatest, FIRST_PLACES));
  }

  private NDArray table(int positions) {
    long width = 2L * config.headDim() * config.traits().ropes().size();
    return manager.create(Rotary.table(config, positions), new Shape(positions, width));
  }

  /** Rotary tables of at least so many places; those that others may still read stay. */
  private synchronized NDArray rotary(long places) {
    long size = rotary.getShape().get(0);
    if (places > size) {
      rotary = table((int) Math.max(places, Math.min(greatest, 2 * size)));
    }
    return rotary;
  }

  public ModelConfig config() {
    return config;
  }

  /** Whether it computes on the CPU. */
  public boolean onCpu() {
    return !manager.getDevice().isGpu();
  }

  /** Rows of a product, filled up to whole groups; at least one. */
  public static int grouped(int group, int rows) {
    return Math.max(1, (rows + group - 1) / group) * group;
  }

  /** Prompts of a padded length, filled up so that their places are whole groups. */
  public static int prompts(int group, int prompts, int length) {
    int each = Math.max(1, group / length);
    return (prompts + each - 1) / each * each;
  }

  /** The next multiple of {@link #BLOCK}. */
  public static int blocks(int places) {
    return (places + BLOCK - 1) / BLOCK * BLOCK;
  }

  /**
   * Logits at flat places of causal rows; what stands right of a place does not enter.
   *
   * @param tokens [rows, length]
   * @param places [n]
   * @return [n, vocabulary or labels]
   */
  public NDArray logits(NDList weights, NDArray tokens, NDArray places) {
    return script.call("logits", weights, tokens, places, rotary(length(tokens)));
  }

  /**
   * Log-probabilities of targets at flat places of causal rows.
   *
   * @param tokens [rows, length]
   * @param places [n]
   * @param targets [n]
   * @param temperature divides the logits before the softmax; at 1 nothing is divided, bit for bit
   * @return [n]
   */
  public NDArray logprobs(
      NDList weights, NDArray tokens, NDArray places, NDArray targets, double temperature) {
    float[] divisor = temperature == 1 ? new float[0] : new float[] {(float) temperature};
    return script.call(
        "logprobs",
        weights,
        tokens,
        places,
        targets,
        tokens.getManager().create(divisor),
        rotary(length(tokens)));
  }

  /** A cache of zeros for {@code rows} rows of {@code places} places. */
  public NDArray newCache(NDManager owner, int rows, int places) {
    Shape shape =
        new Shape(config.layers(), 2, rows, config.keyValueHeads(), places, config.headDim());
    return precision == Precision.FLOAT32
        ? owner.zeros(shape)
        : brain(owner.zeros(shape, DataType.FLOAT16));
  }

  /** An array for weights. */
  NDArray newWeight(NDManager owner, long[] shape) {
    return precision == Precision.FLOAT32
        ? owner.create(new Shape(shape), DataType.FLOAT32)
        : brain(owner.zeros(new Shape(shape), DataType.FLOAT16));
  }

  /** DJL cannot make arrays of bfloat16: such an array begins as another. */
  private NDArray brain(NDArray other) {
    try (other) {
      return script.call("brain", null, other);
    }
  }

  /**
   * A matrix as the processor multiplies by it fastest; it belongs to the manager of the other,
   * which stays as it is.
   *
   * @throws RuntimeException of the engine, if it cannot do so for this processor
   */
  public NDArray packed(NDArray matrix) {
    NDArray packed = script.call("pack", null, matrix);
    try (NDManager scope = manager.newSubManager()) {
      NDArray row = newWeight(scope, new long[] {1, matrix.getShape().get(1)});
      product(row, packed).close();
    } catch (RuntimeException e) {
      packed.close();
      throw e;
    }
    return packed;
  }

  /** The product of rows [n, in] with a matrix [out, in], packed or plain. */
  public NDArray product(NDArray rows, NDArray matrix) {
    return script.call("tried", null, rows, matrix);
  }

  public Precision precision() {
    return precision;
  }

  public Device device() {
    return manager.getDevice();
  }

  /** Writes a piece [n] into the elements of an array, from a place on. */
  void put(NDArray target, NDArray piece, long place, NDManager scope) {
    NDArray at = scope.create(new long[] {place});
    script.call("put", null, target, piece, at).close();
  }

  /** Bytes of the cache for one place of a row. */
  public long cacheBytes() {
    return 2L
        * config.layers()
        * config.keyValueHeads()
        * config.headDim()
        * (precision == Precision.FLOAT32 ? 4 : 2);
  }

  private static long length(NDArray tokens) {
    return tokens.getShape().get(1);
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
  public NDArray prefill(
      NDList weights,
      NDArray tokens,
      NDArray places,
      NDArray sources,
      NDArray rows,
      NDArray cache) {
    return script.call(
        "prefill", weights, tokens, places, sources, rows, cache, rotary(length(tokens)));
  }

  /**
   * Takes one token in each of the first rows of the cache.
   *
   * @param tokens [rows]
   * @param positions [rows]
   * @param rows [rows]: 0, 1, 2, ...
   * @param mask [rows, 1, 1, places], added to the scores
   * @param narrowMask the same for layers with a window
   * @return logits [rows, vocabulary]
   */
  public NDArray step(
      NDList weights,
      NDArray tokens,
      NDArray positions,
      NDArray rows,
      NDArray mask,
      NDArray narrowMask,
      NDArray cache) {
    NDArray tables = rotary(mask.getShape().get(3));
    return script.call("step", weights, tokens, positions, rows, mask, narrowMask, cache, tables);
  }

  /** Copies rows of the cache onto others. */
  public void move(NDArray sources, NDArray rows, NDArray cache) {
    script.call("move", null, cache, sources, rows).close();
  }

  @Override
  public void close() {
    script.close();
    manager.close();
  }
}
