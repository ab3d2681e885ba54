package dev.sluice.pipelines.run.worker;

import dev.sluice.records.Secrets;
import java.io.PrintWriter;
import java.io.StringWriter;

/** What an error says, for logs that this program does not write itself, such as an engine's. */
public final class MaskedError {
  private MaskedError() {}

  /** The stack trace, with each hidden value replaced by the text that is shown for it. */
  public static String trace(Throwable error) {
    return Secrets.hidden(whole(error));
  }

  /** The error itself; if it or a cause holds a hidden value, an error with the replaced trace. */
  static Throwable of(Throwable error) {
    String whole = whole(error);
    String hidden = Secrets.hidden(whole);
    if (hidden.equals(whole)) {
      return error;
    }
    IllegalStateException shown = new IllegalStateException(hidden);
    shown.setStackTrace(new StackTraceElement[0]);
    return shown;
  }

  private static String whole(Throwable error) {
    StringWriter trace = new StringWriter();
    error.printStackTrace(new PrintWriter(trace, true));
    return trace.toString();
  }
}
