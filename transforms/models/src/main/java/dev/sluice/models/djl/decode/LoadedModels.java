package dev.sluice.models.djl.decode;

import ai.djl.Device;
import dev.sluice.models.ModelCache;
import dev.sluice.models.Precision;
import dev.sluice.models.directory.ModelDirectory;
import dev.sluice.models.djl.engine.DeviceTurns;
import dev.sluice.models.djl.engine.Devices;
import java.nio.file.Path;

/** Models of directories in memory: one for each content hash, type of numbers and device. */
public final class LoadedModels implements AutoCloseable {
  /**
   * Policy, verifier, reward and reference of a stage, and the policy of the round before; on each
   * GPU.
   */
  private static final int MODELS_IN_MEMORY = 5;

  private final ModelCache<LoadedModel> cache;
  private final DeviceTurns turns = new DeviceTurns();

  /** None yet; room for the models of a stage on each device of this machine. */
  public static LoadedModels forStages() {
    return new LoadedModels(MODELS_IN_MEMORY * Math.max(1, Devices.gpus()));
  }

  /** None yet; a model is freed as soon as it is closed. */
  public static LoadedModels alone() {
    return new LoadedModels(0);
  }

  /**
   * None yet.
   *
   * @param capacity most models in memory, as far as they are not in use
   */
  public LoadedModels(int capacity) {
    cache = new ModelCache<>(capacity, LoadedModel::close);
  }

  private record Key(String revision, Precision precision, Device device) {}

  /**
   * The model of a directory, loaded if need be.
   *
   * @param precision of the numbers in memory: the same model in two of them lies there twice
   * @param device as an entry names it: the same model on two of them lies on each, and whoever
   *     asks next gets the next
   * @throws dev.sluice.models.ModelException naming the file and what is wrong with it
   */
  public ModelCache.Handle<LoadedModel> acquire(Path folder, Precision precision, String device) {
    String revision = ModelDirectory.revision(folder);
    Device place = turns.next(device, revision);
    return cache.acquire(
        new Key(revision, precision, place),
        () -> new LoadedModel(folder, revision, precision, place));
  }

  /** The model of a directory in numbers of 32 bits, on whatever device is next. */
  public ModelCache.Handle<LoadedModel> acquire(Path folder) {
    return acquire(folder, Precision.FLOAT32, "auto");
  }

  /** Number of models in memory. */
  int size() {
    return cache.size();
  }

  @Override
  public void close() {
    cache.close();
  }
}
