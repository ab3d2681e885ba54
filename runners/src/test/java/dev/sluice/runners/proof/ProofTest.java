package dev.sluice.runners.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.runners.proof.measure.ProofFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProofTest {
  @Test
  void aRunIsWhatAPersonWouldType() {
    Launcher launcher =
        new Launcher(
            Path.of("ws"), Path.of("ws-json"), List.of("pipeline.transforms.a.config.b=1"));
    assertThat(String.join(" ", launcher.command(new ProofFile("quickstart"), false, 8)))
        .isEqualTo(
            "./sluice run configs/quickstart.yaml --set seed=8 --set pipeline.transforms.a.config.b=1 --workspace ws --json");
    assertThat(String.join(" ", launcher.command(new ProofFile("control"), true, 7)))
        .isEqualTo(
            "./sluice run configs/proof/control.yaml --set seed=7 --set pipeline.transforms.grpo.config.rounds=160 --set pipeline.transforms.rl_problems.config.source.count=5120 --set pipeline.transforms.a.config.b=1 --workspace ws --json");
    assertThat(ProofRuns.fileName(new ProofFile("control"), true, 7))
        .isEqualTo("control-long-7.json");
  }

  @Test
  void runsThatFailedAreNamed(@TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve("hack-8.json"), "{\"run_id\":\"r1\",\"state\":\"failed\",\"seconds\":1.5}");
    Files.writeString(folder.resolve("random-9.json"), "");
    Files.writeString(folder.resolve("notes.txt"), "not a result");
    ProofRuns runs = ProofRuns.read(folder, folder);
    assertThat(runs.finished()).isEmpty();
    assertThat(runs.unusable())
        .containsExactly(
            "hack-8.json: the run r1 failed.",
            "random-9.json holds no result: the run failed or still runs.");
  }

  @Test
  void aFolderThatIsNotThereIsASentence() {
    assertThatThrownBy(() -> ProofRuns.read(Path.of("nowhere"), Path.of("ws")))
        .hasMessage(
            "The folder of results nowhere cannot be read (java.nio.file.NoSuchFileException: nowhere). './dev proof' without --report makes the runs first.");
  }
}
