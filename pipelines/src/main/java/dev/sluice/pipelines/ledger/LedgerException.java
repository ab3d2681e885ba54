package dev.sluice.pipelines.ledger;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A ledger that cannot be used now. What it would have said stands in the folders of the runs. */
public final class LedgerException extends RuntimeException {
  private final boolean damaged;

  LedgerException(String message) {
    this(message, false, null);
  }

  private LedgerException(String message, boolean damaged, @Nullable Throwable cause) {
    super(message, cause);
    this.damaged = damaged;
  }

  /** What was being done, and what the database said. */
  static LedgerException because(String doing, LedgerPlace place, SQLException cause) {
    boolean damaged = place.dialect().damaged(cause);
    String why =
        damaged
            ? "it is damaged; 'sluice ledger rebuild' rebuilds it from the runs"
            : place.dialect().locked(cause) ? "another process holds it locked" : reason(cause);
    return new LedgerException(
        "The ledger %s cannot be %s: %s.".formatted(place.name(), doing, why), damaged, cause);
  }

  static LedgerException because(String doing, LedgerPlace place, LinkageError cause) {
    return new LedgerException(
        "The ledger %s cannot be %s: the database's native library does not load (%s)."
            .formatted(place.name(), doing, firstLine(cause.getMessage())),
        false,
        cause);
  }

  /** Whether the database's file is no longer one. */
  public boolean damaged() {
    return damaged;
  }

  /**
   * What the database or its driver said, and why a connection failed if the driver keeps it back.
   */
  private static String reason(SQLException error) {
    String said = firstLine(error.getMessage());
    Throwable behind = error.getCause();
    return behind == null || behind.getMessage() == null || said.contains("refused")
        ? said
        : "%s (%s)".formatted(said, firstLine(behind.getMessage()));
  }

  private static String firstLine(@Nullable String message) {
    String line = message == null ? "" : message.lines().findFirst().orElse("").strip();
    return line.isEmpty() ? "the database does not say why" : line.replaceAll("\\.$", "");
  }
}
