package dev.sluice.models.djl.engine;

import ai.djl.util.Utils;
import dev.sluice.models.ModelException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PyTorch's natives for GPUs, unpacked from their jar into DJL's cache. DJL does so itself only
 * where it finds CUDA's toolkit, though they bring along all that they need but the driver; and it
 * would not load them on a machine without a GPU, where they compute on the CPU.
 */
final class CudaNatives {
  private static final Logger LOG = LoggerFactory.getLogger(CudaNatives.class);
  private static final String LIST = "/native/lib/pytorch.properties";
  private static final String PLACE = "PYTORCH_LIBRARY_PATH";

  /**
   * Compiles kernels for GPUs; DJL loads all that lies there, and this one not without a driver.
   */
  private static final String NEEDS_DRIVER = "libcaffe2_nvrtc.so";

  /** Any of them shows a driver; the last stands for that of Windows below Linux. */
  private static final List<Path> DRIVER =
      List.of(Path.of("/proc/driver/nvidia"), Path.of("/dev/nvidiactl"), Path.of("/dev/dxg"));

  private CudaNatives() {}

  /** Shows DJL where they are; what the environment says comes first. */
  static void provide() {
    if (Utils.getEnvOrSystemProperty(PLACE) != null) {
      return;
    }
    try {
      Properties list = new Properties();
      try (InputStream in = resource(LIST)) {
        list.load(in);
      }
      String version = list.getProperty("version");
      String flavor = list.getProperty("flavor");
      boolean driver = DRIVER.stream().anyMatch(Files::exists);
      String folder = "/pytorch/%s/%s/".formatted(flavor, list.getProperty("classifier"));
      Path target =
          Utils.getEngineCacheDir("pytorch")
              .resolve(
                  "sluice-%s-%s%s".formatted(version, flavor, driver ? "" : "-without-driver"));
      List<String> names =
          Pattern.compile(",")
              .splitAsStream(list.getProperty("libraries"))
              .filter(name -> driver || !name.equals(NEEDS_DRIVER))
              .toList();
      unpack(folder, names, target);
      System.setProperty("PYTORCH_FLAVOR", flavor);
      System.setProperty("PYTORCH_VERSION", version.substring(0, version.indexOf('-')));
      System.setProperty(PLACE, target.toString());
    } catch (IOException e) {
      throw new ModelException(
          "PyTorch's natives for GPUs cannot be unpacked into %s: %s. Make room (4 GB), or set DJL_CACHE_DIR to another place."
              .formatted(Utils.getEngineCacheDir("pytorch"), e),
          e);
    }
  }

  /** Complete once the folder has its name. */
  private static void unpack(String from, List<String> names, Path target) throws IOException {
    if (Files.isDirectory(target)) {
      return;
    }
    Path parent = target.toAbsolutePath().getParent();
    Files.createDirectories(parent);
    LOG.info("Unpacking PyTorch's natives for GPUs into {}, once (4 GB).", target);
    Path fresh = Files.createTempDirectory(parent, "unpacking");
    try {
      for (String name : names) {
        try (InputStream in = resource(from + name)) {
          Files.copy(in, fresh.resolve(name));
        }
      }
      Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      delete(fresh);
      if (!Files.isDirectory(target)) {
        throw e;
      }
      // Another process was faster; its content is the same.
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  private static InputStream resource(String name) throws IOException {
    InputStream in = CudaNatives.class.getResourceAsStream(name);
    if (in == null) {
      throw new IOException(name + " is not on the class path");
    }
    return in;
  }
}
