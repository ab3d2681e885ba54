package dev.sluice.runners.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.pipelines.models.LocalModels;
import dev.sluice.runners.cli.FaultyServer.End;
import dev.sluice.runners.cli.FaultyServer.Fault;
import dev.sluice.stages.synthesis.SampleSolutions;
import dev.sluice.stages.verification.VerifySolutions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A chain with a judge at a server of which three of ten answers are faulty, in every way. */
@Tag("flink")
final class ThirtyPercentFaultsTest {
  private static final int PROBLEMS = 120;
  private static final int ATTEMPTS = 2;

  private static final String FILE =
      """
      name: faulty
      models:
        solver:
          provider: openai
          base_url: "%s"
          model: faulty
          revision: "1"
          endpoint: completions
          max_attempts: %d
          max_in_flight: 32
          timeouts: {first_token: 4s, total: 5s}
          price: {prompt: 1, completion: 2}
      pipeline:
        type: composite
        transforms:
          - {type: Make, name: made, config: {shards: %d}}
          - type: SampleSolutions
            name: solved
            input: made
            config: {model: solver, samples: 1, max_tokens: 30, error_handling: {threshold: 1}}
          - type: VerifySolutions
            name: voted
            input: {solutions: solved, problems: made}
            config: {model: solver, votes: 1, granularity: outcome, max_tokens: 30, error_handling: {threshold: 1}}
      """;

  private Path workspace;
  private Path file;

  @BeforeEach
  void begin(@TempDir Path folder) {
    workspace = folder.resolve("workspace");
    file = folder.resolve("faulty.yaml");
    Toys.poison = "";
  }

  private Said sluice(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.add("--json");
    all.add("--quiet");
    return Said.of(
        Toys.services(
            LocalModels.class, new Toys.MakeType(), new SampleSolutions(), new VerifySolutions()),
        workspace,
        all.toArray(String[]::new));
  }

  private JsonNode rows(String target, String... more) throws IOException {
    List<String> words = new ArrayList<>(List.of("inspect", target, "--rows", "9999"));
    words.addAll(List.of(more));
    return sluice(words.toArray(String[]::new)).json().path("rows");
  }

  @Test
  void everyRowIsThereOrDead_tokensAddUp_andAHealthyServerMendsWhatMayBeMended()
      throws IOException {
    try (FaultyServer server = new FaultyServer()) {
      Files.writeString(file, FILE.formatted(server.url(), ATTEMPTS, PROBLEMS / 3));
      Said said = sluice("run", file.toString());
      assertThat(said.code()).as(said.err()).isZero();
      JsonNode report = said.json();
      String run = report.path("run_id").asText();
      Map<String, Integer> tries = server.tries();
      assertThat(FaultyServer.met(tries)).isEqualTo(EnumSet.allOf(Fault.class));
      tries.forEach(
          (prompt, count) ->
              assertThat(count).as(prompt).isEqualTo(FaultyServer.end(prompt, ATTEMPTS).tries()));

      long solutions = balanced(report.path("stages").path(1), PROBLEMS, tries, "Solve");
      balanced(report.path("stages").path(2), solutions, tries, "");
      for (String stage : List.of("solved", "voted")) {
        deadOfWhatTheyMet(run, stage, tries);
      }
      flawsAreCounted(report, tries);

      server.heal();
      Said retried = sluice("retry-dead", run);
      assertThat(retried.code()).as(retried.err()).isZero();
      Said last = sluice("run", file.toString());
      assertThat(last.code()).as(last.err()).isZero();
      String mended = last.json().path("run_id").asText();
      long filtered = count(tries, "Solve", Fault.FILTERED);
      JsonNode solved = last.json().path("stages").path(1);
      assertThat(solved.path("rows_dead").asLong()).isEqualTo(filtered).isPositive();
      assertThat(solved.path("rows_out").asLong()).isEqualTo(PROBLEMS - filtered);
      for (String stage : List.of("solved", "voted")) {
        assertThat(rows(mended + "/" + stage, "--table", "dead_letters"))
            .allSatisfy(
                letter ->
                    assertThat(letter.path("error_class").asText()).isEqualTo("content_filter"));
      }
      JsonNode voted = last.json().path("stages").path(2);
      assertThat(voted.path("rows_expected").asLong())
          .isEqualTo(PROBLEMS - filtered)
          .isEqualTo(voted.path("rows_out").asLong() + voted.path("rows_dead").asLong());
      assertThat(sluice("retry-dead", mended).err()).isEmpty();
    }
  }

