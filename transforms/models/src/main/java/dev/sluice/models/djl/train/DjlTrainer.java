package dev.sluice.models.djl.train;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import dev.sluice.models.ModelException;
import dev.sluice.models.Precision;
import dev.sluice.models.chat.ChatFiles;
import dev.sluice.models.chat.TextSide;
import dev.sluice.models.directory.AdapterWriter;
import dev.sluice.models.directory.Head;
import dev.sluice.models.directory.ModelConfig;
import dev.sluice.models.directory.ModelDirectory;
import dev.sluice.models.directory.Safetensors;
import dev.sluice.models.directory.Tensor;
import dev.sluice.models.directory.WeightFiles;
import dev.sluice.models.djl.engine.Devices;
import dev.sluice.models.djl.engine.FlatArray;
import dev.sluice.models.djl.engine.LlamaDecoder;
import dev.sluice.models.djl.engine.NativeEngine;
import dev.sluice.models.djl.engine.ParameterLayout;
import dev.sluice.models.djl.engine.Weights;
import dev.sluice.models.djl.lora.LoraLayout;
import dev.sluice.models.djl.lora.LoraViews;
import dev.sluice.models.djl.tokens.TextTokenizer;
import dev.sluice.models.djl.tokens.TokenizerJson;
import dev.sluice.models.training.Lora;
import dev.sluice.models.training.Loss;
import dev.sluice.models.training.Optimizer;
import dev.sluice.models.training.Trainer;
import dev.sluice.models.training.TrainingSequence;
import dev.sluice.records.Hashes;
import dev.sluice.records.RegularFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Training of a decoder on the CPU: of all weights, or of adapters with the others frozen. The
 * batch's order and the most tokens of a micro-batch are part of the result; the number of threads
 * is not.
 */
public final class DjlTrainer implements Trainer {
  private static final Logger LOG = LoggerFactory.getLogger(DjlTrainer.class);

  /** Micro-batches that are worked on at once: speed and memory, not results. */
  private static final int THREADS = Math.min(8, Runtime.getRuntime().availableProcessors());

  /** Deviation of a new classification head, as {@code transformers} draws it. */
  private static final double HEAD_DEVIATION = 0.02;

  /** Folder in a saved model with the adapters alone, as PEFT reads them. */
  private static final String ADAPTER = "adapter";

  private static final String CHECKPOINT = "trainer.safetensors";

  /** A flat array of a checkpoint is one tensor, which takes at most 2^31 bytes. */
  private static final long MAX_WEIGHTS = 1L << 29;

  private final ModelDirectory directory;
  private final ParameterLayout layout;
  private final Optimizer optimizer;
  private final int plannedSteps;
  private final int microBatchTokens;
  private final LlamaDecoder decoder;
  private final NDManager manager;

  /** All weights; with adapters, as they were before these. */
  private final NDArray weights;

  /** What is trained: the weights, or the adapters. */
  private final NDArray trained;

  private final NDArray gradient;
  private final GradientWorkers workers;
  private final AdamW adamW;
  private final @Nullable Adapters adapters;

  /** The directory that the model began as; null for random weights. */
  private final @Nullable Path base;

  private final TextTokenizer tokenizer;
  private int steps;

  /** What is trained in place of all weights. */
  private record Adapters(Lora lora, LoraLayout layout) {}

  private DjlTrainer(
      ModelDirectory directory,
      float[] start,
      Optimizer optimizer,
      int plannedSteps,
      int microBatchTokens,
      @Nullable Path base,
      @Nullable Lora lora,
      long loraSeed) {
    this.directory = directory;
    this.optimizer = optimizer;
    this.plannedSteps = plannedSteps;
    this.microBatchTokens = microBatchTokens;
    ModelConfig config = directory.config();
    layout = new ParameterLayout(config);
    if (lora == null) {
      checkWhole(layout.parameterCount());
    }
    this.base = base;
    tokenizer = TextTokenizer.of(tokenizer(directory, base), "The model in training");
    Device device = Devices.forTraining();
    manager = NativeEngine.newManager(device);
    weights = FlatArray.create(manager, start);
    Function<NDArray, NDList> views;
    if (base == null || lora == null) {
      adapters = null;
      decoder = new LlamaDecoder(config, Precision.FLOAT32, device);
      trained = weights;
      views = leaf -> Weights.views(config, layout, leaf);
      adamW = new AdamW(optimizer, layout.size(), layout.matrixSize(), device);
    } else {
      LoraLayout places = new LoraLayout(lora, layout);
      adapters = new Adapters(lora, places);
      decoder = LlamaDecoder.adapted(config, device);
      trained = FlatArray.create(manager, places.start(start, loraSeed));
      views = new LoraViews(config, layout, places, weights)::of;
      adamW = new AdamW(optimizer, places.size(), places.matrixSize(), device);
    }
    gradient = trained.zerosLike();
    workers = new GradientWorkers(decoder, views, trained, gradient, THREADS);
  }

