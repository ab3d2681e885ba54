package dev.sluice.runners.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Java file of the checkout.
 *
 * @param path relative to the top folder
 * @param tree {@code main}, {@code test} or another source tree
 * @param packageName its package
 */
record SourceFile(String path, String tree, String packageName, String text) {
  static final Path TOP = Path.of("..");

  private static final List<String> MODULES =
      List.of(
          "transforms/records",
          "transforms/models",
          "transforms/methods",
          "transforms/stages",
          "pipelines",
          "notebooks-export",
          "runners",
          "examples/plugin");

  private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");

  static List<SourceFile> all() throws IOException {
    List<SourceFile> all = new ArrayList<>();
    for (String module : MODULES) {
      try (Stream<Path> files = Files.walk(TOP.resolve(module).resolve("src"))) {
        files
            .filter(file -> file.toString().endsWith(".java"))
            .sorted()
            .forEach(file -> all.add(read(module, file)));
      }
    }
    return all;
  }

  private static SourceFile read(String module, Path file) {
    try {
      String text = Files.readString(file);
      Matcher found = PACKAGE.matcher(text);
      if (!found.find()) {
        throw new IllegalStateException(file + " is in no package.");
      }
      Path inSources = TOP.resolve(module).resolve("src").relativize(file);
      return new SourceFile(
          TOP.relativize(file).toString(), inSources.getName(0).toString(), found.group(1), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The name of the file without its ending. */
  String simpleName() {
    return path.substring(path.lastIndexOf('/') + 1, path.length() - ".java".length());
  }

  String folder() {
    return path.substring(0, path.lastIndexOf('/'));
  }

  int lines() {
    return (int) text.lines().count();
  }

  boolean isMain() {
    return tree.equals("main") && !path.startsWith("examples/");
  }
}
