package dev.sluice.stages.synthesis;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The quote of a CSV file that nothing closes. What reads the file notices only at its end, which
 * may be a million lines later.
 */
final class UnclosedCsvQuote {
  private UnclosedCsvQuote() {}

  /** The line, from 1, in which the quote opens; 0 if every quote is closed. */
  static int line(Path file) throws IOException {
    // What is no UTF-8 is another's to say.
    try (BufferedReader text =
        new BufferedReader(
            new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
      int line = 1;
      int opened = 0;
      boolean begin = true;
      int next = text.read();
      for (int c = next; c >= 0; c = next) {
        next = text.read();
        if (opened > 0 && c == '"') {
          if (next == '"') {
            next = text.read(); // Two stand for one of the value.
          } else {
            opened = 0;
          }
        } else if (opened == 0 && begin && c == '"') {
          opened = line;
          begin = false;
        } else if (opened == 0) {
          begin = c == ',' || c == '\n' || c == '\r' || (begin && (c == ' ' || c == '\uFEFF'));
        }
        if (c == '\n' || (c == '\r' && next != '\n')) {
          line++;
        }
      }
      return opened;
    }
  }
}
