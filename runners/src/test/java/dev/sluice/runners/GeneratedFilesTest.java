package dev.sluice.runners;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Guice;
import dev.sluice.parts.Registry;
import dev.sluice.pipelines.file.LoadResult;
import dev.sluice.pipelines.file.PipelineFile;
import dev.sluice.pipelines.file.pages.JsonSchema;
import dev.sluice.pipelines.file.pages.KeyReferencePage;
import dev.sluice.pipelines.file.pages.MethodsPage;
import dev.sluice.pipelines.file.pages.MetricsPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is generated from the config records and committed must be what they say today. */
class GeneratedFilesTest {
  private static final Path TOP = Path.of("..");
  private final Registry registry =
      Guice.createInjector(new SluiceModule()).getInstance(Registry.class);

  @Test
  void theSchemaThatEditorsReadIsTheOneOfTheProgram() throws IOException {
    compare(TOP.resolve("configs/schema/pipeline.schema.json"), JsonSchema.of(registry));
  }

  @Test
  void theReferenceOfTheFileIsTheOneOfTheProgram() throws IOException {
    compare(TOP.resolve("docs/spec/pipeline-file.md"), KeyReferencePage.markdown(registry));
  }

  @Test
  void metricsPage_isTheOneOfTheDefinitions() throws IOException {
    compare(TOP.resolve("docs/metrics.md"), MetricsPage.markdown(registry));
  }

  @Test
  void methodsPage_isTheOneOfTheParts() throws IOException {
    compare(TOP.resolve("docs/spec/methods.md"), MethodsPage.markdown(registry));
  }

  @Test
  void everyConfigHasNoMistake() throws IOException {
    try (Stream<Path> files = Files.walk(TOP.resolve("configs"))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".yaml")).toList()) {
        Map<String, String> parameters = new HashMap<>();
        for (String name : List.of("data", "gsm8k", "model")) {
          if (Files.readString(file).contains("${param.%s}".formatted(name))) {
            parameters.put(name, "some.jsonl");
          }
        }
        LoadResult loaded = PipelineFile.load(file, parameters, List.of(), Map.of(), registry);
        assertThat(loaded.mistakes()).as(file.toString()).isEmpty();
      }
    }
  }

  private static void compare(Path file, String generated) throws IOException {
    String expected = generated.endsWith("\n") ? generated : generated + "\n";
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(file, expected);
    }
    assertThat(Files.readString(file))
        .as("%s is generated; './dev golden --update' writes it anew", file)
        .isEqualTo(expected);
  }
}
