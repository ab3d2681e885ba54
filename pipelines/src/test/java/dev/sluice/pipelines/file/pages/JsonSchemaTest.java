package dev.sluice.pipelines.file.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.sluice.pipelines.file.BrokenFilesTest;
import dev.sluice.pipelines.file.LoadResult;
import dev.sluice.pipelines.file.PipelineFile;
import dev.sluice.pipelines.file.PipelineFileTest;
import dev.sluice.pipelines.file.ToyStages;
import dev.sluice.pipelines.file.yaml.Findings;
import dev.sluice.pipelines.file.yaml.YamlNode;
import dev.sluice.pipelines.file.yaml.YamlReader;
import dev.sluice.records.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema and the binder are made from the same records and say the same of a file. */
class JsonSchemaTest {
  private static final com.networknt.schema.JsonSchema SCHEMA =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
          .getSchema(JsonSchema.of(ToyStages.REGISTRY));

  /** Files whose mistakes lie beyond keys, types, ranges and choices. */
  private static final Set<String> BEYOND = Set.of("20-cycle", "21-models", "31-schedule-never");

  private static boolean valid(String yaml) {
    Findings findings = new Findings();
    YamlNode node = YamlReader.read("x", yaml, findings);
    assertThat(node).isNotNull();
    return SCHEMA
        .validate(Json.compact(Objects.requireNonNull(node).plain()), InputFormat.JSON)
        .isEmpty();
  }

  static List<String> brokenFiles() throws IOException {
    return BrokenFilesTest.files();
  }

  @Test
  void isJson() throws JsonProcessingException {
    assertThat(
            new ObjectMapper().readTree(JsonSchema.of(ToyStages.REGISTRY)).get("$schema").asText())
        .isEqualTo("https://json-schema.org/draft/2020-12/schema");
  }

  @Test
  void acceptsTheQuickstart() throws IOException {
    assertThat(valid(Files.readString(PipelineFileTest.QUICKSTART))).isTrue();
  }

  @ParameterizedTest
  @MethodSource("brokenFiles")
  void refusesBrokenFiles(String name) throws IOException {
    String text = Files.readString(BrokenFilesTest.FOLDER.resolve(name));
    Findings findings = new Findings();
    YamlNode node = YamlReader.read(name, text, findings);
    if (node != null && findings.count() == 0) {
      assertThat(valid(text)).isEqualTo(BEYOND.contains(name.replace(".yaml", "")));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "samples: 4",
        "samples: 4.0",
        "samples: 1e1",
        "samples: 0",
        "samples: 1024",
        "samples: 1025",
        "samples: 4.5",
        "samples: \"4\"",
        "samples: \"${param.n:4}\"",
        "samples: ~",
        "samples: [4]",
        "temperature: 2",
        "temperature: 0",
        "temperature: 2.01",
        "temperature: -1",
        "temperature: true",
        "temprature: 1",
        "model: 7",
        "model: other",
        "error_handling: {threshold: 0.5, output: bad}",
        "error_handling: {threshold: 1.5}",
        "error_handling: {treshold: 0.5}",
        "error_handling: 0.5"
      })
  void agreesWithTheBinderOnKeysOfAStage(String key) {
    String config = key.startsWith("model:") ? key : "model: policy, " + key;
    String text =
        """
        models: {policy: {provider: djl, from: builtin:tiny-solver}, other: {provider: scripted, replies: {"*": [a]}}}
        pipeline:
          transforms:
            - {type: SynthesizeProblems, config: {source: {kind: arithmetic, count: 1}}}
            - {type: SampleSolutions, config: {%s}}
        """
            .formatted(config);
    LoadResult loaded =
        PipelineFile.load("x", text, Map.of(), List.of(), Map.of(), ToyStages.REGISTRY);
    assertThat(valid(text)).isEqualTo(loaded.mistakes().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "seed: 9",
        "seed: 9.5",
        "seed: x",
        "name: other",
        "name: 7",
        "name: ~",
        "budget: {usd: 5}",
        "budget: {usd: 0}",
        "budget: {tokens: 0.5}",
        "budget: ~",
        "budget: []",
        "alerts: []",
        "alerts: [{on: failure}]",
        "alerts: [{on: fire}]",
        "alerts: {on: failure}",
        "schedule: {cron: \"@daily\", catch_up: all}",
        "schedule: {cron: \"@daily\", catch_up: some}",
        "seed: \"${param.a:1}\"\nschedule: {cron: \"@daily\", params: {a: \"2\"}}",
        "schedule: {cron: \"@daily\", params: {a: 1}}",
        "models: {a: {provider: djl, from: x, dtype: float16}}",
        "models: {a: {provider: djl, from: x, dtype: float8}}",
        "models: {a: {provider: djl}}",
        "models: {a: {from: x}}",
        "models: {a: {provider: nobody}}",
        "models: {a: {provider: scripted, from: x}}",
        "models: {a b: {provider: djl, from: x}}",
        "models: []",
        "options: {}"
      })
  void agreesWithTheBinderOnKeysOfTheFile(String key) {
    String text =
        key
            + """

            pipeline:
              type: composite
              transforms:
                - {type: SynthesizeProblems, config: {source: {kind: arithmetic, count: 1}}}
            """;
    LoadResult loaded =
        PipelineFile.load("x", text, Map.of(), List.of(), Map.of(), ToyStages.REGISTRY);
    assertThat(valid(text)).isEqualTo(loaded.mistakes().isEmpty());
  }

  @Test
  void theReferenceNamesEveryKey() {
    String page = KeyReferencePage.markdown(ToyStages.REGISTRY);
    assertThat(page)
        .contains(
            "| `reward[].votes` | a whole number of at least 1 | `1` | Votes. |\n",
            "| `source.kind: file` |  |  | Rows of a file. |\n",
            "| `optimizer.learning_rate` | a number above 0 | `0.001` | Peak learning rate. |\n",
            "| `decode_batch` | a whole number of at least 4 | `64` | Rows decoded together. *tuning* |\n",
            "Reads `verifications`, `solutions`, `problems`; writes `step_labels`.\n");
  }
}
