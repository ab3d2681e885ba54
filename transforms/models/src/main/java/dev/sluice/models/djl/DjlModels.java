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
 * The provider {@code djl}: models of Hugging Face directories in this process. One copy of a model
 * lies in memory for each content hash, shared by all workers of the JVM; what nobody uses goes
 * when others come.
 */
public final class DjlModels {
  /** Rows that are decoded at once if nothing else is said. */
  public static final int DECODE_BATCH = 256;

  /**
   * Policy, verifier, reward and reference of a stage, and the policy of the round before; on each
   * GPU.
   */
  private static final int MODELS_IN_MEMORY = 5;

  private static final LoadedModels CACHE =
      new LoadedModels(MODELS_IN_MEMORY * Math.max(1, Devices.gpus()));

  /**
   * The date that templates write, the one that Llama's write where there is no clock: a run that
   * is repeated on another day asks the same.
   */
  private static final ZonedDateTime DATE =
      ZonedDateTime.of(2024, 7, 26, 0, 0, 0, 0, ZoneOffset.UTC);

  private DjlModels() {}

  /**
   * Opens a language model; closing it gives it back to the cache.
   *
   * @param name in messages
   * @param decodeBatch rows that are decoded at once: speed and memory, not results
   * @throws dev.sluice.models.ModelException naming the file and what is wrong with it
   */
  public static LanguageModel languageModel(String name, Path folder, int decodeBatch) {
    return languageModel(name, folder, decodeBatch, DjlSpec.usual(folder.toString()));
  }

  /**
   * Opens a language model that is used in a way of its own; closing it gives it back to the cache.
   *
   * @param use in what numbers it computes, and how prompts reach it
   * @throws dev.sluice.models.ModelException naming the file and what is wrong with it
   */
  public static LanguageModel languageModel(
      String name, Path folder, int decodeBatch, DjlSpec use) {
    ModelCache.Handle<LoadedModel> handle = acquire(folder, use);
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
   * Opens a model of any head over token ids; closing it gives it back to the cache.
   *
   * @throws dev.sluice.models.ModelException naming the file and what is wrong with it
   */
  public static TokenIdModel tokenIdModel(Path folder, int decodeBatch, Precision precision) {
    return new TokenIdModel(acquire(folder, DjlSpec.usual("").with(precision)), decodeBatch);
  }

  /**
   * Opens a step classifier; closing it gives it back to the cache.
   *
   * @param use in what numbers it computes, and where
   * @throws dev.sluice.models.ModelException naming the file and what is wrong with it
   */
  public static StepClassifier stepClassifier(String name, Path folder, DjlSpec use) {
    return new DjlStepClassifier(name, acquire(folder, use));
  }

  private static ModelCache.Handle<LoadedModel> acquire(Path folder, DjlSpec use) {
    return CACHE.acquire(folder, use.dtype(), use.device());
  }

  /** The right to use a model of a directory. */
  static ModelCache.Handle<LoadedModel> acquire(Path folder) {
    return CACHE.acquire(folder);
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
