package dev.sluice.runners.fuzz;

import dev.sluice.runners.fuzz.inputs.WideText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Inputs that were found, each beside what it did. */
record Finds(Path folder, String reader) {

  Path input(long number) {
    return folder.resolve(reader + "-" + number);
  }

  Path report(long number) {
    return folder.resolve(reader + "-" + number + ".txt");
  }

  void save(long number, byte[] input, String report) {
    try {
      Files.createDirectories(folder);
      Files.write(input(number), input);
      if (!Files.exists(report(number))) {
        Files.write(report(number), WideText.bytes(report));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
