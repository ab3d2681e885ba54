package dev.sluice.models.djl;

import dev.sluice.models.LanguageModel;
import dev.sluice.models.ModelException;
import dev.sluice.models.ModelRuntime;
import dev.sluice.models.StepClassifier;
import dev.sluice.models.directory.Head;
import dev.sluice.models.directory.ModelConfig;
import dev.sluice.models.directory.ModelDirectory;
import dev.sluice.models.directory.TinyModel;
import dev.sluice.models.djl.decode.LoadedModels;
import dev.sluice.models.djl.tokens.Vocabulary;
import dev.sluice.models.djl.train.DjlTrainer;
import dev.sluice.models.numerics.MathLibrary;
import dev.sluice.models.provider.DjlSpec;
import dev.sluice.models.training.Architecture;
import dev.sluice.models.training.Trainer;
import dev.sluice.models.training.TrainerOptions;
import dev.sluice.records.manifest.Numerics;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Model directories on PyTorch through DJL. */
public final class DjlRuntime implements ModelRuntime {
  /**
   * Most tokens, padding included, of one forward and backward pass. Small enough that a step has
   * several, which threads share out. Part of the result.
   */
  private static final int MICRO_BATCH_TOKENS = 512;

  private static final double RMS_NORM_EPSILON = 1e-6;

  private static final String BUILTIN = "builtin:arithmetic";

  private final int decodeBatch;
  private final Supplier<LoadedModels> loaded;

  /** With the usual number of rows decoded at once; each model is loaded for its caller alone. */
  public DjlRuntime() {
    this(DjlModels.DECODE_BATCH, LoadedModels::alone);
  }

  /**
   * Over the models that a process has loaded.
   *
   * @param decodeBatch rows that are decoded at once: speed and memory, not results
   * @param loaded asked when the first model is opened: it looks for devices
   */
  public DjlRuntime(int decodeBatch, Supplier<LoadedModels> loaded) {
    this.decodeBatch = decodeBatch;
    this.loaded = loaded;
  }

  @Override
  public LanguageModel open(Path folder) {
    return open(folder, DjlSpec.usual(folder.toString()));
  }

  /** Opens a directory as a language model that is used in a way of its own. */
  public LanguageModel open(Path folder, DjlSpec use) {
    return DjlModels.languageModel(folder.toString(), folder, decodeBatch, use, loaded.get());
  }

  @Override
  public StepClassifier openClassifier(Path folder) {
    return openClassifier(folder, DjlSpec.usual(folder.toString()));
  }

  /** Opens a directory with a step-classification head. */
  public StepClassifier openClassifier(Path folder, DjlSpec use) {
    return DjlModels.stepClassifier(folder.toString(), folder, use, loaded.get());
  }

  @Override
  public Trainer train(Path start, TrainerOptions options) {
    return DjlTrainer.fromDirectory(
        start,
        options.head() == TrainerOptions.Head.LANGUAGE_MODEL
            ? Head.LANGUAGE_MODEL
            : Head.STEP_CLASSIFICATION,
        0,
        options.optimizer(),
        options.plannedSteps(),
        MICRO_BATCH_TOKENS,
        options.lora(),
        options.loraSeed());
  }

  @Override
  public Trainer train(Architecture architecture, long seed, TrainerOptions options) {
    if (options.lora() != null) {
      throw new ModelException(
          "Adapters stand on a trained model; random weights of an architecture are trained whole.");
    }
    if (architecture.hiddenSize() % (2 * architecture.heads()) != 0) {
      throw new ModelException(
          "An architecture with hidden_size %d and %d heads is not possible: the width of a head is hidden_size / heads and must be even."
              .formatted(architecture.hiddenSize(), architecture.heads()));
    }
    byte[] tokenizer = tokenizer(architecture);
    Vocabulary vocabulary =
        Vocabulary.of(tokenizer, architecture.endToken(), architecture.tokenizer());
    ModelConfig config =
        new ModelConfig(
            Head.LANGUAGE_MODEL,
            architecture.hiddenSize(),
            architecture.layers(),
            architecture.heads(),
            architecture.heads(),
            architecture.hiddenSize() / architecture.heads(),
            architecture.feedForwardSize(),
            RMS_NORM_EPSILON,
            architecture.ropeTheta(),
            false,
            vocabulary.size(),
            architecture.contextLength(),
            List.of(vocabulary.endToken()),
            vocabulary.padToken());
    return DjlTrainer.fromRandom(
        new ModelDirectory(config, tokenizer),
        architecture.initialDeviation(),
        seed,
        options.optimizer(),
        options.plannedSteps(),
        MICRO_BATCH_TOKENS);
  }

  @Override
  public List<String> warnings() {
    return MathLibrary.warnings();
  }

  @Override
  public Optional<Numerics> numerics() {
    return Optional.of(DjlModels.numerics());
  }

  private static byte[] tokenizer(Architecture architecture) {
    if (architecture.tokenizer().equals(BUILTIN)) {
      return TinyModel.tokenizer();
    }
    try {
      return ModelDirectory.bytes(Path.of(architecture.tokenizer()));
    } catch (ModelException | InvalidPathException e) {
      throw new ModelException(
          "The tokenizer '%s' of the architecture cannot be read; give %s or a tokenizer.json."
              .formatted(architecture.tokenizer(), BUILTIN),
          e);
    }
  }
}
