package dev.sluice.runners.chaos;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** One run that is killed again and again, and gone on with until it is done. */
final class Disturbance {
  private static final int MAX_KILLS = 3;
  private static final long LOOK_MILLIS = 5;

  /** A program takes about so long to start, beside what its stages take. */
  private static final double START_SECONDS = 2;

  private final Sluice sluice;
  private final String file;
  private final Random random;
  private final Map<String, Double> seconds;
  private int kills;
  private String moments = "";

  /**
   * A run to be disturbed.
   *
   * @param file the file that is run
   * @param seconds what each stage takes undisturbed
   */
  Disturbance(Sluice sluice, String file, Random random, Map<String, Double> seconds) {
    this.sluice = sluice;
    this.file = file;
    this.random = random;
    this.seconds = seconds;
  }

  /** Kills it first in the named stage, then perhaps at any time, and goes on until it is done. */
  void run(String stage) {
    Process process = next();
    if (awaits(process, stage)) {
      kill(process, stage, random.nextDouble() * seconds.getOrDefault(stage, 0.0));
    }
    double all = seconds.values().stream().mapToDouble(s -> s).sum() + START_SECONDS;
    int more = random.nextInt(MAX_KILLS);
    for (int i = 0; i < more; i++) {
      process = next();
      kill(process, "any", random.nextDouble() * all);
    }
    sluice.finish(next());
  }

  /** Goes on with the run, or submits the file again; both are promised to do the same. */
  private Process next() {
    return sluice.hasInterrupted() && random.nextBoolean()
        ? sluice.start("resume")
        : sluice.start("run", file);
  }

  private boolean awaits(Process process, String stage) {
    List<String> stages = List.copyOf(seconds.keySet());
    while (process.isAlive()) {
      if (sluice.cameTo(stage, stages)) {
        return true;
      }
      pause(process, LOOK_MILLIS);
    }
    return false;
  }

  private void kill(Process process, String where, double after) {
    pause(process, (long) (after * 1000));
    if (process.isAlive()) {
      process.destroyForcibly();
      kills++;
      moments += " %s+%.2f s".formatted(where, after);
    }
    sluice.await(process);
  }

  private static void pause(Process process, long millis) {
    try {
      boolean unused = process.waitFor(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while a command ran.", e);
    }
  }

  Sluice sluice() {
    return sluice;
  }

  int kills() {
    return kills;
  }

  /** When it was killed. */
  String moments() {
    return moments.strip();
  }
}
