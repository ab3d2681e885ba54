package dev.sluice.runners.bench;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Waits for other threads. */
final class Waiting {
  private Waiting() {}

  static <T> T forResult(Future<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted.", e);
    }
  }
}
