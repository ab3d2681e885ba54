package dev.sluice.pipelines.run.folder;

import dev.sluice.pipelines.store.WorkspacePath;

/**
 * Whether a run is asked to stop: a file in the run folder says so, since the one who asks and the
 * workers may be different processes. Looked at no more than twice a second; every four seconds in
 * a remote workspace.
 */
public final class Interruption {
  private static final long INTERVAL_NANOS = 500_000_000L;

  private final WorkspacePath file;
  private final long interval;
  private volatile boolean asked;
  private volatile long lookedAt;

  /**
   * Nothing is known of the run yet.
   *
   * @param file the file that asks the run to stop
   */
  Interruption(WorkspacePath file) {
    this.file = file;
    this.interval = file.workspace().files().pace(INTERVAL_NANOS);
    this.lookedAt = System.nanoTime() - 2 * interval;
  }

  /** Asks, for every process that works on the run. */
  void ask(String why) {
    asked = true;
    RunFiles.write(file, why + "\n");
  }

  public boolean asked() {
    long now = System.nanoTime();
    if (!asked && now - lookedAt >= interval) {
      lookedAt = now;
      asked = RunFiles.exists(file);
    }
    return asked;
  }
}
