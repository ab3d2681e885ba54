package dev.sluice.pipelines.store;

import dev.sluice.pipelines.process.WorkerProcess;
import java.nio.file.Path;

/** A workspace in {@link LateFileSystem}, as machines with caches of their own see it. */
public final class LateWorkspace {
  private LateWorkspace() {}

  /** The workspace at an address, for the machine that keeps copies in a folder. */
  public static Path of(String address, Path caches) {
    return WorkerProcess.current().mirrors().of(address, caches);
  }

  /** Waits until lists show what was done. */
  public static void settle() {
    LateFileSystem.settle();
  }
}
