package dev.sluice.pipelines.run.folder;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.models.provider.ModelResources;
import dev.sluice.pipelines.run.driver.ComputeEnvironment;
import dev.sluice.pipelines.run.worker.UsageMeter;
import dev.sluice.pipelines.run.worker.WaveMeter;
import dev.sluice.pipelines.run.worker.Waves;
import dev.sluice.pipelines.store.Workspace;
import dev.sluice.pipelines.store.WorkspacePath;
import dev.sluice.records.manifest.Numerics;
import dev.sluice.records.manifest.Usage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WaveProgressTest {
  private static final String AVX2 = "MKL AVX2,STRICT, vectors AVX2";
  private static final String AVX512 = "MKL AVX512,STRICT, vectors AVX512";

  @Test
  void addsUpProcessesAndReckonsWhatRemains(@TempDir Path workspace) {
    WorkspacePath folder = Workspace.of(workspace).file("progress");
    RunFiles.write(folder.resolve("1.json"), file(2, 3, 60, 90, 100, 1000, 3000, AVX512));
    RunFiles.write(folder.resolve("2.json"), file(1, 2, 40, 60, 50, 500, 1500, AVX2));
    RunFiles.write(folder.resolve("3.json"), file(0, 0, 0, 0, 0, 0, 0, AVX2));
    RunFiles.write(folder.resolve("4.json"), file(0, 0, 0, 0, 0, 0, 0, ""));

    WaveProgress progress =
        WaveProgress.read(
            folder, "votes", "", 12, 2, Duration.ofSeconds(10), Duration.ofSeconds(1));

    assertThat(progress)
        .isEqualTo(
            new WaveProgress(
                "votes",
                "",
                12,
                2,
                5,
                100,
                300,
                new Usage(150, 0, 1500, 4500, 0),
                Duration.ofSeconds(10),
                Duration.ofSeconds(20),
                Duration.ofSeconds(1),
                List.of(AVX2, AVX512),
                List.of()));
    assertThat(progress.rowsPerSecond()).isEqualTo(10);
    assertThat(progress.tokensPerSecond()).isEqualTo(600);
  }

  @Test
  void knowsNothingBeforeTheFirstFile(@TempDir Path workspace) {
    WorkspacePath folder = Workspace.of(workspace).file("progress");
    WaveProgress progress =
        WaveProgress.read(
            folder.resolve("none"), "votes", "", 4, 0, Duration.ofSeconds(3), Duration.ZERO);
    assertThat(progress.unitsDone()).isZero();
    assertThat(progress.left()).isNull();
  }

  @Test
  void writesWhatAProcessDid(@TempDir Path workspace) {
    WorkspacePath folder = Workspace.of(workspace).file("progress");
    WaveMeter meter = new Waves(new ModelResources()).meter(folder);
    meter.began("00000");
    meter.onTotalKnown();
    meter.rows(3, 10);
    meter.used(new Usage(6, 0, 30, 60, 0));
    meter.rows(7, 0);
    meter.ended("00000", true);

    WaveProgress progress =
        WaveProgress.read(folder, "votes", "", 1, 0, Duration.ofSeconds(1), Duration.ZERO);
    assertThat(progress.unitsDone()).isEqualTo(1);
    assertThat(progress.rowsDone()).isEqualTo(10);
    assertThat(progress.rowsOf()).isEqualTo(10);
    assertThat(progress.usage()).isEqualTo(new Usage(6, 0, 30, 60, 0));
  }

  /** Whoever waits for a call of many minutes sees its replies come. */
  @Test
  void aCallThatGoesOnCountsUntilItEnds(@TempDir Path workspace) {
    WorkspacePath folder = Workspace.of(workspace).file("progress");
    WaveMeter meter = new Waves(new ModelResources()).meter(folder);
    UsageMeter usage = new UsageMeter(meter);
    meter.began("00000");
    Usage end = new Usage(2, 0, 8, 12, 0);
    try (UsageMeter.Call call = usage.call()) {
      call.grew(5, false);
      call.grew(2, true);
      meter.began("00001");
      assertThat(used(folder)).isEqualTo(new Usage(1, 0, 0, 7, 0));
      assertThat(usage.usage()).isEqualTo(Usage.NONE);
      call.grew(5, true);
    }
    usage.add(end);
    meter.ended("00000", true);
    assertThat(used(folder)).isEqualTo(end);
  }

  private static Usage used(WorkspacePath folder) {
    return WaveProgress.read(folder, "votes", "", 2, 0, Duration.ofSeconds(1), Duration.ZERO)
        .usage();
  }

  private static ObjectNode file(
      int done, int seen, int rows, int of, int calls, int prompt, int completion, String kernels) {
    return RunFiles.object()
        .put("units_done", done)
        .put("units_seen", seen)
        .put("rows_done", rows)
        .put("rows_of", of)
        .put("calls", calls)
        .put("prompt_tokens", prompt)
        .put("completion_tokens", completion)
        .put("kernels", kernels);
  }

  @Test
  void workers_withDifferentKernels_areSaid() {
    assertThat(ComputeEnvironment.mixed(List.of(AVX2))).isEmpty();
    assertThat(ComputeEnvironment.mixed(List.of(AVX2, "ONNX Runtime, vectors AVX512"))).isEmpty();
    assertThat(ComputeEnvironment.mixed(List.of(AVX2, AVX512)))
        .contains(
            "The workers compute with different kernels (MKL AVX2,STRICT, vectors AVX2; MKL AVX512,STRICT, vectors AVX512), so a row's bits depend on the worker that computed it. Set numerics: portable in the file for equal rows.");
    assertThat(ComputeEnvironment.warnings(List.of(new Numerics("a processor", AVX2, false))))
        .containsExactly(
            "Rows depend on the batch that they were computed in (a processor, MKL AVX2,STRICT, vectors AVX2): another decode batch or parallelism gives other rows. Set numerics: portable or fastest, or unset MKL_CBWR, and rerun the stage.");
  }
}
