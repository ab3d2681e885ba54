package dev.sluice.models.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import dev.sluice.models.Completion;
import dev.sluice.models.Generation;
import dev.sluice.models.GenerationRequest;
import dev.sluice.models.LanguageModel;
import dev.sluice.models.ModelException;
import dev.sluice.models.ModelInfo;
import dev.sluice.models.ScoreRequest;
import dev.sluice.models.directory.ModelConfig;
import dev.sluice.models.directory.ModelDirectory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A model directory, loaded. Its weights are shared by all threads and never change; every call
 * owns what it computes.
 */
public final class DjlLanguageModel implements LanguageModel {
  /** Rows that are decoded at once. Speed and memory depend on it, results do not. */
  public static final int DECODE_BATCH = 256;

  /** Most tokens, padding included, of one pass of scoring: bounds its memory. */
  private static final int SCORE_TOKENS = 16_384;

  private final ModelInfo info;
  private final ModelConfig config;
  private final TextTokenizer tokenizer;
  private final LlamaDecoder decoder;
  private final NDManager manager;
  private final NDList weights;
  private final int decodeBatch;

  private DjlLanguageModel(
      ModelInfo info,
      ModelDirectory directory,
      ParameterLayout layout,
      float[] flat,
      int decodeBatch) {
    this.info = info;
    this.config = directory.config();
    this.decodeBatch = decodeBatch;
    tokenizer = TextTokenizer.of(directory.tokenizer(), info.name());
    decoder = new LlamaDecoder(config);
    manager = NativeEngine.newManager();
    weights = Weights.views(config, layout, manager.create(flat));
  }

  /**
   * Loads a directory.
   *
   * @param name in messages
   * @param decodeBatch rows that are decoded at once
   * @throws ModelException naming the file and what is wrong with it
   */
  public static DjlLanguageModel load(String name, Path folder, int decodeBatch) {
    ModelDirectory directory = ModelDirectory.read(folder);
    ParameterLayout layout = new ParameterLayout(directory.config());
    float[] flat =
        layout.gather(folder.resolve(ModelDirectory.WEIGHTS), ModelDirectory.weights(folder));
    ModelInfo info =
        new ModelInfo(
            name,
            ModelDirectory.revision(folder),
            directory.config().maxPositions(),
            layout.size());
    return new DjlLanguageModel(info, directory, layout, flat, decodeBatch);
  }

  @Override
  public ModelInfo info() {
    return info;
  }

  @Override
  public List<Generation> generate(List<GenerationRequest> requests) {
    List<Sample> samples = new ArrayList<>();
    @Nullable String[] errors = new String[requests.size()];
    int[] promptTokens = new int[requests.size()];
    for (int i = 0; i < errors.length; i++) {
      GenerationRequest request = requests.get(i);
      try {
        int[] prompt = encode(request.prompt());
        promptTokens[i] = prompt.length;
        errors[i] = lengthError(prompt.length);
        int limit = Math.min(request.sampling().maxTokens(), config.maxPositions() - prompt.length);
        for (int s = 0; errors[i] == null && s < request.seeds().size(); s++) {
          samples.add(
              new Sample(
                  i, s, prompt, limit, request.sampling(), request.seeds().get(s), tokenizer));
        }
      } catch (ModelException e) {
        errors[i] = e.getMessage();
      }
    }
    decode(samples);
    List<List<Completion>> completions = new ArrayList<>();
    requests.forEach(request -> completions.add(new ArrayList<>()));
    samples.forEach(sample -> completions.get(sample.request).add(sample.completion()));
    List<Generation> generations = new ArrayList<>();
    for (int i = 0; i < errors.length; i++) {
      generations.add(new Generation(completions.get(i), promptTokens[i], errors[i]));
    }
    return generations;
  }

