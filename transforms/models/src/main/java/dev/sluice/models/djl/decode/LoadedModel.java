package dev.sluice.models.djl.decode;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import dev.sluice.models.ModelException;
import dev.sluice.models.ModelInfo;
import dev.sluice.models.Precision;
import dev.sluice.models.chat.ChatFiles;
import dev.sluice.models.directory.ModelConfig;
import dev.sluice.models.directory.ModelDirectory;
import dev.sluice.models.directory.WeightFiles;
import dev.sluice.models.djl.engine.LlamaDecoder;
import dev.sluice.models.djl.engine.NativeEngine;
import dev.sluice.models.djl.engine.ParameterLayout;
import dev.sluice.models.djl.engine.WeightLoader;
import dev.sluice.models.djl.tokens.TextTokenizer;
import dev.sluice.models.djl.tokens.TokenizerJson;
import dev.sluice.models.djl.tokens.Vocabulary;
import dev.sluice.models.numerics.Invariance;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model directory in memory: tokenizer, decoder and weights, shared by threads and never changed.
 * Closed by whoever loaded it.
 */
public final class LoadedModel implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LoadedModel.class);

  /** Most tokens, padding included, of one pass: bounds its memory. */
  private static final int MAX_TOKENS = 16_384;

  private final String revision;
  private final long parameters;
  private final ModelConfig config;
  private final byte[] tokenizerFile;
  private final String source;
  private final LlamaDecoder decoder;
  private final Device device;
  private final NDManager manager;
  private final NDList weights;
  private final int packed;
  private final Invariance invariance;
  private @Nullable TextTokenizer tokenizer;

  /**
   * Loads a directory.
   *
   * @param revision its content hash
   * @param device where it computes
   * @throws ModelException naming the file and what is wrong with it
   */
  public LoadedModel(Path folder, String revision, Precision precision, Device device) {
    this.device = device;
    this.revision = revision;
    source = folder.toString();
    ModelDirectory directory = ModelDirectory.read(folder);
    ModelDirectory.look(folder).forEach(LOG::warn);
    config = directory.config();
    tokenizerFile = directory.tokenizer();
    ParameterLayout layout = new ParameterLayout(config);
    parameters = layout.parameterCount();
    WeightFiles files = WeightFiles.of(folder);
    layout.check(files);
    decoder = new LlamaDecoder(config, precision, device);
    manager = NativeEngine.newManager(device);
    try {
      weights = WeightLoader.load(files, layout, decoder, manager);
      packed = Packing.pack(weights, decoder);
      invariance = ModelNumerics.check(this);
    } catch (RuntimeException e) {
      manager.close();
      decoder.close();
      throw e;
    }
  }

  /** What the model is, under the name that its user gives it. */
  public ModelInfo info(String name) {
    return new ModelInfo(name, revision, config.maxPositions(), parameters);
  }

  public ModelConfig config() {
    return config;
  }

  /** Whether the directory has a tokenizer. */
  public boolean hasTokenizer() {
    return tokenizerFile.length > 0;
  }

  /**
   * The tokenizer, made at its first use: whoever works with token ids needs none.
   *
   * @throws ModelException if the directory has none, or one with more tokens than the embedding
   */
  public synchronized TextTokenizer tokenizer() {
    if (tokenizer == null) {
      Path file = Path.of(source).resolve(ModelDirectory.TOKENIZER);
      if (tokenizerFile.length == 0) {
        throw new ModelException(
            file + " does not exist; text cannot become tokens without it. Add it.");
      }
      int size = Vocabulary.ownSize(tokenizerFile, file.toString());
      if (size > config.vocabularySize()) {
        throw new ModelException(
            file
                + " has tokens up to "
                + (size - 1)
                + ", but the embedding has "
                + config.vocabularySize()
                + " rows (vocab_size). Take the tokenizer that belongs to the model.");
      }
      byte[] completed = TokenizerJson.completed(tokenizerFile, ChatFiles.read(Path.of(source)));
      tokenizer = TextTokenizer.of(completed, source);
    }
    return tokenizer;
  }

  /**
   * Checks token ids before they reach native code.
   *
   * @throws ModelException if one has no row in the embedding
   */
  public void check(int[] tokens) {
    for (int token : tokens) {
      if (token < 0 || token >= config.vocabularySize()) {
        throw new ModelException(
            "The token "
                + token
                + " has no row in the embedding of "
                + source
                + ", which has "
                + config.vocabularySize()
                + " (vocab_size). Take tokens from 0 to "
                + (config.vocabularySize() - 1)
                + ".");
      }
    }
  }

  public LlamaDecoder decoder() {
    return decoder;
  }

  public NDList weights() {
    return weights;
  }

  /** Number of matrices that lie in the layout that is fastest to multiply by. */
  public int packed() {
    return packed;
  }

  /** Rows of products come in groups of so many, so that a row does not depend on the others. */
  public int rowGroup() {
    return invariance.rowGroup();
  }

  /** The directory that it was loaded from. */
  String source() {
    return source;
  }

  /** Number of native arrays that the model holds: the same after every call. */
  int nativeArrays() {
    return manager.getManagedArrays().size();
  }

  /** Runs work on one thread without gradients, in a scope whose arrays end with it. */
  public void inScope(Consumer<NDManager> work) {
    boolean unused =
        inScope(
            device,
            scope -> {
              work.accept(scope);
              return true;
            });
  }

  /** The same for work that gives a result and needs no model. */
  public static <T> T inScope(Device device, Function<NDManager, T> work) {
    NativeEngine.threads(1);
    boolean gradientsBefore = JniUtils.isGradMode();
    JniUtils.setGradMode(false);
    try (NDManager scope = NativeEngine.newManager(device)) {
      return work.apply(scope);
    } finally {
      JniUtils.setGradMode(gradientsBefore);
    }
  }

  /** What a pass over rows computes at marked places. */
  @FunctionalInterface
  public interface Pass {
    /**
     * Computes as many numbers for each place as for any other.
     *
     * @param tokens [rows, length]
     * @param places [n], flat
     * @param targets [n]
     * @return [n] or [n, k], row by row
     */
    float[] run(NDArray tokens, NDArray places, NDArray targets);
  }

  /** A row of tokens with the places whose numbers are asked for. */
  @SuppressWarnings("ArrayRecordComponent")
  public record Marked(int[] tokens, int[] places, int[] targets) {}

  /**
   * Runs a pass over all rows. Rows of one padded length go together, so that a row's numbers do
   * not depend on the others.
   *
   * @throws ModelException if a row does not fit the context
   */
  public List<float[]> pass(List<Marked> rows, Pass pass) {
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
      check(rows.get(i).tokens());
      check(rows.get(i).targets());
      byLength.computeIfAbsent(LlamaDecoder.blocks(length), k -> new ArrayList<>()).add(i);
    }
    byLength.forEach(
        (length, group) -> {
          int most = Math.max(1, MAX_TOKENS / length);
          for (int i = 0; i < group.size(); i += most) {
            pass(rows, group.subList(i, Math.min(group.size(), i + most)), length, pass, results);
          }
        });
    return List.of(results);
  }

  private void pass(
      List<Marked> rows, List<Integer> group, int length, Pass pass, float[][] results) {
    int count = group.stream().mapToInt(i -> rows.get(i).places().length).sum();
    int filled = LlamaDecoder.prompts(rowGroup(), group.size(), length);
    long[] tokens = new long[filled * length];
    Arrays.fill(tokens, config.fillToken());
    long[] places = new long[LlamaDecoder.grouped(rowGroup(), count)];
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
                  scope.create(tokens, new Shape(filled, length)),
                  scope.create(places),
                  scope.create(targets));
          // Places that only fill up to the least number of rows stand at the end.
          int each = all.length / places.length;
          int offset = 0;
          for (int i : group) {
            int end = offset + each * rows.get(i).places().length;
            results[i] = Arrays.copyOfRange(all, offset, end);
            offset = end;
          }
        });
  }

  @Override
  public synchronized void close() {
    if (tokenizer != null) {
      tokenizer.close();
    }
    manager.close();
    decoder.close();
  }
}
