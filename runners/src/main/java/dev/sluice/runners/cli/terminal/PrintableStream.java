package dev.sluice.runners.cli.terminal;

import dev.sluice.records.Printable;
import java.io.PrintStream;

/**
 * A stream of a terminal that shows control characters and never sends them: texts of models,
 * servers and files pass through it.
 */
final class PrintableStream extends PrintStream {
  private final PrintStream raw;

  PrintableStream(PrintStream raw) {
    super(raw, true);
    this.raw = raw;
  }

  /** The stream below, for what the program itself does with the cursor. */
  PrintStream raw() {
    return raw;
  }

  @Override
  public void print(String text) {
    raw.print(Printable.text(String.valueOf(text)));
  }

  @Override
  public void print(char character) {
    print(String.valueOf(character));
  }

  @Override
  public void print(char[] text) {
    print(String.valueOf(text));
  }

  @Override
  public void print(Object value) {
    print(String.valueOf(value));
  }

  @Override
  public void println(String text) {
    raw.println(Printable.text(String.valueOf(text)));
  }

  @Override
  public void println(char character) {
    println(String.valueOf(character));
  }

  @Override
  public void println(char[] text) {
    println(String.valueOf(text));
  }

  @Override
  public void println(Object value) {
    println(String.valueOf(value));
  }

  @Override
  public void write(int b) {
    raw.write(b);
  }

  @Override
  public void write(byte[] bytes, int from, int count) {
    raw.write(bytes, from, count);
  }

  @Override
  public void flush() {
    raw.flush();
  }
}
