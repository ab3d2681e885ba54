package dev.sluice.runners.cli.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.runners.cli.Said;
import dev.sluice.runners.cli.terminal.ExitCode;
import dev.sluice.runners.cli.terminal.Services;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("flink")
class PromptsCommandTest {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  private Said sluice(String... words) {
    return Said.of(new Services(), folder.resolve("workspace"), words);
  }

  @Test
  void list_namesThePromptsAndWhatTheyAskFor() throws IOException {
    Said said = sluice("prompts", "list");
    assertThat(said.code()).isZero();
    assertThat(said.out())
        .contains("think_prm", "final_verification", "ThinkPRM, arXiv 2504.16828");
    JsonNode json = sluice("prompts", "list", "--json").json().path("prompts");
    assertThat(json).hasSize(17);
    assertThat(json.path(0).path("name").asText()).isEqualTo("task");
    assertThat(json.path(1).path("asks_for").asText()).isEqualTo("steps");
  }

  @Test
  void show_printsAFileThatIsReadAsAPrompt() throws IOException {
    Said said = sluice("prompts", "show", "yes_no");
    assertThat(said.code()).isZero();
    assertThat(said.out()).startsWith("name: yes_no\n").contains("\nreply: {kind: word}\n");
    assertThat(sluice("prompts", "show", "yes_no", "--json").json().path("yaml").asText())
        .isEqualTo(said.out());
    Said near = sluice("prompts", "show", "yes-no");
    assertThat(near.code()).isEqualTo(ExitCode.MISTAKE);
    assertThat(near.err())
        .isEqualTo(
            "There is no prompt 'yes-no'; did you mean 'yes_no'? 'sluice prompts list' lists all.\n");
    assertThat(sluice("prompts", "show", "task").err()).contains("The prompt 'task' is no file");
  }

  @Test
  void try_showsThePromptOfARowWithReplyAndReading() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("p.yaml"),
            """
            models:
              m: {provider: djl, from: "builtin:tiny-solver"}
            pipeline:
              type: chain
              transforms:
                - {type: SynthesizeProblems, config: {source: {kind: arithmetic, count: 1}}}
                - {type: SampleSolutions, config: {model: m, samples: 2, max_tokens: 4}}
            """);
    Said run = sluice("run", file.toString(), "--json");
    assertThat(run.code()).as(run.err()).isZero();
    String id = run.json().path("run_id").asText();
    JsonNode rows =
        sluice("inspect", id + "/SampleSolutions", "--rows", "2", "--json").json().path("rows");
    String row = id + "/SampleSolutions:" + rows.path(0).path("solution_id").asText();
    String problem =
        sluice("inspect", id + "/SynthesizeProblems", "--rows", "1", "--json")
            .json()
            .path("rows")
            .path(0)
            .path("messages")
            .path(0)
            .path("content")
            .asText();
    Path judge =
        Files.writeString(
            folder.resolve("judge.yaml"),
            """
            asks_for: outcome
            system: Be strict.
            user: "{{ problem }} {{ siblings | length }}"
            reply: {kind: regex, pattern: "(?s)(?<all>.*)"}
            """);
    Said wrong = sluice("prompts", "try", judge.toString(), "--row", row);
    assertThat(wrong.code()).isEqualTo(ExitCode.MISTAKE);
    assertThat(wrong.err()).contains("judge.yaml:4:8: ", "the parser 'regex' reads no verdict");
    Files.writeString(
        judge, Files.readString(judge).replace("(?<all>.*)", "(?<all>.*)(?<verdict>yes)?"));
    Said shown = sluice("prompts", "try", judge.toString(), "--row", row);
    assertThat(shown.err()).isEmpty();
    assertThat(shown.out()).isEqualTo("--- system\nBe strict.\n--- prompt\n" + problem + " 1\n");
    Path brief =
        Files.writeString(
            folder.resolve("short.yaml"),
            """
            asks_for: outcome
            user: "{{ problem }}:"
            reply: {kind: regex, pattern: "(?s)(?<all>.+)(?<verdict>yes)?"}
            """);
    String[] words = {
      "prompts", "try", brief.toString(), "--row", row, "--model", "m", "--max-tokens", "3"
    };
    Said replied = sluice(words);
    assertThat(replied.code()).as(replied.err()).isZero();
    String[] asJson = Arrays.copyOf(words, words.length + 1);
    asJson[words.length] = "--json";
    JsonNode asked = sluice(asJson).json();
    assertThat(asked.path("text").asText()).isEqualTo(problem + ":");
    assertThat(asked.path("reply").asText()).isNotEmpty();
    assertThat(asked.path("fields").path("all").asText()).isEqualTo(asked.path("reply").asText());
    assertThat(replied.out())
        .startsWith("--- prompt\n" + problem + ":\n--- reply (length)\n")
        .endsWith("all: " + asked.path("reply").asText() + "\n");
    assertThat(sluice("prompts", "try", judge.toString(), "--row", row, "--model", "m").err())
        .contains("The model 'm' gave no reply: ");
    Said task = sluice("prompts", "try", "task", "--asks-for", "solution", "--row", row);
    assertThat(task.out()).isEqualTo("--- prompt\n" + problem + ":\n");
    Said unknown = sluice("prompts", "try", "task", "--row", row, "--model", "n");
    assertThat(unknown.err()).contains("The run's file has no model 'n'").contains("it has m");
    assertThat(sluice("prompts", "try", "task", "--row", "nowhere").code())
        .isEqualTo(ExitCode.MISTAKE);
  }

  @Test
  void run_withAParserThatNeverMatches_countsAbstentionsAndWarnsWithAnExample() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("p.yaml"),
            """
            models:
              m: {provider: djl, from: "builtin:tiny-solver"}
            pipeline:
              type: chain
              transforms:
                - {type: SynthesizeProblems, config: {source: {kind: arithmetic, count: 1}}}
                - {type: SampleSolutions, config: {model: m, samples: 2, max_tokens: 4}}
                - type: VerifySolutions
                  config:
                    model: m
                    votes: 2
                    granularity: outcome
                    max_tokens: 3
                    temperature: 0
                    prompt: {template: "{{ problem }}:", reply: {kind: boxed}}
            """);
    Said run = sluice("run", file.toString(), "--json", "--quiet");
    assertThat(run.code()).as(run.err()).isZero();
    JsonNode stage = run.json().path("stages").path(2);
    assertThat(stage.path("rows_out").asInt()).isEqualTo(4);
    assertThat(stage.path("rows_unparsed").asInt()).isEqualTo(4);
    String text =
        sluice(
                "inspect",
                run.json().path("run_id").asText() + "/VerifySolutions",
                "--rows",
                "1",
                "--json")
            .json()
            .path("rows")
            .path(0)
            .path("text")
            .asText();
    assertThat(text).isNotEmpty();
    assertThat(run.err())
        .as("without progress")
        .hasLineCount(1)
        .startsWith("warning: VerifySolutions: ")
        .contains(
            "4 of 4 replies say nothing that can be read as what was asked for, and do not count. One of them: '"
                + text.replaceAll("\\s+", " ").strip()
                + "'.");
  }
}
