package dev.sluice.pipelines.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.pipelines.store.ArtifactStore;
import dev.sluice.pipelines.store.Leases;
import dev.sluice.pipelines.store.Workspace;
import dev.sluice.pipelines.store.WorkspacePath;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerProcessTest {
  @Test
  void current_askedAgain_isTheSame() {
    assertThat(WorkerProcess.current()).isSameAs(WorkerProcess.current());
  }

  @Test
  void reset_leavesNothingOfTheProcess(@TempDir Path workspace) {
    WorkspacePath wave = Workspace.of(workspace).file("progress");
    WorkerProcess before = WorkerProcess.current();
    var meter = before.waves().meter(wave);
    assertThat(WorkerProcess.current().waves().meter(wave)).isSameAs(meter);
    WorkerProcess.reset();
    assertThat(WorkerProcess.current()).isNotSameAs(before);
    assertThat(WorkerProcess.current().waves().meter(wave)).isNotSameAs(meter);
  }

  /** A lease of a process that is gone is free, although it has the number of this one. */
  @Test
  void reset_leasesOfTheProcess_areFree(@TempDir Path workspace) {
    ArtifactStore store = ArtifactStore.open(workspace);
    store.prepare();
    Leases.Taken taken = store.leases().take("00aa", "r1").orElseThrow();
    assertThat(ArtifactStore.open(workspace).leases().holder("00aa")).isPresent();
    WorkerProcess.reset();
    assertThat(ArtifactStore.open(workspace).leases().holder("00aa")).isEmpty();
    taken.close();
  }
}
