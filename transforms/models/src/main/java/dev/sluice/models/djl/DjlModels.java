package dev.sluice.models.djl;

import dev.sluice.models.Endpoint;
import dev.sluice.models.LanguageModel;
import dev.sluice.models.ModelCache;
import dev.sluice.models.Precision;
import dev.sluice.models.StepClassifier;
import dev.sluice.models.djl.decode.LoadedModel;
import dev.sluice.models.djl.decode.LoadedModels;
import dev.sluice.models.djl.decode.ModelNumerics;
import dev.sluice.models.djl.engine.Devices;
import dev.sluice.models.djl.engine.NativeEngine;
import dev.sluice.models.djl.tokens.ChatTokenizer;
import dev.sluice.models.provider.DjlSpec;
import dev.sluice.records.manifest.Numerics;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/**
 * The provider {@code djl}: models of Hugging Face directories in this process. Workers of a
 * process share {@link LoadedModels}; a model that is opened without them is loaded for its caller
 * alone and freed when it is closed.
 */
public final class DjlModels {
  /** Rows that are decoded at once if nothing else is said. */
  public static final int DECODE_BATCH = 256;

  /**
   * The date that templates write, the one that Llama's write where there is no clock: a run that
   * is repeated on another day asks the same.
   */
  private static final ZonedDateTime DATE =
      ZonedDateTime.of(2024, 7, 26, 0, 0, 0, 0, ZoneOffset.UTC);

  private DjlModels() {}

  /**
   * Opens a language model for its caller alone.
   *
   * @param name in messages
   * @param decodeBatch rows that are decoded at once: speed and memory, not results
   * @throws dev.sluice.models.ModelException naming the file and what is wrong with it
   */
  public static LanguageModel languageModel(String name, Path folder, int decodeBatch) {
    return languageModel(name, folder, decodeBatch, DjlSpec.usual(folder.toString()));
  }

  /**
   * Opens a language model that is used in a way of its own, for its caller alone.
   *
   * @param use in what numbers it computes, and how prompts reach it
   * @throws dev.sluice.models.ModelException naming the file and what is wrong with it
   */
  public static LanguageModel languageModel(
      String name, Path folder, int decodeBatch, DjlSpec use) {
    return languageModel(name, folder, decodeBatch, use, LoadedModels.alone());
  }

  /** The same among the loaded models of a process; closing it gives it back to them. */
  static LanguageModel languageModel(
      String name, Path folder, int decodeBatch, DjlSpec use, LoadedModels loaded) {
    ModelCache.Handle<LoadedModel> handle = acquire(folder, use, loaded);
    try {
      ChatTokenizer chat =
          use.endpoint() == Endpoint.CHAT ? ChatTokenizer.open(folder, () -> DATE) : null;
      return new DjlLanguageModel(name, handle, decodeBatch, chat, use.maxPromptLength());
    } catch (RuntimeException e) {
      handle.close();
      throw e;
    }
  }

  /**
   * Opens a model of any head over token ids, for its caller alone.
   *
   * @throws dev.sluice.models.ModelException naming the file and what is wrong with it
   */
  public static TokenIdModel tokenIdModel(Path folder, int decodeBatch, Precision precision) {
    return new TokenIdModel(
        acquire(folder, DjlSpec.usual("").with(precision), LoadedModels.alone()), decodeBatch);
  }

  /**
   * Opens a step classifier for its caller alone.
   *
   * @param use in what numbers it computes, and where
   * @throws dev.sluice.models.ModelException naming the file and what is wrong with it
   */
  public static StepClassifier stepClassifier(String name, Path folder, DjlSpec use) {
    return stepClassifier(name, folder, use, LoadedModels.alone());
  }

  /** The same among the loaded models of a process; closing it gives it back to them. */
  static StepClassifier stepClassifier(String name, Path folder, DjlSpec use, LoadedModels loaded) {
    return new DjlStepClassifier(name, acquire(folder, use, loaded));
  }

  private static ModelCache.Handle<LoadedModel> acquire(
      Path folder, DjlSpec use, LoadedModels loaded) {
    return loaded.acquire(folder, use.dtype(), use.device());
  }

  /** The right to use a model of a directory, which is loaded for its caller alone. */
  static ModelCache.Handle<LoadedModel> acquire(Path folder) {
    return LoadedModels.alone().acquire(folder);
  }

  /** GPUs that the engine of this build sees. */
  public static int gpus() {
    return Devices.gpus();
  }

  /** What computes models in this process; loads the engine. */
  public static Numerics numerics() {
    return ModelNumerics.current();
  }

  /** Name and version of the native engine: part of the fingerprint of what it computes. */
  public static String engineVersion() {
    return NativeEngine.version();
  }
}
