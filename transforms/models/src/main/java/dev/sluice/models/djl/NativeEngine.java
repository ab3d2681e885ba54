package dev.sluice.models.djl;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;

/** The first touch of PyTorch: quiet, offline, with threads set by those who work. */
final class NativeEngine {
  static {
    // Without these the engine asks a cloud's metadata address when it loads.
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
  }

  private NativeEngine() {}

  /** A manager that its caller closes. */
  static NDManager newManager(Device device) {
    return NDManager.newBaseManager(device, "PyTorch");
  }

  /** GPUs that the engine sees; 0 for an engine of a CPU alone. */
  static int gpus() {
    return Engine.getEngine("PyTorch").getGpuCount();
  }

  /** Name and version of the engine: part of the fingerprint of what it computes. */
  static String version() {
    return "PyTorch " + Engine.getEngine("PyTorch").getVersion();
  }

  /**
   * Sets the intra-op threads of the calling thread. They belong to the Java thread, so that
   * decoding with one and training with two go on in one process.
   */
  static void threads(int count) {
    JniUtils.setNumThreads(count);
  }
}
