package dev.sluice.runners.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Guice;
import dev.sluice.parts.Registry;
import dev.sluice.pipelines.ledger.LedgerFire;
import dev.sluice.pipelines.run.folder.RunFolder;
import dev.sluice.pipelines.schedule.Runs.Look;
import dev.sluice.pipelines.schedule.Runs.State;
import dev.sluice.pipelines.schedule.ScheduledFile;
import dev.sluice.pipelines.schedule.ScheduledFile.Unfit;
import dev.sluice.pipelines.store.ArtifactStore;
import dev.sluice.pipelines.store.Workspace;
import dev.sluice.runners.KilledRun;
import dev.sluice.runners.SluiceModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs of fires as processes of their own, which begin in the folder that this process is in. */
@Tag("flink")
class ChildRunsTest {
  private Path project;
  private Path workspace;
  private Path file;
  private ChildRuns runs;

  @BeforeEach
  void writeFile(@TempDir Path folder) throws IOException {
    project = Files.createDirectories(folder.resolve("project"));
    workspace = folder.resolve("workspace");
    // As 'sluice serve' does first.
    ArtifactStore.open(workspace).prepare();
    runs = new ChildRuns(Workspace.of(workspace), new Program("", "600m"), 8192);
    Files.createDirectories(project.resolve("rows"));
    Files.writeString(project.resolve("rows/usual.jsonl"), "{\"question\": \"q?\"}\n");
    Files.writeString(
        project.resolve("rows/2024-05-01.jsonl"),
        "{\"question\": \"q?\"}\n{\"question\": \"r?\"}\n");
    file =
        Files.writeString(
            project.resolve("p.yaml"),
            """
            name: nightly
            pipeline:
              type: chain
              transforms:
                - {type: SynthesizeProblems, name: usual, config: {source: {kind: file, path: rows/usual.jsonl}}}
                - {type: SynthesizeProblems, name: daily, config: {source: {kind: file, path: "${param.day:rows/usual.jsonl}"}}}
            schedule:
              every: 1d
              params: {day: "rows/${fire.date}.jsonl"}
            """);
  }

  private LedgerFire fire() {
    Instant due = Instant.parse("2024-05-01T00:00:00Z");
    return LedgerFire.waiting("nightly", due, LedgerFire.Kind.TIME, due)
        .running(runs.newId(), "daemon", due);
  }

  private static String run(LedgerFire fire) {
    return Objects.requireNonNull(fire.runId());
  }

  /** What came of a run, after its process has ended. */
  private Look ended(LedgerFire fire) {
    Look look = runs.look(fire);
    while (look.state() == State.RUNNING) {
      Program.of(run(fire)).ifPresent(process -> process.onExit().join());
      look = runs.look(fire);
    }
    return look;
  }

  private long rows(LedgerFire fire, int stage) {
    RunFolder folder = Objects.requireNonNull(RunFolder.find(Workspace.of(workspace), run(fire)));
    return Objects.requireNonNull(folder.report()).stages().get(stage).counts().out();
  }

  @Test
  void relativePaths_countFromTheFolderOfTheFile_alsoAfterItsCopyIsInTheRun()
      throws IOException, Unfit {
    Registry registry = Guice.createInjector(new SluiceModule()).getInstance(Registry.class);
    ScheduledFile scheduled = ScheduledFile.load(file, Instant.now(), Map.of(), registry);
    LedgerFire first = fire();
    runs.start(first, scheduled, Map.of("day", "rows/2024-05-01.jsonl"));
    assertThat(ended(first)).isEqualTo(new Look(State.SUCCEEDED, null));
    assertThat(rows(first, 0)).isEqualTo(1);
    assertThat(rows(first, 1)).isEqualTo(2);
    assertThat(workspace.resolve("runs").resolve(run(first)).resolve("pipeline.yaml"))
        .hasSameTextualContentAs(file);

    LedgerFire second = fire();
    KilledRun.leave(workspace, run(first));
    runs.resume(second, run(first));
    assertThat(ended(second)).isEqualTo(new Look(State.SUCCEEDED, null));
    assertThat(rows(second, 1)).isEqualTo(2);

    Files.move(project, project.resolveSibling("elsewhere"));
    LedgerFire third = fire();
    runs.resume(third, run(first));
    assertThat(ended(third))
        .isEqualTo(
            new Look(
                State.FAILED,
                "its process ended with code 2: The run was started with %s; the folder %s, from which its paths count, is gone. Put it back, or give the file to 'sluice run' where it is now."
                    .formatted(file, project)));
  }
}
