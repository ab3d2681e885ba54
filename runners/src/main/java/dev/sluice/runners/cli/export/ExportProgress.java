package dev.sluice.runners.cli.export;

import dev.sluice.runners.cli.terminal.Terminal;
import java.util.function.LongConsumer;

/** Tells every few seconds how many rows an export has read. */
final class ExportProgress implements LongConsumer {
  private static final long PAUSE_NANOS = 2_000_000_000L;

  private final Terminal terminal;
  private long next = System.nanoTime() + PAUSE_NANOS;

  ExportProgress(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void accept(long rows) {
    long now = System.nanoTime();
    if (now - next >= 0) {
      next = now + PAUSE_NANOS;
      terminal.err().printf("  %,d rows read%n", rows);
      terminal.err().flush();
    }
  }
}
