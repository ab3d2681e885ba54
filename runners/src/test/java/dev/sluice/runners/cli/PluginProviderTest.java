package dev.sluice.runners.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.models.provider.ModelsPlugin;
import dev.sluice.parts.SluicePlugin;
import dev.sluice.pipelines.file.StageTypes;
import dev.sluice.stages.reward.TrainReward;
import dev.sluice.stages.synthesis.SampleSolutions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A provider that only a third party's jar brings, from the command line. */
@Tag("flink")
final class PluginProviderTest {
  private static final String FILE =
      """
      name: echoed
      models:
        parrot: {provider: echo, %s}
      pipeline:
        type: chain
        transforms:
          - {type: Make, name: made, config: {shards: 4}}
          - {type: SampleSolutions, name: solved, config: {model: parrot, samples: 2, max_tokens: 30}}
      """;

  private Path folder;
  private Path jar;

  @BeforeEach
  void ship(@TempDir Path temporary) throws IOException {
    folder = temporary;
    jar = PluginJar.write(temporary.resolve("echo-1.jar"), "one");
  }

  private Said sluice(String keys, String command, String... more) throws IOException {
    return sluice(FILE.formatted(keys), jar, command, more);
  }

  private Said sluice(String text, Path from, String command, String... more) throws IOException {
    Path file = Files.writeString(folder.resolve("echoed.yaml"), text);
    List<String> words = new ArrayList<>(List.of(command, file.toString()));
    words.addAll(List.of(more));
    SluicePlugin stages =
        StageTypes.plugin(
            List.of(
                new Toys.MakeType(),
                new Toys.CountType(),
                new SampleSolutions(),
                new TrainReward()));
    return Said.of(
        Toys.services(new ModelsPlugin(), stages, PluginJar.load(from)),
        folder.resolve("workspace"),
        words.toArray(String[]::new));
  }

  private JsonNode planned(String keys, Path from) throws IOException {
    Said said = sluice(FILE.formatted(keys), from, "plan", "--json");
    assertThat(said.code()).as(said.err()).isZero();
    return said.json().path("stages").path(1);
  }

  /** The texts of the solutions that a run makes. */
  private List<String> solved(String keys, String... options) throws IOException {
    List<String> words = new ArrayList<>(List.of("--json", "--quiet"));
    words.addAll(List.of(options));
    Said said = sluice(keys, "run", words.toArray(String[]::new));
    assertThat(said.code()).as(said.err()).isZero();
    String stage = said.json().path("run_id").asText() + "/solved";
    Said rows =
        Said.of(
            Toys.services(),
            folder.resolve("workspace"),
            "inspect",
            stage,
            "--json",
            "--rows",
            "100");
    assertThat(rows.code()).as(rows.err()).isZero();
    return rows.json().path("rows").findValuesAsText("text");
  }

  @Test
  void runOnFlink_pluginProvider_answersAndIsReused() throws IOException {
    assertThat(sluice("before: \"Hm: \"", "validate").code()).isZero();
    assertThat(solved("before: \"Hm: \"")).hasSize(24).allMatch(text -> text.startsWith("Hm: "));

    JsonNode again = planned("before: \"Hm: \"", jar);
    assertThat(again.path("action").asText()).isEqualTo("reuse");
    assertThat(planned("before: \"Hm: \", volume: 3", jar).path("action").asText())
        .isEqualTo("reuse");
    JsonNode other = planned("before: \"Oh: \"", jar);
    assertThat(other.path("action").asText()).isEqualTo("run");
    assertThat(other.path("reason").asText()).isEqualTo("the model at `model` changed");

    Path renamed = Files.copy(jar, folder.resolve("echo-copy.jar"));
    assertThat(planned("before: \"Hm: \"", renamed).path("action").asText()).isEqualTo("reuse");
    Path mended = PluginJar.write(folder.resolve("echo-2.jar"), "two");
    JsonNode changed = planned("before: \"Hm: \"", mended);
    assertThat(changed.path("action").asText()).isEqualTo("run");
    assertThat(changed.path("reason").asText()).isEqualTo("the plugin echo-2.jar changed");
  }

  @Test
  void runDirect_changedKey_makesOtherRows() throws IOException {
    assertThat(solved("before: \"Hm: \"", "--runner", "direct"))
        .hasSize(24)
        .allMatch(text -> text.startsWith("Hm: "));
    assertThat(solved("volume: 2", "--runner", "direct"))
        .hasSize(24)
        .allMatch(text -> text.startsWith("Again: "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "befor: x|unknown key 'befor'",
        "volume: 0|must be a whole number of at least 1, but is 0",
        "before: ' '|before must not be blank",
      })
  void validate_mistakeInPluginsKeys_saysIt(String keys, String message) throws IOException {
    Said said = sluice(keys, "validate");
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.out() + said.err()).contains(message);
  }

  @Test
  void validate_pluginProviderThatIsTrained_isRefused() throws IOException {
    Said said =
        sluice(
            FILE.formatted("volume: 1")
                .replace(
                    "SampleSolutions, name: solved, config: {model: parrot, samples: 2, max_tokens: 30}",
                    "TrainReward, name: reward, config: {model: parrot, steps: 1}"),
            jar,
            "validate");
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.out() + said.err())
        .contains(
            "model 'parrot' of the provider 'echo' has no weights here; stage 'reward' trains it or reads its tokens, so name a model of the provider 'djl'");
  }

  @Test
  void validate_misspeltPluginProvider_namesIt() throws IOException {
    Said said = sluice(FILE.formatted("volume: 1").replace("echo,", "ecko,"), jar, "validate");
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.out() + said.err()).contains("did you mean 'echo'?");
  }
}
