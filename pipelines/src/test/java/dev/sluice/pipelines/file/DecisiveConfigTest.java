package dev.sluice.pipelines.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.pipelines.file.yaml.Findings;
import dev.sluice.pipelines.file.yaml.YamlNode;
import dev.sluice.pipelines.file.yaml.YamlReader;
import dev.sluice.records.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What a fingerprint sees of a config: no key at its default, whether or not the file writes it.
 */
class DecisiveConfigTest {

  @TestFactory
  Stream<DynamicTest> configWithEveryDefaultWritten_isDecisiveAsWithout() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of("../configs"))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".yaml")).sorted().toList()) {
        String text = Files.readString(file);
        // Formats of exports are in a module that this one does not know.
        if (text.contains("${param.") || text.contains("type: Export")) {
          continue;
        }
        PipelineSpec spec =
            PipelineFile.load(file, Map.of(), List.of(), Map.of(), RealStagesTest.REGISTRY)
                .spec()
                .orElseThrow();
        for (StageSpec step : spec.stages()) {
          tests.add(
              DynamicTest.dynamicTest(
                  file.getFileName() + " " + step.name(),
                  () -> assertThat(deciding(written(step))).isEqualTo(deciding(step.texts()))));
        }
      }
    }
    assertThat(tests).hasSizeGreaterThan(40);
    return tests.stream();
  }

  /** All texts but the full one, whose paths count from the folder of the file. */
  private static List<Object> deciding(ConfigTexts texts) {
    return List.of(
        texts.semantic(), texts.semanticOfUnit(), texts.decisive(), texts.decisiveOfUnit());
  }

  /** The texts of a stage whose file writes every key, defaults included. */
  private static ConfigTexts written(StageSpec step) {
    Findings findings = new Findings();
    YamlNode node = Objects.requireNonNull(YamlReader.read("x", step.texts().full(), findings));
    Record config =
        new Binder(findings).block(step.type().configType(), (YamlNode.Mapping) node, Set.of());
    assertThat(findings.count()).isZero();
    return ConfigTexts.of(Objects.requireNonNull(config), Map.of());
  }

  @Test
  void decisiveConfig_ofAQuickstartStage_holdsWhatIsNotADefault() {
    PipelineSpec spec =
        PipelineFile.load(
                PipelineFileTest.QUICKSTART, Map.of(), List.of(), Map.of(), RealStagesTest.REGISTRY)
            .spec()
            .orElseThrow();
    assertThat(texts(spec, "problems").decisive())
        .isEqualTo("{\"source\":{\"count\":300,\"kind\":\"arithmetic\"}}");
    assertThat(texts(spec, "grpo").decisive()).contains("\"rounds\":40");
    assertThat(texts(spec, "grpo").decisiveOfUnit())
        .isEqualTo(texts(spec, "grpo").decisive().replaceFirst(",\"rounds\":40", ""))
        .doesNotContain("epsilon");
    assertThat(texts(spec, "rubrics").decisive()).isEqualTo("{}");
    assertThat(Json.line(texts(spec, "problems").semantic()))
        .contains("\"ops\":{\"max\":6,\"min\":3}")
        .contains("\"salt\":\"\"");
  }

  private static ConfigTexts texts(PipelineSpec spec, String stage) {
    return Objects.requireNonNull(spec.stage(stage)).texts();
  }
}
