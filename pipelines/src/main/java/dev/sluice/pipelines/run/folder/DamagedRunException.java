package dev.sluice.pipelines.run.folder;

/** A file of a run's folder is not what was written, and what was asked for rests on it. */
public final class DamagedRunException extends RuntimeException {
  DamagedRunException(String message) {
    super(message);
  }
}
