package dev.sluice.models.djl.engine;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import dev.sluice.models.ModelException;
import dev.sluice.models.builtin.EngineVersion;
import dev.sluice.models.numerics.MathLibrary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The first touch of PyTorch: quiet, offline, with threads set by those who work. */
public final class NativeEngine {
  /**
   * Why the natives could not be unpacked, or their kernels not be chosen; empty if all is well.
   */
  private static final Optional<ModelException> FAILURE;

  /** The kernels that the math libraries were told to use; null after a failure. */
  private static final @Nullable MathLibrary MATH;

  /** Asked for once PyTorch is loaded. */
  private static @Nullable String kernels;

  static {
    // Without these the engine asks a cloud's metadata address when it loads.
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
    ModelException failure = null;
    MathLibrary math = null;
    try {
      if (EngineVersion.CUDA) {
        CudaNatives.provide();
      }
      math = MathLibrary.prepare();
    } catch (ModelException e) {
      // Told to whoever asks: an initialiser that throws says nothing.
      failure = e;
    }
    FAILURE = Optional.ofNullable(failure);
    MATH = math;
  }

  /** Where NVIDIA's driver lists the GPUs of a machine. */
  private static final Path DRIVER = Path.of("/proc/driver/nvidia/gpus");

  private NativeEngine() {}

  private static Engine engine() {
    FAILURE.ifPresent(
        failure -> {
          throw new ModelException(String.valueOf(failure.getMessage()), failure);
        });
    return Engine.getEngine("PyTorch");
  }

  /** A manager that its caller closes. */
  public static NDManager newManager(Device device) {
    String unused = kernels();
    return NDManager.newBaseManager(device, engine().getEngineName());
  }

  /**
   * The kernels that the math libraries use: part of what decides bits.
   *
   * @throws ModelException if a mode of numerics was asked for and has had no effect
   */
  public static synchronized String kernels() {
    String known = kernels;
    if (known == null) {
      Engine loaded = engine();
      known = Objects.requireNonNull(MATH, loaded.getEngineName()).verified();
      kernels = known;
    }
    return known;
  }

  /** GPUs that the engine sees; 0 for an engine of a CPU alone. */
  static int gpus() {
    if (!EngineVersion.CUDA) {
      return 0;
    }
    // DJL counts with the toolkit's library, which few machines have.
    int counted = engine().getGpuCount();
    return counted > 0 ? counted : listed(DRIVER, System.getenv("CUDA_VISIBLE_DEVICES"));
  }

  /**
   * GPUs that the driver lists, as far as a process may see them.
   *
   * @param visible numbers with commas between them; null for all
   */
  static int listed(Path driver, @Nullable String visible) {
    if (!Files.isDirectory(driver)) {
      return 0;
    }
    try (Stream<Path> gpus = Files.list(driver)) {
      int all = (int) gpus.count();
      return visible == null
          ? all
          : (int)
              Math.min(
                  all,
                  Pattern.compile(",")
                      .splitAsStream(visible)
                      .map(String::strip)
                      .takeWhile(each -> !each.isEmpty() && !each.startsWith("-"))
                      .count());
    } catch (IOException e) {
      throw new UncheckedIOException("The GPUs that the driver lists cannot be read.", e);
    }
  }

  /** Name and version of the engine: part of the fingerprint of what it computes. */
  public static String version() {
    return "PyTorch " + engine().getVersion();
  }

  /**
   * Sets the intra-op threads of the calling thread. They belong to the Java thread, so that
   * decoding with one and training with two go on in one process.
   */
  public static void threads(int count) {
    JniUtils.setNumThreads(count);
  }
}
