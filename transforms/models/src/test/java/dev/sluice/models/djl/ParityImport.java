package dev.sluice.models.djl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Loads the directories that {@code transformers} wrote and compares what they compute: {@code
 * ParityImport FOLDER}. Exits with 1 if one differs.
 */
final class ParityImport {
  private static final double TOLERANCE = 1e-4;

  private ParityImport() {}

  public static void main(String[] arguments) throws IOException {
    List<Path> folders;
    Files.createDirectories(Path.of(arguments[0]));
    try (Stream<Path> found = Files.list(Path.of(arguments[0]))) {
      folders =
          found.filter(folder -> Files.exists(folder.resolve(Expected.FILE))).sorted().toList();
    }
    boolean failed = folders.isEmpty();
    for (Path folder : folders) {
      String name = "written by transformers, loaded here: " + folder.getFileName();
      try {
        double worst = Expected.difference(folder);
        boolean near = worst < TOLERANCE;
        failed |= !near;
        System.out.printf(
            "%s  %s: greedy text equal, within %.1e%n", near ? "ok  " : "FAIL", name, worst);
      } catch (RuntimeException e) {
        failed = true;
        System.out.printf("FAIL  %s: %s%n", name, e.getMessage());
      }
    }
    System.exit(failed ? 1 : 0);
  }
}
