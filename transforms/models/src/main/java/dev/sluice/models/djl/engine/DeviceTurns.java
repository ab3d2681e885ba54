package dev.sluice.models.djl.engine;

import ai.djl.Device;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whose turn it is among the devices of a model. A model that may use several devices has a replica
 * on each, and who opens it next gets the next.
 */
public final class DeviceTurns {
  private final Map<String, AtomicInteger> turns = new ConcurrentHashMap<>();

  /**
   * The device of the next replica of a model.
   *
   * @param device as an entry names it
   * @throws dev.sluice.models.ModelException if there is no such device
   */
  public Device next(String device, String revision) {
    return next(Devices.of(device), revision);
  }

  Device next(List<Device> devices, String revision) {
    if (devices.size() == 1) {
      return devices.get(0);
    }
    int turn = turns.computeIfAbsent(revision, model -> new AtomicInteger()).getAndIncrement();
    return devices.get(Math.floorMod(turn, devices.size()));
  }
}
