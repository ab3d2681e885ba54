package dev.sluice.runners.cli.terminal;

import java.io.PrintStream;

/**
 * Where a command speaks: results to standard output, the rest to standard error.
 *
 * @param out results
 * @param err progress, warnings, errors
 * @param columns width if standard error is a terminal, else 0
 */
public record Terminal(PrintStream out, PrintStream err, int columns) {

  /** The process's own; the launcher says whether it is a terminal. */
  public static Terminal ofProcess() {
    return new Terminal(
        new PrintableStream(System.out),
        new PrintableStream(System.err),
        Integer.getInteger("sluice.terminal.columns", 0));
  }

  /** Empties the line in which the cursor of standard error is. */
  public void eraseLine() {
    (err instanceof PrintableStream printable ? printable.raw() : err).print("\r\u001b[K");
  }

  /** A control character as a program would write it: it may move the cursor or hide text. */
  public static String escaped(int control) {
    return "\\u%04x".formatted(control);
  }

  public boolean interactive() {
    return columns > 0;
  }
}
