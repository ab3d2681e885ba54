package dev.sluice.runners.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Guice;
import dev.sluice.parts.Registry;
import dev.sluice.pipelines.file.PipelineFile;
import dev.sluice.runners.SluiceModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The recipes that need nothing from outside are valid, and their data is there. */
class RecipeFilesTest {
  private final Registry registry =
      Guice.createInjector(new SluiceModule()).getInstance(Registry.class);

  static List<Path> recipes() throws IOException {
    try (Stream<Path> files = Files.list(SourceFile.TOP.resolve("configs/recipes"))) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .filter(file -> !text(file).contains("${"))
          .sorted()
          .toList();
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(file.toString(), e);
    }
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void recipe_isValid_andSaysWhatItIs(Path file) throws IOException {
    assertThat(PipelineFile.load(file, Map.of(), List.of(), Map.of(), registry).mistakes())
        .isEmpty();
    assertThat(text(file).lines().limit(3))
        .contains("# yaml-language-server: $schema=../schema/pipeline.schema.json")
        .anyMatch(line -> line.matches("# [A-Z].{20,}"));
  }
}
