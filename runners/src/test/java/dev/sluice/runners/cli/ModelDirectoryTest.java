package dev.sluice.runners.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.models.builtin.BuiltinModels;
import dev.sluice.models.directory.ModelDirectory;
import dev.sluice.models.directory.Safetensors;
import dev.sluice.models.directory.Tensor;
import dev.sluice.pipelines.models.LocalModels;
import dev.sluice.runners.cli.terminal.ExitCode;
import dev.sluice.stages.synthesis.SampleSolutions;
import dev.sluice.stages.synthesis.SynthesizeProblems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Model directories that a file names, before and in a run. */
class ModelDirectoryTest {
  private Path folder;
  private Path workspace;
  private Path file;

  @BeforeEach
  void writeFile(@TempDir Path temporary) throws IOException {
    folder = temporary;
    workspace = temporary.resolve("workspace");
    file =
        Files.writeString(
            temporary.resolve("p.yaml"),
            """
            models:
              mine: {provider: djl, from: mine}
            pipeline:
              type: chain
              transforms:
                - {type: SynthesizeProblems, name: problems, config: {source: {kind: arithmetic, count: 1}}}
                - {type: SampleSolutions, name: solved, config: {model: mine, samples: 1, max_tokens: 3}}
            """);
  }

  private Said sluice(String... words) {
    return Said.of(
        Toys.services(LocalModels.class, new SynthesizeProblems(), new SampleSolutions()),
        workspace,
        words);
  }

  /** The built-in solver with a head of its own that its configuration does not speak of. */
  private void modelWithAHead() throws IOException {
    Path from = BuiltinModels.folder("tiny-solver");
    Path mine = Files.createDirectory(folder.resolve("mine"));
    try (Stream<Path> files = Files.list(from)) {
      for (Path each : files.toList()) {
        Files.copy(each, mine.resolve(each.getFileName()));
      }
    }
    ObjectMapper json = new ObjectMapper();
    Path config = mine.resolve("config.json");
    ObjectNode keys = (ObjectNode) json.readTree(config.toFile());
    json.writeValue(config.toFile(), keys.put("tie_word_embeddings", true));
    Map<String, Tensor> tensors = new LinkedHashMap<>(ModelDirectory.weights(from).tensors());
    Tensor embedding = Objects.requireNonNull(tensors.get("model.embed_tokens.weight"));
    float[] values = embedding.values().clone();
    values[0] += 1;
    tensors.put("lm_head.weight", new Tensor(embedding.shape(), values));
    Safetensors.write(mine.resolve("model.safetensors"), tensors, Map.of("format", "pt"));
  }

  @Test
  void headThatIsKept_isToldOnceByValidateAndByRun() throws IOException {
    modelWithAHead();
    String warning =
        "warning: %s:2:31: models.mine.from: %s/mine/model.safetensors: config.json says tie_word_embeddings: true, but lm_head.weight differs from model.embed_tokens.weight."
            .formatted(file, folder);
    Said validated = sluice("validate", file.toString());
    assertThat(validated.code()).isZero();
    assertThat(validated.out().lines().filter(line -> line.startsWith("warning: ")))
        .singleElement()
        .asString()
        .startsWith(warning);
    Said run = sluice("run", file.toString(), "--runner", "direct");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err().lines().filter(line -> line.contains("tie_word_embeddings")))
        .singleElement()
        .asString()
        .startsWith(warning);
    try (Stream<Path> runs = Files.list(workspace.resolve("runs"))) {
      Path only = runs.filter(Files::isDirectory).findFirst().orElseThrow();
      assertThat(Files.readAllLines(only.resolve("events.jsonl")))
          .filteredOn(line -> line.contains("tie_word_embeddings"))
          .hasSize(1);
    }
  }

  @Test
  void directoryThatHoldsNoModel_isAMistakeOfTheFile() throws IOException {
    Path mine = Files.createDirectory(folder.resolve("mine"));
    String begin = file + ":2:31: models.mine.from: ";
    assertThat(sluice("validate", file.toString()).out())
        .startsWith(begin)
        .contains(mine + "/config.json");
    Files.copy(
        BuiltinModels.folder("tiny-solver").resolve("config.json"), mine.resolve("config.json"));
    Said said = sluice("validate", file.toString());
    assertThat(said.code()).isEqualTo(ExitCode.MISTAKE);
    assertThat(said.out())
        .isEqualTo(
            begin + mine + "/model.safetensors does not exist; a model directory needs it.\n");
    Files.writeString(mine.resolve("model.safetensors"), "cut");
    assertThat(sluice("validate", file.toString()).out())
        .startsWith(begin + mine + "/model.safetensors");
  }

  @Test
  void nameOfNoBuiltinModel_isAMistakeOfTheFile() throws IOException {
    Said said = sluice("validate", file.toString(), "--set", "models.mine.from=builtin:tiny-solvr");
    assertThat(said.code()).isEqualTo(ExitCode.MISTAKE);
    assertThat(said.out())
        .isEqualTo(
            "--set:1:18: models.mine.from: There is no built-in model 'tiny-solvr'; there are tiny-solver, tiny-verifier.\n");
  }
}
