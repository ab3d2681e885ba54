package dev.sluice.runners.fuzz.inputs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Files of the checkout, from which valid inputs are taken. */
public final class Repository {
  private static final Path ROOT = root();

  private Repository() {}

  private static Path root() {
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (Files.exists(folder.resolve("configs/quickstart.yaml"))) {
        return folder;
      }
    }
    throw new IllegalStateException("The current folder lies in no checkout.");
  }

  public static Path path(String place) {
    return ROOT.resolve(place);
  }

  public static byte[] bytes(String place) {
    try {
      return Files.readAllBytes(path(place));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static String text(String place) {
    return WideText.text(bytes(place));
  }

  /** Files below a folder, by their whole path, that end so. */
  public static List<Path> files(String folder, String ending, long mostBytes) {
    try (Stream<Path> all = Files.walk(path(folder))) {
      return all.filter(file -> file.toString().endsWith(ending))
          .filter(file -> file.toFile().length() <= mostBytes)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Texts of files below a folder that end so. */
  public static List<String> texts(String folder, String ending, long mostBytes) {
    return files(folder, ending, mostBytes).stream()
        .map(file -> text(ROOT.relativize(file).toString()))
        .toList();
  }
}
