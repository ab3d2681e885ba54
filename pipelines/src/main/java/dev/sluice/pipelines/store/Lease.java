package dev.sluice.pipelines.store;

import java.time.Instant;

/**
 * Who is at work on a unit, as a file says it.
 *
 * @param token drawn at random for each lease
 * @param host the machine
 * @param pid the process
 * @param began when the process began; empty if the platform does not tell
 * @param renewed when the process last said that it is at work
 * @param who what people call it: the run's id
 */
record Lease(
    int formatVersion,
    String token,
    String host,
    long pid,
    String began,
    String renewed,
    String who) {

  Lease at(Instant now) {
    return new Lease(formatVersion, token, host, pid, began, now.toString(), who);
  }

  /** As people read it. */
  String sentence() {
    return "run %s (process %d on %s)".formatted(who, pid, host);
  }
}
