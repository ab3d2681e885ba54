package dev.sluice.pipelines.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Whether a run is asked to stop: a file in the run folder says so, since the one who asks and the
 * workers may be different processes. Looked at no more than twice a second.
 */
final class Interruption {
  private static final long INTERVAL_NANOS = 500_000_000L;
  private static final Map<Path, Interruption> KNOWN = new ConcurrentHashMap<>();

  private final Path file;
  private volatile boolean asked;
  private volatile long lookedAt;

  private Interruption(Path file) {
    this.file = file;
    this.lookedAt = System.nanoTime() - 2 * INTERVAL_NANOS;
  }

  static Interruption of(Path stopFile) {
    return KNOWN.computeIfAbsent(stopFile.toAbsolutePath(), Interruption::new);
  }

  static void forget(Path stopFile) {
    KNOWN.remove(stopFile.toAbsolutePath());
  }

  /** Asks, for every process that works on the run. */
  void ask(String why) {
    asked = true;
    RunFiles.write(file, why + "\n");
  }

  boolean asked() {
    long now = System.nanoTime();
    if (!asked && now - lookedAt >= INTERVAL_NANOS) {
      lookedAt = now;
      asked = Files.exists(file);
    }
    return asked;
  }
}