  private static boolean of(String prompt, String begin) {
    return begin.isEmpty() ? !prompt.startsWith("Solve") : prompt.startsWith(begin);
  }

  private static long count(Map<String, Integer> tries, String begin, Fault last) {
    return tries.keySet().stream()
        .filter(prompt -> of(prompt, begin))
        .filter(prompt -> FaultyServer.end(prompt, ATTEMPTS).last() == last)
        .count();
  }

  /** In = out + dead, as drawn, and tokens and money are the sum of the rows'. */
  private long balanced(JsonNode stage, long in, Map<String, Integer> tries, String begin)
      throws IOException {
    long dead =
        tries.keySet().stream()
            .filter(prompt -> of(prompt, begin))
            .filter(prompt -> FaultyServer.end(prompt, ATTEMPTS).dead())
            .count();
    assertThat(dead).isPositive();
    assertThat(stage.path("rows_expected").asLong()).isEqualTo(in);
    assertThat(stage.path("rows_dead").asLong()).isEqualTo(dead);
    assertThat(stage.path("rows_out").asLong()).isEqualTo(in - dead);
    long prompt = 0;
    long completion = 0;
    JsonNode rows = rows(stage.path("artifact").asText());
    assertThat(rows).hasSize((int) (in - dead));
    for (JsonNode row : rows) {
      prompt += row.path("prompt_tokens").asLong();
      completion += row.path("completion_tokens").asLong();
    }
    assertThat(stage.path("prompt_tokens").asLong()).isEqualTo(prompt);
    assertThat(stage.path("completion_tokens").asLong()).isEqualTo(completion);
    assertThat(stage.path("cost_usd").asDouble())
        .isCloseTo((prompt + 2 * completion) / 1e6, within(1e-12));
    return in - dead;
  }

  private void deadOfWhatTheyMet(String run, String stage, Map<String, Integer> tries)
      throws IOException {
    Map<String, Integer> expected = new TreeMap<>();
    for (String prompt : tries.keySet()) {
      End end = FaultyServer.end(prompt, ATTEMPTS);
      if (end.dead() && of(prompt, stage.equals("solved") ? "Solve" : "")) {
        expected.merge(end.last().errorClass, 1, Integer::sum);
      }
    }
    Map<String, Integer> found = new TreeMap<>();
    JsonNode letters = rows(run + "/" + stage, "--table", "dead_letters");
    for (JsonNode letter : letters) {
      found.merge(letter.path("error_class").asText(), 1, Integer::sum);
      assertThat(letter.path("retriable").asBoolean())
          .isEqualTo(!letter.path("error_class").asText().equals("content_filter"));
    }
    assertThat(found).isEqualTo(expected);
    assertThat(letters).extracting(each -> each.path("record_id").asText()).doesNotHaveDuplicates();
  }

  private static void flawsAreCounted(JsonNode report, Map<String, Integer> tries) {
    Map<String, Long> expected = new TreeMap<>();
    for (Fault flaw : List.of(Fault.UNPAIRED, Fault.OVERLONG)) {
      for (String stage : List.of("solved", "voted")) {
        long count = count(tries, stage.equals("solved") ? "Solve" : "", flaw);
        if (count > 0) {
          expected.put(stage + " replies/" + flaw.name().toLowerCase(Locale.ROOT), count);
        }
      }
    }
    Map<String, Long> found = new TreeMap<>();
    report
        .path("metrics")
        .forEach(
            metric ->
                found.put(
                    metric.path("stage").asText() + " " + metric.path("name").asText(),
                    metric.path("value").asLong()));
    assertThat(expected).isNotEmpty();
    assertThat(found).isEqualTo(expected);
  }
}