  private @Nullable String lengthError(int length) {
    if (length == 0) {
      return "The prompt has no tokens; a completion needs at least one to continue.";
    }
    if (length >= config.maxPositions()) {
      return "The prompt has "
          + length
          + " tokens, but the context of "
          + info.name()
          + " holds "
          + config.maxPositions()
          + " tokens of prompt and completion together. Shorten the prompt.";
    }
    return null;
  }

  private void decode(List<Sample> samples) {
    if (samples.isEmpty()) {
      return;
    }
    int places =
        samples.stream().mapToInt(Sample::greatestLength).map(LlamaDecoder::blocks).max().orElse(0);
    List<Sample> sorted =
        samples.stream().sorted(Comparator.comparingInt(s -> s.prompt.length)).toList();
    boolean gradientsBefore = prepareThread();
    try (NDManager scope = NativeEngine.newManager()) {
      int rows = Math.min(decodeBatch, samples.size());
      new DecodingBatch(decoder, weights, scope, rows, places).run(sorted);
    } finally {
      JniUtils.setGradMode(gradientsBefore);
    }
  }

  /** One thread, no gradients; returns whether there were gradients before. */
  private static boolean prepareThread() {
    NativeEngine.threads(1);
    boolean before = JniUtils.isGradMode();
    JniUtils.setGradMode(false);
    return before;
  }

  @Override
  public List<float[]> score(List<ScoreRequest> requests) {
    float[][] scores = new float[requests.size()][];
    TreeMap<Integer, List<Integer>> byLength = new TreeMap<>();
    for (int i = 0; i < scores.length; i++) {
      ScoreRequest request = requests.get(i);
      int length = request.prompt().length + request.completion().length;
      if (request.prompt().length == 0 || length > config.maxPositions()) {
        throw new ModelException(
            "Prompt and completion to score have "
                + request.prompt().length
                + " and "
                + request.completion().length
                + " tokens; the prompt needs at least 1, and the context of "
                + info.name()
                + " holds "
                + config.maxPositions()
                + " together.");
      }
      byLength.computeIfAbsent(LlamaDecoder.blocks(length), k -> new ArrayList<>()).add(i);
    }
    boolean gradientsBefore = prepareThread();
    try {
      byLength.forEach(
          (length, group) -> {
            int rows = Math.max(1, SCORE_TOKENS / length);
            for (int i = 0; i < group.size(); i += rows) {
              score(requests, group.subList(i, Math.min(group.size(), i + rows)), length, scores);
            }
          });
    } finally {
      JniUtils.setGradMode(gradientsBefore);
    }
    return List.of(scores);
  }

  private void score(
      List<ScoreRequest> requests, List<Integer> group, int length, float[][] scores) {
    int count = group.stream().mapToInt(i -> requests.get(i).completion().length).sum();
    long[] tokens = new long[group.size() * length];
    Arrays.fill(tokens, config.padToken());
    long[] places = new long[Math.max(LlamaDecoder.LEAST_ROWS, count)];
    long[] targets = new long[places.length];
    int next = 0;
    for (int row = 0; row < group.size(); row++) {
      ScoreRequest request = requests.get(group.get(row));
      int start = row * length;
      for (int token : request.prompt()) {
        tokens[start++] = token;
      }
      for (int token : request.completion()) {
        places[next] = start - 1L;
        targets[next++] = token;
        tokens[start++] = token;
      }
    }
    try (NDManager scope = NativeEngine.newManager()) {
      NDArray array = scope.create(tokens, new Shape(group.size(), length));
      float[] all =
          decoder
              .logprobs(weights, array, scope.create(places), scope.create(targets))
              .toFloatArray();
      int offset = 0;
      for (int i : group) {
        int end = offset + requests.get(i).completion().length;
        scores[i] = Arrays.copyOfRange(all, offset, end);
        offset = end;
      }
    }
  }

  @Override
  public int[] encode(String text) {
    return tokenizer.encode(text);
  }

  @Override
  public String decode(int[] tokens) {
    return tokenizer.decode(tokens, tokens.length);
  }

  @Override
  public void close() {
    tokenizer.close();
    manager.close();
    decoder.close();
  }
}
