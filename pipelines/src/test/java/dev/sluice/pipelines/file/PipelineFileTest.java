package dev.sluice.pipelines.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PipelineFileTest {
  static final Path QUICKSTART = Path.of("src/test/resources/good/quickstart.yaml");

  @Test
  void quickstart() {
    Loaded loaded =
        PipelineFile.load(QUICKSTART, Map.of(), List.of(), Map.of(), ToyStages.REGISTRY);
    assertThat(loaded.mistakes()).isEmpty();
    for (PipelineSpec.Step s : loaded.spec().orElseThrow().stages()) {
      System.out.println(s.name() + " " + s.inputs() + " " + s.models() + " " + s.semantic());
    }
    System.out.println(loaded.json());
  }
}
