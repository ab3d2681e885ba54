package dev.sluice.runners.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Guice;
import dev.sluice.parts.Registry;
import dev.sluice.pipelines.file.PipelineFile;
import dev.sluice.runners.SluiceModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pipeline files that README and the documents show can be run as they are. */
class DocumentedFilesTest {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```ya?ml\\n(.*?)^```");
  private static final Pattern PIPELINE = Pattern.compile("(?m)^pipeline:");
  private static final Pattern PARAMETER = Pattern.compile("\\$\\{param\\.(\\w+)\\}");

  private final Registry registry =
      Guice.createInjector(new SluiceModule()).getInstance(Registry.class);

  @Test
  void pipelineFileInADocument_isValid(@TempDir Path folder) throws IOException {
    int seen = 0;
    List<String> mistakes = new ArrayList<>();
    for (Path document : documents()) {
      Matcher blocks = BLOCK.matcher(Files.readString(document));
      while (blocks.find()) {
        String text = blocks.group(1);
        if (PIPELINE.matcher(text).find()) {
          seen++;
          Path file = Files.writeString(folder.resolve("pipeline-" + seen + ".yaml"), text);
          PipelineFile.load(file, parameters(text), List.of(), Map.of(), registry)
              .mistakes()
              .forEach(each -> mistakes.add(SourceFile.TOP.relativize(document) + ": " + each));
        }
      }
    }
    assertThat(mistakes)
        .as("A YAML block of a document is no valid pipeline file: correct the block.")
        .isEmpty();
    assertThat(seen).as("The documents show no pipeline file.").isPositive();
  }

  private static Map<String, String> parameters(String text) {
    Map<String, String> values = new HashMap<>();
    Matcher found = PARAMETER.matcher(text);
    while (found.find()) {
      values.put(found.group(1), "some.jsonl");
    }
    return values;
  }

  private static List<Path> documents() throws IOException {
    List<Path> documents = new ArrayList<>();
    for (String folder : List.of("docs", "configs", "examples")) {
      try (Stream<Path> files = Files.walk(SourceFile.TOP.resolve(folder))) {
        files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(documents::add);
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
    }
    documents.add(SourceFile.TOP.resolve("README.md"));
    documents.add(SourceFile.TOP.resolve("CONTRIBUTING.md"));
    return documents;
  }
}
