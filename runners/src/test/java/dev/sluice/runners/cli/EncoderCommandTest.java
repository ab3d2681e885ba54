package dev.sluice.runners.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.pipelines.models.LocalModels;
import dev.sluice.stages.filtering.FilterProblems;
import dev.sluice.stages.synthesis.SynthesizeProblems;
import dev.sluice.stages.verification.VerifySolutions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A sentence encoder in a pipeline file, from the command line to the vectors. */
@Tag("flink")
class EncoderCommandTest {
  private static final String FILE =
      """
      models:
        encoder: {provider: onnx}
        writer: {provider: djl, from: "builtin:tiny-solver"}
      pipeline:
        type: chain
        transforms:
          - {type: SynthesizeProblems, name: all, config: {shard_problems: 2, source: {kind: file, path: %s}}}
          - type: FilterProblems
            name: problems
            config:
              benchmarks: [{path: %s}]
              paraphrases: {encoder: %s, similarity: %s}
      """;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  @BeforeEach
  void problems() throws IOException {
    Files.write(
        folder.resolve("train.jsonl"),
        List.of(
            "{\"question\": \"Tom is twice as old as Ann. Ann is 12. How old is Tom?\"}",
            "{\"question\": \"A train drives 120 km at 80 km/h. How long does it take?\"}",
            "{\"question\": \"How old is Tom, if he is twice as old as Ann, who is 12?\"}",
            "{\"question\": \"Solve for x: 2x + 5 = 17\"}"));
    Files.write(
        folder.resolve("test.jsonl"),
        List.of("{\"question\": \"For which x does the equation 2x + 5 = 17 hold?\"}"));
  }

  private Said sluice(String command, String encoder, double similarity, String... more)
      throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("filter.yaml"),
            FILE.formatted(
                folder.resolve("train.jsonl"), folder.resolve("test.jsonl"), encoder, similarity));
    List<String> words = new java.util.ArrayList<>(List.of(command, file.toString(), "--json"));
    words.addAll(List.of(more));
    return Said.of(
        Toys.services(
            LocalModels.class,
            new SynthesizeProblems(),
            new FilterProblems(),
            new VerifySolutions()),
        folder.resolve("workspace"),
        words.toArray(String[]::new));
  }

  @Test
  void findsWhatSaysTheSame() throws IOException {
    Said said = sluice("run", "encoder", .8, "--quiet");
    assertThat(said.code()).as(said.err()).isZero();
    JsonNode run = said.json();
    JsonNode stage = run.path("stages").path(1);
    assertThat(stage.path("rows_out").asLong()).isEqualTo(2);
    // Five texts have vectors, each once.
    assertThat(stage.path("calls").asLong()).isEqualTo(5);
    assertThat(run.path("metrics").path(4).path("name").asText()).isEqualTo("filter/paraphrase");
    assertThat(run.path("metrics").path(4).path("value").asDouble()).isEqualTo(2);
    JsonNode plan = sluice("plan", "encoder", .95).json().path("stages").path(1);
    assertThat(plan.path("action").asText()).isEqualTo("run");
    assertThat(plan.path("reason").asText()).contains("similarity");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "writer|model 'writer' generates text and gives no vectors; an encoder is an entry such as encoder: {provider: onnx} under 'models'",
        "encoders|unknown encoder 'encoders'; an encoder is an entry such as encoder: {provider: onnx} under 'models'",
      })
  void namesWhatIsNoEncoder(String name, String message) throws IOException {
    Said said = sluice("validate", name, .9);
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.out() + said.err()).contains(message);
  }

  @Test
  void anEncoderIsNotAskedToWrite() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("votes.yaml"),
            """
            models:
              encoder: {provider: onnx}
            pipeline:
              type: chain
              transforms:
                - {type: SynthesizeProblems, name: all, config: {source: {kind: file, path: %s}}}
                - {type: VerifySolutions, name: votes, config: {model: encoder}}
            """
                .formatted(folder.resolve("train.jsonl")));
    Said said =
        Said.of(
            Toys.services(LocalModels.class, new SynthesizeProblems(), new VerifySolutions()),
            folder.resolve("workspace"),
            "validate",
            file.toString());
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.out() + said.err())
        .contains(
            "model 'encoder' is a sentence encoder, which generates nothing; name a model of another provider");
  }
}
