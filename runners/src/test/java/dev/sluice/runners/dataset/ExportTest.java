package dev.sluice.runners.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.runners.cli.Said;
import dev.sluice.runners.cli.terminal.Services;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stage in runs, on Beam's direct runner. */
@Tag("flink")
final class ExportTest {
  private static final String PROBLEMS =
      "{type: SynthesizeProblems, name: problems, config: {shard_problems: 6, source: {kind: arithmetic, count: 24}}}";

  /** The first ten of the problems. */
  private static final String HELD_OUT =
      "{type: SynthesizeProblems, name: held_out, config: {source: {kind: arithmetic, count: 10}}}";

  private static final String REPORT =
      "{type: Evaluate, name: report, input: {problems: held_out}, config: {base: tiny}}";

  private Path folder;
  private Path workspace;

  @BeforeEach
  void name(@TempDir Path temporary) {
    folder = temporary;
    workspace = temporary.resolve("workspace");
  }

  private Said sluice(String command, String transforms, String... words) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("file.yaml"),
            """
            name: small
            seed: 7
            models:
              tiny: {provider: djl, from: builtin:tiny-solver}
            pipeline:
              type: chain
              transforms:
            """
                + transforms
                    .lines()
                    .map(line -> "    - " + line + "\n")
                    .reduce("", String::concat));
    return Said.of(
        new Services(),
        workspace,
        Stream.concat(Stream.of(command, file.toString()), Stream.of(words))
            .toArray(String[]::new));
  }

  private Said run(String transforms, String... words) throws IOException {
    return sluice(
        "run",
        transforms,
        Stream.concat(Stream.of("--runner", "direct", "--json", "--quiet"), Stream.of(words))
            .toArray(String[]::new));
  }

  private static String export(String config) {
    return "{type: Export, name: dataset, config: {%s}}".formatted(config);
  }

  private static JsonNode stage(Said run, String name) throws IOException {
    for (JsonNode stage : run.json().path("stages")) {
      if (stage.path("name").asText().equals(name)) {
        return stage;
      }
    }
    throw new AssertionError("no stage " + name + " in " + run.out());
  }

  private static Map<String, String> texts(Path in) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    try (Stream<Path> files = Files.walk(in)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        texts.put(
            in.relativize(file).toString(),
            new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
    }
    return texts;
  }

  /** A file of the copy. */
  private String text(String file) throws IOException {
    return Files.readString(folder.resolve("out").resolve(file));
  }

  @Test
  void dataset_isTheArtifact_outACopyThatComesBack_andWhatTheCommandWrites() throws IOException {
    String file =
        PROBLEMS
            + "\n"
            + export(
                "format: trl/prompt-only, out: out, split: {train: 0.75, test: 0.25}, columns: [prompt, problem_id, run]");
    Said first = run(file);
    assertThat(first.code()).as(first.err()).isZero();
    assertThat(stage(first, "dataset").path("state").asText()).isEqualTo("ran");
    assertThat(stage(first, "dataset").path("rows_out").asInt()).isEqualTo(24);
    Path out = folder.resolve("out");
    Map<String, String> written = texts(out);
    assertThat(written).containsKeys("README.md", "manifest.json", "pipeline.yaml");

    Path command = folder.resolve("command");
    Said exported =
        Said.of(
            new Services(),
            workspace,
            "export",
            first.json().path("run_id").asText(),
            "--format",
            "trl/prompt-only",
            "--stage",
            "problems",
            "--split",
            "train=0.75,test=0.25",
            "--columns",
            "prompt,problem_id,run",
            "--out",
            command.toString());
    assertThat(exported.code()).as(exported.err()).isZero();
    assertThat(texts(command)).isEqualTo(written);

    try (Stream<Path> all = Files.walk(out)) {
      all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    }
    Said second = run(file);
    assertThat(second.code()).as(second.err()).isZero();
    assertThat(stage(second, "dataset").path("state").asText()).isEqualTo("reused");
    assertThat(texts(out)).isEqualTo(written);

    // Another folder is no other dataset.
    Said third = run(file.replace("out: out", "out: elsewhere"));
    assertThat(stage(third, "dataset").path("state").asText()).isEqualTo("reused");
    assertThat(texts(folder.resolve("elsewhere"))).isEqualTo(written);
    Said whole = Said.of(new Services(), workspace, "verify");
    assertThat(whole.code()).as(whole.err()).isZero();
    String dataset = first.json().path("run_id").asText() + "/dataset";
    Said rows = Said.of(new Services(), workspace, "inspect", dataset, "--rows", "2", "--json");
    assertThat(rows.code()).as(rows.err()).isZero();
    assertThat(rows.json().path("rows")).hasSize(2);
    assertThat(rows.json().path("rows").get(0).has("problem_id")).isTrue();
    assertThat(Said.of(new Services(), workspace, "inspect", dataset).out())
        .contains("rows         24 expected, 24 out, 0 dead")
        .containsPattern("dataset +.*-files\n");
    assertThat(Said.of(new Services(), workspace, "inspect", dataset, "--table", "x").err())
        .contains("It is a dataset without tables: its files are in ");
  }

  @Test
  void damagedDataset_isMadeAgainBeforeItIsCopied() throws IOException {
    String file = PROBLEMS + "\n" + export("format: trl/prompt-only, columns: [prompt]");
    Said first = run(file);
    assertThat(first.code()).as(first.err()).isZero();
    Path damaged;
    try (Stream<Path> all = Files.walk(workspace.resolve("artifacts/Export"))) {
      damaged = all.filter(each -> each.endsWith("prompt-only-train.jsonl")).findFirst().get();
    }
    String rows = Files.readString(damaged);
    Files.writeString(damaged, rows.replaceFirst("[0-9]", "x"));
    Said second = run(file.replace("columns", "out: out, columns"));
    assertThat(second.code()).as(second.err()).isZero();
    assertThat(stage(second, "dataset").path("state").asText()).isEqualTo("ran");
    assertThat(text("data/prompt-only-train.jsonl")).isEqualTo(rows);
  }

  @Test
  void folderOfAnotherDataset_failsTheRunUntilReplacingIsAsked() throws IOException {
    String file = PROBLEMS + "\n" + export("format: trl/prompt-only, out: out");
    assertThat(run(file).code()).isZero();
    Map<String, String> before = texts(folder.resolve("out"));
    String other = file.replace("out: out", "out: out, limit: 5");
    Said refused = run(other);
    assertThat(refused.code()).isNotZero();
    assertThat(stage(refused, "dataset").path("error").asText())
        .startsWith(
            "Stage 'dataset' is finished and kept in the workspace, but could not be delivered: The folder ")
        .endsWith(
            "Write 'replace: true' to replace an earlier export, or name another folder as 'out'.");
    assertThat(texts(folder.resolve("out"))).isEqualTo(before);
    Said replaced = run(other.replace("limit", "replace: true, limit"));
    assertThat(replaced.code()).as(replaced.err()).isZero();
    assertThat(stage(replaced, "dataset").path("state").asText()).isEqualTo("reused");
    assertThat(text("data/prompt-only-train.jsonl").lines()).hasSize(5);
  }

  @Test
  void emptyExport_isRefusedWithTheReason() throws IOException {
    Said refused =
        run(PROBLEMS + "\n" + export("format: trl/prompt-only, where: difficulty > 99, out: out"));
    assertThat(refused.code()).isNotZero();
    assertThat(stage(refused, "dataset").path("error").asText())
        .contains("The export has no rows, so nothing was written")
        .contains("Left out: 24 rows that 'where' leaves out.")
        .doesNotContain("--");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void problemsThatTheFileEvaluatesOn_areInputsAndLeftOut() throws IOException {
    String file =
        HELD_OUT
            + "\n"
            + PROBLEMS
            + "\n"
            + export("format: trl/prompt-only, out: out")
            + "\n"
            + REPORT;
    Said run = run(file, "--until", "dataset");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(stage(run, "dataset").path("rows_out").asInt()).isEqualTo(14);
    assertThat(text("removed.jsonl").lines()).hasSize(10);
    Said kept =
        run(file.replace("out: out", "keep_evaluation_problems: true"), "--until", "dataset");
    assertThat(stage(kept, "dataset").path("rows_out").asInt()).isEqualTo(24);
  }

  @Test
  void evaluationSetThatIsMadeLater_isAMistakeOfTheFile() throws IOException {
    String export = export("format: trl/prompt-only");
    Said later = sluice("validate", PROBLEMS + "\n" + export + "\n" + HELD_OUT + "\n" + REPORT);
    assertThat(later.code()).isNotZero();
    assertThat(later.err() + later.out())
        .contains(
            "stage 'dataset' leaves out the problems of 'held_out', which 'report' evaluates on, so move 'held_out' (line 10) before it");
    Said same =
        sluice(
            "validate", PROBLEMS + "\n" + export + "\n" + REPORT.replace("held_out", "problems"));
    assertThat(same.code()).isZero();
    assertThat(same.err() + same.out())
        .contains("stage 'dataset' reads the problems of 'problems', which 'report' evaluates on");
  }

  @Test
  void wrongConfigs_areToldWithoutARun() throws IOException {
    assertThat(validated("format: trl/prompt-onyl")).contains("did you mean 'trl/prompt-only'?");
    assertThat(validated("format: models")).contains("must be one of axolotl/dpo, ");
    assertThat(validated("format: trl/sft, with_reference: true"))
        .contains("the format 'trl/sft' has no column for reference answers");
    assertThat(validated("format: openai/rft"))
        .contains("a row of the format 'openai/rft' needs a reference answer");
    assertThat(validated("format: trl/prompt-only, options: {a: b}"))
        .contains("config.options.a: the format 'trl/prompt-only' has no options");
    assertThat(validated("format: table/csv")).contains("needs the option 'table'");
    assertThat(validated("format: table/csv, options: {table: problem}"))
        .contains("did you mean 'problems'?");
    assertThat(validated("format: table/csv, options: {table: problems}, columns: [problemid]"))
        .contains("config.columns: The format 'table/csv' has no column 'problemid'");
    assertThat(validated("format: trl/prompt-only, split: {train: 0.5}"))
        .contains("the shares sum to 0.5");
    assertThat(validated("format: trl/prompt-only, where: 'a >'")).contains("'where' takes");
    assertThat(validated("format: trl/prompt-only, out: 's3://a/b'"))
        .contains("must be a folder of this machine");
    assertThat(validated("format: trl/sft"))
        .contains(
            "stage 'dataset' reads step_labels, but no earlier stage writes them; put a stage of type AggregateStepLabels before it");
    Said input =
        sluice(
            "validate", PROBLEMS + "\n{type: Export, input: problems, config: {format: trl/sft}}");
    assertThat(input.err() + input.out())
        .contains(
            "stage 'problems' writes problems, but 'Export' reads step_labels, solutions, problems, evaluation (problems); a stage of type AggregateStepLabels writes step_labels");
  }

  private String validated(String config) throws IOException {
    Said said = sluice("validate", PROBLEMS + "\n" + export(config));
    assertThat(said.code()).as(config).isNotZero();
    return said.err() + said.out();
  }
}
