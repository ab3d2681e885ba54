package dev.sluice.pipelines.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every broken file gives exactly the messages that stand beside it. */
public class BrokenFilesTest {
  public static final Path FOLDER = Path.of("src/test/resources/broken");
  static final Map<String, String> ENVIRONMENT = Map.of("TEST_SECRET", "hunter2-do-not-show");

  public static List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".yaml"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void messages(String name) throws IOException {
    String text = Files.readString(FOLDER.resolve(name));
    LoadResult loaded =
        PipelineFile.load(name, text, Map.of(), List.of(), ENVIRONMENT, ToyStages.REGISTRY);
    String messages = loaded.mistakes().stream().map(m -> m + "\n").collect(Collectors.joining());
    Path expected = FOLDER.resolve(name.replace(".yaml", ".expected"));
    assertThat(messages).isNotEmpty().doesNotContain("hunter2");
    assertThat(loaded.spec()).isEmpty();
    assertThat(messages).isEqualTo(Files.readString(expected));
  }
}
