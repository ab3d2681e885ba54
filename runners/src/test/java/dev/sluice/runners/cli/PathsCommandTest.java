package dev.sluice.runners.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.pipelines.models.LocalModels;
import dev.sluice.runners.KilledRun;
import dev.sluice.runners.cli.terminal.ExitCode;
import dev.sluice.stages.synthesis.SynthesizeProblems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("flink")
class PathsCommandTest {
  private Path project;
  private Path workspace;
  private Path file;

  @BeforeEach
  void writeFile(@TempDir Path folder) throws IOException {
    project = Files.createDirectories(folder.resolve("project"));
    workspace = folder.resolve("workspace");
    Files.writeString(project.resolve("rows.jsonl"), "{\"question\": \"q?\"}\n");
    file =
        Files.writeString(
            project.resolve("p.yaml"),
            """
            pipeline:
              type: chain
              transforms:
                - {type: SynthesizeProblems, name: problems, config: {source: {kind: file, path: "${param.data:rows.jsonl}"}}}
            """);
  }

  private Said sluice(String... words) {
    return Said.of(Toys.services(LocalModels.class, new SynthesizeProblems()), workspace, words);
  }

  @Test
  void rerunAndResume_countFromTheFolderOfTheFile_notFromTheCopy() throws IOException {
    JsonNode run = sluice("run", file.toString(), "--json", "--quiet").json();
    assertThat(run.path("state").asText()).isEqualTo("succeeded");
    String id = run.path("run_id").asText();
    assertThat(sluice("rerun", id, "--stage", "problems", "--quiet").code()).isZero();
    KilledRun.leave(workspace, id);
    assertThat(sluice("resume", id, "--quiet").code()).isZero();
    KilledRun.leave(workspace, id);

    Files.delete(project.resolve("rows.jsonl"));
    Said gone = sluice("resume", id);
    assertThat(gone.code()).isEqualTo(ExitCode.MISTAKE);
    assertThat(gone.err())
        .startsWith(
            "%s:4:86: pipeline.transforms[0].config.source.path: there is no file '%s/rows.jsonl' ("
                .formatted(file, project))
        .doesNotContain("is gone");

    Files.delete(file);
    Files.delete(project);
    assertThat(sluice("resume", id).err())
        .endsWith(
            "The run was started with %s; the folder %s, from which its paths count, is gone. Put it back, or give the file to 'sluice run' where it is now.%n"
                .formatted(file, project));
  }

  @Test
  void givenPath_countsFromTheFolderOfTheFirstTime() throws IOException {
    Path elsewhere = Files.createDirectories(project.resolve("elsewhere"));
    Files.writeString(elsewhere.resolve("more.jsonl"), "{\"question\": \"r?\"}\n");
    JsonNode run =
        sluice(
                "run",
                file.toString(),
                "--param",
                "data=more.jsonl",
                "--paths-from",
                elsewhere.toString(),
                "--json",
                "--quiet")
            .json();
    assertThat(run.path("stages").get(0).path("rows_out").asInt()).isEqualTo(1);
    assertThat(sluice("rerun", run.path("run_id").asText(), "--stage", "problems").code()).isZero();
  }

  @Test
  void run_fileThatIsMissed_endsBeforeThereIsARun() {
    Said said = sluice("run", file.toString(), "--param", "data=no.jsonl");
    assertThat(said.code()).isEqualTo(ExitCode.MISTAKE);
    assertThat(said.err())
        .isEqualTo(
            "%s:4:86: pipeline.transforms[0].config.source.path: there is no file '%s' ('no.jsonl' counts from the current folder), nor at '%s/no.jsonl', from the pipeline file's folder%n"
                .formatted(file, Path.of("no.jsonl").toAbsolutePath(), project));
    assertThat(workspace.resolve("runs")).doesNotExist();
    assertThat(sluice("validate", file.toString(), "--param", "data=no.jsonl").out())
        .isEqualTo(said.err());
  }
}
