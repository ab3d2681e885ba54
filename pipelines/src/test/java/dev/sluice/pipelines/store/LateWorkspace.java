package dev.sluice.pipelines.store;

import java.nio.file.Path;

/** A workspace in {@link LateFileSystem}, as machines with caches of their own see it. */
public final class LateWorkspace {
  private LateWorkspace() {}

  /** The workspace at an address, for the machine that keeps copies in a folder. */
  public static Workspace of(String address, Path caches) {
    return Workspace.at(address, caches);
  }

  /** Waits until lists show what was done. */
  public static void settle() {
    LateFileSystem.settle();
  }
}
