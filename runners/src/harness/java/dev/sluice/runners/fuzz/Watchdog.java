package dev.sluice.runners.fuzz;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Ends a process that reads one input for too long, after it noted what it was doing. */
final class Watchdog {
  /** How a process ends that was ended. */
  static final int STUCK = 3;

  private Watchdog() {}

  static void watch(Place place, double limitSeconds, Consumer<String> stuck) {
    Thread reading = Thread.currentThread();
    Thread watching =
        new Thread(
            () -> {
              while (place.seconds() < limitSeconds) {
                try {
                  TimeUnit.MILLISECONDS.sleep(500);
                } catch (InterruptedException e) {
                  return;
                }
              }
              stuck.accept(
                  "No end after %.0f s:\n%s"
                      .formatted(
                          place.seconds(),
                          Arrays.stream(reading.getStackTrace())
                              .limit(60)
                              .map(at -> "  at " + at)
                              .collect(Collectors.joining("\n"))));
              Runtime.getRuntime().halt(STUCK);
            },
            "watchdog");
    watching.setDaemon(true);
    watching.start();
  }
}
