package dev.sluice.methods;

import dev.sluice.methods.sandbox.SandboxException;
import dev.sluice.models.Failure;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A fault that one row causes in the code that reads it: the stage goes on without that row. */
public final class RowFault {
  /** The class of the dead letters of such rows. */
  public static final String UNREADABLE = "unreadable";

  private RowFault() {}

  /**
   * Does work that reads one row.
   *
   * @param <T> what comes of it
   * @param work reads the row
   * @param result takes what comes of it
   * @param otherwise takes the failure of a row that cannot be read
   */
  public static <T> void read(
      Supplier<T> work, Consumer<? super T> result, Consumer<Failure> otherwise) {
    T read;
    try {
      read = work.get();
    } catch (Throwable e) { // Whatever it is, other rows may be read.
      if (isOfMachine(e)) {
        throw e;
      }
      otherwise.accept(failure(e));
      return;
    }
    result.accept(read);
  }

  /**
   * Whether an error says nothing about the row: memory is full, a class is missing, or the machine
   * gives no sandbox.
   */
  private static boolean isOfMachine(Throwable error) {
    return error instanceof LinkageError
        || error instanceof SandboxException
        || (error instanceof VirtualMachineError && !(error instanceof StackOverflowError));
  }

  private static Failure failure(Throwable error) {
    String kind = error.getClass().getSimpleName();
    String said = error.getMessage() == null ? "" : " (%s)".formatted(error.getMessage());
    return new Failure(
        String.format(
            Locale.ROOT,
            "it cannot be read: %s%s. The row is left out; if its text is sound, report the text as an error of Sluice.",
            kind,
            said),
        UNREADABLE,
        1,
        false);
  }
}
