package dev.sluice.pipelines.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.pipelines.file.yaml.Mistake;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a file takes from the environment is in no name, and a file that never ends is not read. */
class SecretNamesTest {
  private static final String SMALL =
      """
      name: %s
      models:
        policy: {provider: djl, from: builtin:tiny-solver}
      pipeline:
        transforms:
          - type: SynthesizeProblems
            config: {source: {kind: file, path: "${param.day}.jsonl"}}
          - {type: SampleSolutions, name: solutions, config: {model: policy}}
      """;

  private static LoadResult load(String name) {
    return PipelineFile.load(
        "small.yaml",
        SMALL.formatted(name),
        Map.of("day", "monday"),
        List.of(),
        Map.of("TOKEN", "s3cret"),
        ToyStages.REGISTRY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "${TOKEN}",
        "run-${TOKEN}",
        "\"${TOKEN}-1\"",
        "'a${TOKEN}b'",
        "${param.day}-${TOKEN}"
      })
  void nameFromTheEnvironment_isRefusedWithoutShowingIt(String name) {
    LoadResult loaded = load(name);
    assertThat(loaded.spec()).isEmpty();
    assertThat(loaded.mistakes().stream().map(Mistake::toString))
        .singleElement()
        .satisfies(
            mistake ->
                assertThat(mistake)
                    .startsWith("small.yaml:1:")
                    .contains(
                        "'name' is written to the ledger, to reports and to alerts, so it takes nothing from the environment, which may be secret; write it out, or take it from a parameter (${param.NAME})")
                    .doesNotContain("s3cret"));
  }

  /** A file in which each of these may be taken from somewhere; PLACE is the one that is. */
  private static final String WRITTEN =
      """
      name: small
      models:
        served: {provider: openai, base_url: "http://127.0.0.1:1/v1", model: MODEL, revision: REVISION}
      pipeline:
        transforms:
          - {type: SynthesizeProblems, name: FIRST, config: {source: {kind: file, path: "a.jsonl"}}}
          - {type: SampleSolutions, name: solutions, config: {model: served, error_handling: {output: OUTPUT}}}
      schedule: {cron: "0 2 * * *", params: {day: DAY}, jitter: JITTER}
      alerts:
        - {metric: METRIC, below: 0.5, webhook: "https://example.com/x"}
      """;

  @ParameterizedTest
  @ValueSource(strings = {"MODEL", "REVISION", "FIRST", "OUTPUT", "DAY", "JITTER", "METRIC"})
  void whatIsWrittenAsItIs_takesNothingFromTheEnvironment(String place) {
    String text = WRITTEN.replace(place, "\"x-${TOKEN}\"");
    List<String> mistakes =
        PipelineFile.load(
                "small.yaml",
                text,
                Map.of(),
                List.of(),
                Map.of("TOKEN", "s3cret"),
                ToyStages.REGISTRY)
            .mistakes()
            .stream()
            .map(Mistake::toString)
            .toList();
    assertThat(mistakes)
        .filteredOn(
            each ->
                each.contains(
                    ", so it takes nothing from the environment, which may be secret; write it out, or take it from a parameter (${param.NAME})"))
        .hasSize(1);
    assertThat(mistakes).noneSatisfy(each -> assertThat(each).contains("s3cret"));
  }

  @Test
  void nameFromAParameter_isTaken() {
    assertThat(load("run-${param.day}").spec().orElseThrow().name()).isEqualTo("run-monday");
  }

  @Test
  @Timeout(60)
  void pipeInPlaceOfAPipelineFile_isRefused(@TempDir Path folder) throws Exception {
    Path pipe = folder.resolve("p.yaml");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Path zero = Files.createSymbolicLink(folder.resolve("z.yaml"), Path.of("/dev/zero"));
    for (Path file : List.of(pipe, zero)) {
      LoadResult loaded =
          PipelineFile.load(file, Map.of(), List.of(), Map.of(), ToyStages.REGISTRY);
      assertThat(loaded.mistakes().stream().map(Mistake::toString))
          .singleElement()
          .satisfies(
              mistake ->
                  assertThat(mistake)
                      .startsWith(file + ":1:1")
                      .contains(
                          "this is a pipe, a socket or a device, and only regular files are read; copy its content into a file"));
    }
  }
}
