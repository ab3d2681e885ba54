package dev.sluice.runners.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.models.numerics.MathLibrary;
import dev.sluice.models.numerics.NumericsMode;
import dev.sluice.models.numerics.Processor;
import dev.sluice.pipelines.models.LocalModels;
import dev.sluice.runners.cli.terminal.ExitCode;
import dev.sluice.stages.synthesis.SampleSolutions;
import dev.sluice.stages.synthesis.SynthesizeProblems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run says of the kernels that computed its rows. */
@Tag("flink")
class ComputedOnTest {
  private static final String FILE =
      """
      %s
      models:
        policy: {provider: djl, from: "builtin:tiny-solver"}
      pipeline:
        type: chain
        transforms:
          - {type: SynthesizeProblems, name: problems, config: {source: {kind: arithmetic, count: 4}}}
          - {type: SampleSolutions, name: solutions, config: {model: policy, samples: 2, max_tokens: 8}}
      """;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  private Said sluice(String top, String command, String... more) throws IOException {
    Path file = Files.writeString(folder.resolve("file.yaml"), FILE.formatted(top));
    List<String> words = new ArrayList<>(List.of(command));
    if (!command.equals("inspect")) {
      words.add(file.toString());
    }
    words.addAll(List.of(more));
    return Said.of(
        Toys.services(LocalModels.class, new SynthesizeProblems(), new SampleSolutions()),
        folder.resolve("workspace"),
        words.toArray(String[]::new));
  }

  @Test
  void kernels_ofTheRows_areInTheManifest_andInThePlanWhereTheyDiffer() throws IOException {
    Said ran = sluice("", "run", "--json", "--quiet");
    assertThat(ran.code()).as(ran.err()).isZero();
    String run = ran.json().path("run_id").asText();
    JsonNode drawn = sluice("", "inspect", run + "/problems", "--json").json();
    assertThat(drawn.path("manifest").path("computed_on")).isEmpty();
    Said inspected = sluice("", "inspect", run + "/solutions", "--json");
    JsonNode computed = inspected.json().path("manifest").path("computed_on");
    assertThat(computed).hasSize(1);
    assertThat(computed.get(0).path("processor").asText()).isEqualTo(Processor.current().name());
    assertThat(computed.get(0).path("kernels").asText()).isEqualTo(MathLibrary.expected(null));
    assertThat(computed.get(0).path("batch_invariant").asBoolean()).isTrue();
    assertThat(sluice("", "inspect", run + "/solutions").out())
        .contains(
            "computed on  %s, %s%n"
                .formatted(Processor.current().name(), MathLibrary.expected(null)));
    assertThat(reasons("")).containsExactly("nothing changed", "nothing changed");
    // Where portable kernels are the native ones, there is nothing to say.
    boolean same = MathLibrary.expected(NumericsMode.PORTABLE).equals(MathLibrary.expected(null));
    assertThat(reasons("numerics: portable"))
        .containsExactly(
            "nothing changed",
            same
                ? "nothing changed"
                : "nothing changed; computed with other kernels than here (%s)"
                    .formatted(MathLibrary.expected(null)));
  }

  private List<String> reasons(String top) throws IOException {
    List<String> reasons = new ArrayList<>();
    sluice(top, "plan", "--json")
        .json()
        .path("stages")
        .forEach(stage -> reasons.add(stage.path("reason").asText()));
    return reasons;
  }

  @Test
  void unknownMode_isAMistakeInTheFile() throws IOException {
    Said said = sluice("numerics: portible", "validate");
    assertThat(said.code()).isEqualTo(ExitCode.MISTAKE);
    assertThat(said.out() + said.err())
        .contains("1:11: numerics: ", "'portible'", "native, portable, fastest");
  }

  @Test
  void mode_thatTheProcessCannotTakeAnyMore_isRefused() throws IOException {
    assertThat(sluice("", "run", "--quiet").code()).isZero();
    NumericsMode now = NumericsMode.ofEnvironment();
    NumericsMode other = now == NumericsMode.FASTEST ? NumericsMode.NATIVE : NumericsMode.FASTEST;
    Said said = sluice("numerics: %s\nseed: 8".formatted(other.label()), "run", "--quiet");
    assertThat(said.code()).isNotZero();
    if (System.getenv("MKL_CBWR") != null) {
      assertThat(said.err()).contains("contradicts numerics: " + other.label());
      return;
    }
    assertThat(said.err())
        .contains(
            "This process computes with numerics '%s' already, and the pipeline asks for '%s'. Start the worker with SLUICE_NUMERICS=%s, or run the pipeline in a process of its own."
                .formatted(now.label(), other.label(), other.label()));
  }
}
