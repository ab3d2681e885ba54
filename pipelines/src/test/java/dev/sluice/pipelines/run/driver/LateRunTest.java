package dev.sluice.pipelines.run.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.pipelines.run.folder.Interruptions;
import dev.sluice.pipelines.run.folder.Retention;
import dev.sluice.pipelines.run.folder.RunFolder;
import dev.sluice.pipelines.run.folder.RunReport;
import dev.sluice.pipelines.run.folder.RunState;
import dev.sluice.pipelines.run.folder.StageReport;
import dev.sluice.pipelines.store.Artifact;
import dev.sluice.pipelines.store.ArtifactStore;
import dev.sluice.pipelines.store.LateWorkspace;
import dev.sluice.pipelines.store.Workspace;
import dev.sluice.pipelines.store.gc.GarbageCollector;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs over a workspace without renames, folders and lists in time, on two machines. */
final class LateRunTest {
  private final String address = "late://runs/" + UUID.randomUUID();
  private final Path folder;
  private final Workspace here;
  private final Workspace there;

  LateRunTest(@TempDir Path folder) {
    this.folder = folder;
    this.here = LateWorkspace.of(address, folder.resolve("here"));
    this.there = LateWorkspace.of(address, folder.resolve("there"));
  }

  @BeforeEach
  void count() {
    ToyChain.Measure.WORKED.set(0);
  }

  private static List<String> digests(RunReport report, Workspace workspace) {
    assertThat(report.stages()).extracting(StageReport::error).containsOnlyNulls();
    ArtifactStore store = ArtifactStore.open(workspace);
    LateWorkspace.settle();
    return report.stages().stream()
        .map(stage -> store.find(stage.type(), String.valueOf(stage.fingerprint())).orElseThrow())
        .map(Artifact::digest)
        .toList();
  }

  private static RunFolder find(Workspace workspace, RunReport report) {
    return Objects.requireNonNull(RunFolder.find(workspace, report.runId()));
  }

  /** As another machine reads it, which knows the address alone. */
  private static RunReport of(Workspace workspace, RunReport report) {
    return Objects.requireNonNull(find(workspace, report).report());
  }

  @Test
  void rowsAreThoseOfAWorkspaceOnThisMachine() {
    RunReport local = ToyRun.of(folder.resolve("local"), RunListener.NONE);
    RunReport remote = ToyRun.of(here, RunListener.NONE);
    assertThat(remote.state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(remote.stages())
        .allSatisfy(stage -> assertThat(stage.artifact()).startsWith(address + "/artifacts/"));
    assertThat(digests(remote, here))
        .isEqualTo(digests(local, Workspace.of(folder.resolve("local"))));
    assertThat(of(there, remote)).isEqualTo(of(here, remote));
  }

  @Test
  void whatFailedOnOneMachineIsFinishedByAnother() {
    RunReport failed = ToyRun.failing(here, RunListener.NONE);
    assertThat(failed.state()).isEqualTo(RunState.FAILED);
    assertThat(of(there, failed).state()).isEqualTo(RunState.FAILED);
    LateWorkspace.settle();
    assertThat(RunFolder.all(there)).extracting(RunFolder::id).containsExactly(failed.runId());
  }

  @Test
  void anotherMachineReusesWhatIsThere() {
    RunReport first = ToyRun.of(here, RunListener.NONE);
    LateWorkspace.settle();
    int worked = ToyChain.Measure.WORKED.get();
    RunReport second = ToyRun.of(there, RunListener.NONE);
    assertThat(second.stages())
        .extracting(StageReport::state)
        .containsOnly(StageReport.State.REUSED);
    assertThat(second.stages())
        .extracting(StageReport::artifact)
        .isEqualTo(first.stages().stream().map(StageReport::artifact).toList());
    assertThat(ToyChain.Measure.WORKED).hasValue(worked);
  }

  @Test
  void aRequestToStopIsSeenElsewhere() {
    RunReport run = ToyRun.of(here, RunListener.NONE);
    find(there, run).stop("test");
    RunFolder folderHere = find(here, run);
    // The run has just looked; another process of it looks now.
    assertThat(new Interruptions().of(folderHere.stopFile()).asked()).isTrue();
  }

  @Test
  void runsAreLetGoWithWhatTheyAloneReach() {
    RunReport first = ToyRun.of(here, RunListener.NONE);
    RunReport second = ToyRun.again(here, RunListener.NONE);
    LateWorkspace.settle();
    ArtifactStore store = ArtifactStore.open(there);
    Retention.Choice choice = new Retention(1, null).choose(store, Clock.systemUTC());
    assertThat(choice.goOn()).isEmpty();
    GarbageCollector collector = store.garbageCollector();
    GarbageCollector.Findings found = collector.find(choice.scope());
    assertThat(found.runs()).containsExactly(first.runId());
    assertThat(collector.remove(found)).isTrue();
    LateWorkspace.settle();
    assertThat(RunFolder.all(here)).extracting(RunFolder::id).containsExactly(second.runId());
    for (Artifact artifact : ArtifactStore.open(here).committed()) {
      assertThat(store.verify(artifact)).isEmpty();
    }
    assertThat(ArtifactStore.open(here).committed()).isNotEmpty();
  }
}
