package dev.sluice.models.djl.engine;

import ai.djl.Device;
import dev.sluice.models.ModelException;
import java.util.ArrayList;
import java.util.List;

/** Where models compute. */
public final class Devices {
  private static final String CUDA = "cuda";

  private Devices() {}

  /** GPUs that the engine of this build sees. */
  public static int gpus() {
    return NativeEngine.gpus();
  }

  /**
   * The devices that an entry means.
   *
   * @param device {@code auto} (all GPUs, else the CPU), {@code cpu}, {@code cuda} (all GPUs) or
   *     {@code cuda:N}
   * @param gpus of this machine
   * @throws ModelException if there is no such GPU
   */
  static List<Device> of(String device, int gpus) {
    if (device.equals("cpu") || (device.equals("auto") && gpus == 0)) {
      return List.of(Device.cpu());
    }
    if (device.startsWith(CUDA + ":")) {
      int number = Integer.parseInt(device.substring(CUDA.length() + 1));
      if (number >= gpus) {
        throw missing(device, gpus);
      }
      return List.of(Device.gpu(number));
    }
    if (gpus == 0) {
      throw missing(device, gpus);
    }
    List<Device> all = new ArrayList<>();
    for (int i = 0; i < gpus; i++) {
      all.add(Device.gpu(i));
    }
    return all;
  }

  private static ModelException missing(String device, int gpus) {
    return new ModelException(
        "The device '%s' is not there: the engine sees %s on this machine. Look at nvidia-smi and the driver, or set device: cpu."
            .formatted(
                device,
                gpus == 0
                    ? "no GPU"
                    : gpus == 1 ? "one GPU, cuda:0" : "GPUs cuda:0 to cuda:" + (gpus - 1)));
  }

  /** The devices that an entry means on this machine. */
  static List<Device> of(String device) {
    return of(device, gpus());
  }

  /** Where training computes: the first GPU, else the CPU. */
  public static Device forTraining() {
    return of("auto", gpus()).get(0);
  }
}
