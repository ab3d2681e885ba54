package dev.sluice.pipelines.ledger;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** A ledger whose user is killed in the middle: before or after what it asks for is done. */
public final class KilledLedger {
  private KilledLedger() {}

  /** The end of a process, as far as a test can have it. */
  public static final class Killed extends Error {
    private static final long serialVersionUID = 1;
  }

  /** The tables of a ledger; the killer is asked before and after each statement or transaction. */
  public static ScheduleTables tables(Ledger ledger, BooleanSupplier killer) {
    Ledger.Access access = ledger.access();
    return new ScheduleTables(
        new Ledger.Access() {
          @Override
          public <T> T read(Of<T> query) {
            return mortal(() -> access.read(query), killer);
          }

          @Override
          public <T> T write(Of<T> change) {
            return mortal(() -> access.write(change), killer);
          }
        });
  }

  private static <T> T mortal(Supplier<T> work, BooleanSupplier killer) {
    if (killer.getAsBoolean()) {
      throw new Killed();
    }
    T result = work.get();
    if (killer.getAsBoolean()) {
      throw new Killed();
    }
    return result;
  }
}