  /**
   * Refuses to train all weights of a model whose checkpoint no file of tensors here would hold.
   *
   * @throws ModelException if there are more than 2^29
   */
  static void checkWhole(long weights) {
    if (weights > MAX_WEIGHTS) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "The model has %,d weights; all weights are trained of models with at most %,d. Train adapters ('lora'), or a smaller model.",
              weights,
              MAX_WEIGHTS));
    }
  }

  /**
   * Goes on from a model directory. A head that the directory lacks is drawn from the seed.
   *
   * @param plannedSteps steps of the learning-rate schedule, if the optimizer names none
   * @param microBatchTokens most tokens, padding included, of one pass
   * @throws ModelException if the directory is missing, damaged or not supported
   */
  public static DjlTrainer fromDirectory(
      Path folder,
      Head head,
      long seed,
      Optimizer optimizer,
      int plannedSteps,
      int microBatchTokens) {
    return fromDirectory(folder, head, seed, optimizer, plannedSteps, microBatchTokens, null, 0);
  }

  /**
   * Goes on from a model directory, training adapters.
   *
   * @param lora the adapters; null: all weights are trained
   * @param loraSeed derives what they begin with
   */
  public static DjlTrainer fromDirectory(
      Path folder,
      Head head,
      long seed,
      Optimizer optimizer,
      int plannedSteps,
      int microBatchTokens,
      @Nullable Lora lora,
      long loraSeed) {
    if (lora != null && !ModelDirectory.base(folder).equals(folder)) {
      throw new ModelException(
          folder
              + " is an adapter, and new adapters stand on a whole model. Merge it first (sluice"
              + " model convert), or train without 'lora'.");
    }
    ModelDirectory directory = ModelDirectory.read(folder);
    ModelDirectory.look(folder).forEach(LOG::warn);
    Path file = folder.resolve(ModelDirectory.WEIGHTS);
    ModelConfig config = directory.config().with(head);
    ParameterLayout layout = new ParameterLayout(config);
    WeightFiles files = WeightFiles.of(folder);
    if (head == directory.config().head()) {
      layout.check(files);
    } else {
      layout.checkWithoutHead(files);
    }
    Safetensors.Content content = ModelDirectory.weights(folder);
    if (head != directory.config().head()) {
      layout.scatter(layout.random(HEAD_DEVIATION, seed)).entrySet().stream()
          .filter(entry -> !entry.getKey().startsWith("model."))
          .forEach(entry -> content.tensors().putIfAbsent(entry.getKey(), entry.getValue()));
    }
    return new DjlTrainer(
        new ModelDirectory(config, directory.tokenizer()),
        layout.gather(file, content),
        optimizer,
        plannedSteps,
        microBatchTokens,
        folder,
        lora,
        loraSeed);
  }

  /**
   * Starts from random weights: matrices normal with the deviation, norms 1, biases 0.
   *
   * @param directory shape and tokenizer
   */
  public static DjlTrainer fromRandom(
      ModelDirectory directory,
      double deviation,
      long seed,
      Optimizer optimizer,
      int plannedSteps,
      int microBatchTokens) {
    float[] start = new ParameterLayout(directory.config()).random(deviation, seed);
    return new DjlTrainer(
        directory, start, optimizer, plannedSteps, microBatchTokens, null, null, 0);
  }

  /** The tokenizer's file with what stands beside it in the directory. */
  private static byte[] tokenizer(ModelDirectory directory, @Nullable Path base) {
    return base == null
        ? directory.tokenizer()
        : TokenizerJson.completed(directory.tokenizer(), ChatFiles.read(base));
  }

  @Override
  public StepReport step(List<TrainingSequence> batch, Loss loss) {
    check(batch, loss);
    List<MicroBatch> parts =
        MicroBatch.cut(batch, loss, microBatchTokens, directory.config().fillToken());
    double learningRate = optimizer.learningRate(steps, plannedSteps);
    double sum = workers.run(parts, loss);
    NativeEngine.threads(1);
    boolean gradientsBefore = JniUtils.isGradMode();
    JniUtils.setGradMode(false);
    double norm;
    try (NDManager scope = manager.newSubManager()) {
      trained.tempAttach(scope);
      gradient.tempAttach(scope);
      norm = adamW.step(trained, gradient, steps, learningRate, scope);
      gradient.muli(0);
    } finally {
      JniUtils.setGradMode(gradientsBefore);
    }
    if (!Double.isFinite(sum) || !Double.isFinite(norm)) {
      throw new ModelException(
          "Training went astray at step "
              + steps
              + ": the loss is "
              + sum
              + " and the gradient's norm "
              + norm
              + ". Take a lower learning rate, or go on from an earlier checkpoint.");
    }
    steps++;
    int tokens = batch.stream().mapToInt(sequence -> sequence.tokens().length).sum();
    return new StepReport(sum, norm, tokens, learningRate);
  }

  private void check(List<TrainingSequence> batch, Loss loss) {
    ModelConfig config = directory.config();
    boolean classifies = loss instanceof Loss.StepClassification;
    Head needed = classifies ? Head.STEP_CLASSIFICATION : Head.LANGUAGE_MODEL;
    if (config.head() != needed) {
      throw new ModelException(
          "The loss "
              + loss.getClass().getSimpleName()
              + " does not go with the head "
              + config.head()
              + ".");
    }
    if (loss instanceof Loss.Pairs && batch.size() % 2 != 0) {
      throw new ModelException(
          "A batch of pairs has %d rows; each chosen completion needs a rejected one."
              .formatted(batch.size()));
    }
    for (TrainingSequence sequence : batch) {
      int length = sequence.tokens().length;
      if (length > config.maxPositions()) {
        throw new ModelException(
            "A training sequence has "
                + length
                + " tokens, but the model's context holds "
                + config.maxPositions()
                + ". Leave it out or cut it.");
      }
      for (int token : sequence.tokens()) {
        if (token < 0 || token >= config.vocabularySize()) {
          throw new ModelException(
              "A training sequence holds the token "
                  + token
                  + ", but the vocabulary has "
                  + config.vocabularySize()
                  + ". The tokenizer does not fit the model.");
        }
      }
    }
  }

  @Override
  public int[] encodePrompt(String text) {
    return tokenizer.encodePrompt(text);
  }

  @Override
  public int[] encode(String text) {
    return tokenizer.encode(text);
  }

  @Override
  public int endOfText() {
    List<Integer> ends = directory.config().endTokens();
    if (ends.isEmpty()) {
      throw new ModelException(
          "The model in training names no eos_token_id in its config.json, so no completion can be taught to end. Add it.");
    }
    return ends.get(0);
  }

  @Override
  public int steps() {
    return steps;
  }

  @Override
  public void checkpoint(Path folder) {
    long[] shape = {trained.size()};
    try {
      Safetensors.write(
          folder.resolve(CHECKPOINT),
          Map.of(
              "weights", new Tensor(shape, FlatArray.read(trained)),
              "first_moment", new Tensor(shape, adamW.firstMoment()),
              "second_moment", new Tensor(shape, adamW.secondMoment())),
          Map.of("steps", String.valueOf(steps), "model", modelHash()));
    } catch (IOException e) {
      throw new ModelException(
          "The checkpoint cannot be written to " + folder + ": " + RegularFiles.why(e), e);
    }
  }

  @Override
  public void restore(Path folder) {
    Path file = folder.resolve(CHECKPOINT);
    Safetensors.Content content = Safetensors.read(file);
    if (!modelHash().equals(content.metadata().get("model"))) {
      throw new ModelException(
          file + " is a checkpoint of a model with another configuration; start anew.");
    }
    long size = trained.size();
    // Into the same memory: the workers share it (NDArray.set(Buffer) would replace it).
    FlatArray.write(trained, content.require(file, "weights", size).values());
    adamW.restore(
        content.require(file, "first_moment", size).values(),
        content.require(file, "second_moment", size).values());
    steps = Integer.parseInt(content.metadata().getOrDefault("steps", "0"));
  }

  private String modelHash() {
    String identity = directory.config().identity();
    return adapters == null ? Hashes.id(identity) : Hashes.id(identity, adapters.lora().toString());
  }

  /** The whole model, adapters merged; and those alone in a folder below. */
  @Override
  public void save(Path folder) {
    directory.write(folder, layout.scatter(weights()));
    if (base == null) {
      return;
    }
    try {
      List<String> unused = TextSide.copy(base, folder);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Saving the model in " + folder + ": its chat template cannot be copied.", e);
    }
    if (adapters != null) {
      AdapterWriter.write(
          folder.resolve(ADAPTER),
          base,
          directory.config().head(),
          adapters.lora().rank(),
          adapters.lora().alpha(),
          adapters.layout().targets(),
          adapters.layout().scatter(FlatArray.read(trained)));
    }
  }

  /** A copy of all weights in the order of the layout, adapters merged. */
  public float[] weights() {
    float[] all = FlatArray.read(weights);
    return adapters == null ? all : adapters.layout().merged(all, FlatArray.read(trained));
  }

  /** Number of native arrays that the trainer holds: the same after every step. */
  int nativeArrays() {
    return manager.getManagedArrays().size() + adamW.nativeArrays() + workers.nativeArrays();
  }

  @Override
  public void close() {
    workers.close();
    tokenizer.close();
    adamW.close();
    manager.close();
    decoder.close();
  }
}
