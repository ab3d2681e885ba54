package dev.sluice.models.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import dev.sluice.models.ModelException;
import dev.sluice.models.ModelInfo;
import dev.sluice.models.directory.ModelConfig;
import dev.sluice.models.directory.ModelDirectory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * A model directory in memory: tokenizer, decoder and weights, shared by threads and never changed.
 * Closed by whoever loaded it.
 */
final class LoadedModel implements AutoCloseable {
  /** Most tokens, padding included, of one pass: bounds its memory. */
  private static final int MOST_TOKENS = 16_384;

  private final String revision;
  private final long parameters;
  private final ModelConfig config;
  private final TextTokenizer tokenizer;
  private final LlamaDecoder decoder;
  private final NDManager manager;
  private final NDList weights;

  /**
   * Loads a directory.
   *
   * @param revision its content hash
   * @throws ModelException naming the file and what is wrong with it
   */
  LoadedModel(Path folder, String revision) {
    this.revision = revision;
    ModelDirectory directory = ModelDirectory.read(folder);
    config = directory.config();
    ParameterLayout layout = new ParameterLayout(config);
    float[] flat =
        layout.gather(folder.resolve(ModelDirectory.WEIGHTS), ModelDirectory.weights(folder));
    parameters = layout.size();
    tokenizer = TextTokenizer.of(directory.tokenizer(), folder.toString());
    decoder = new LlamaDecoder(config);
    manager = NativeEngine.newManager();
    weights = Weights.views(config, layout, manager.create(flat));
  }

  /** What the model is, under the name that its user gives it. */
  ModelInfo info(String name) {
    return new ModelInfo(name, revision, config.maxPositions(), parameters);
  }

  ModelConfig config() {
    return config;
  }

  TextTokenizer tokenizer() {
    return tokenizer;
  }

  LlamaDecoder decoder() {
    return decoder;
  }

  NDList weights() {
    return weights;
  }

  /** Number of native arrays that the model holds: the same after every call. */
  int nativeArrays() {
    return manager.getManagedArrays().size();
  }

  /** Runs work on one thread without gradients, in a scope whose arrays end with it. */
  void inScope(java.util.function.Consumer<NDManager> work) {
    NativeEngine.threads(1);
    boolean gradientsBefore = JniUtils.isGradMode();
    JniUtils.setGradMode(false);
    try (NDManager scope = NativeEngine.newManager()) {
      work.accept(scope);
    } finally {
      JniUtils.setGradMode(gradientsBefore);
    }
  }

  /** What a pass over rows computes at marked places. */
  @FunctionalInterface
  interface Pass {
    /**
     * Computes one number for each place.
     *
     * @param tokens [rows, length]
     * @param places [n], flat
     * @param targets [n]
     * @return [n]
     */
    float[] run(NDArray tokens, NDArray places, NDArray targets);
  }

  /** A row of tokens with the places whose numbers are asked for. */
  @SuppressWarnings("ArrayRecordComponent")
  record Marked(int[] tokens, int[] places, int[] targets) {}

  /**
   * Runs a pass over all rows. Rows of one padded length go together, so that a row's numbers do
   * not depend on the others.
   *
   * @throws ModelException if a row does not fit the context
   */
  List<float[]> pass(List<Marked> rows, Pass pass) {
    float[][] results = new float[rows.size()][];
    TreeMap<Integer, List<Integer>> byLength = new TreeMap<>();
    for (int i = 0; i < results.length; i++) {
      int length = rows.get(i).tokens().length;
      if (length == 0 || length > config.maxPositions()) {
        throw new ModelException(
            "A row to score has "
                + length
                + " tokens; the model's context holds 1 to "
                + config.maxPositions()
                + ".");
      }
      byLength.computeIfAbsent(LlamaDecoder.blocks(length), k -> new ArrayList<>()).add(i);
    }
    byLength.forEach(
        (length, group) -> {
          int most = Math.max(1, MOST_TOKENS / length);
          for (int i = 0; i < group.size(); i += most) {
            pass(rows, group.subList(i, Math.min(group.size(), i + most)), length, pass, results);
          }
        });
    return List.of(results);
  }

  private void pass(
      List<Marked> rows, List<Integer> group, int length, Pass pass, float[][] results) {
    int count = group.stream().mapToInt(i -> rows.get(i).places().length).sum();
    long[] tokens = new long[group.size() * length];
    Arrays.fill(tokens, config.padToken());
    long[] places = new long[Math.max(LlamaDecoder.LEAST_ROWS, count)];
    long[] targets = new long[places.length];
    int next = 0;
    for (int r = 0; r < group.size(); r++) {
      Marked row = rows.get(group.get(r));
      for (int t = 0; t < row.tokens().length; t++) {
        tokens[r * length + t] = row.tokens()[t];
      }
      for (int p = 0; p < row.places().length; p++) {
        places[next] = (long) r * length + row.places()[p];
        targets[next++] = row.targets()[p];
      }
    }
    inScope(
        scope -> {
          float[] all =
              pass.run(
                  scope.create(tokens, new Shape(group.size(), length)),
                  scope.create(places),
                  scope.create(targets));
          int offset = 0;
          for (int i : group) {
            int end = offset + rows.get(i).places().length;
            results[i] = Arrays.copyOfRange(all, offset, end);
            offset = end;
          }
        });
  }

  @Override
  public void close() {
    tokenizer.close();
    manager.close();
    decoder.close();
  }
}
