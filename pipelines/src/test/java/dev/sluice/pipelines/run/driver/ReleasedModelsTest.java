package dev.sluice.pipelines.run.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.pipelines.run.folder.RunFolder;
import dev.sluice.pipelines.run.folder.RunReport;
import dev.sluice.pipelines.run.folder.RunState;
import dev.sluice.pipelines.run.folder.StageReport;
import dev.sluice.pipelines.store.Artifact;
import dev.sluice.pipelines.store.ArtifactStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models of early rounds are let go, and nothing that is done later comes out different. */
@Tag("flink")
final class ReleasedModelsTest {
  private static final int ROUNDS = 7;

  private final DirectEngine engine = new DirectEngine();
  private Path workspace;
  private ArtifactStore store;

  @BeforeEach
  void openStore(@TempDir Path folder) {
    workspace = folder;
    store = ArtifactStore.open(folder);
    ToyRounds.WORKED.set(0);
  }

  private Artifact artifact(RunReport report) {
    StageReport stage = report.stages().get(0);
    assertThat(stage.error()).isNull();
    assertThat(report.state()).isEqualTo(RunState.SUCCEEDED);
    return store.find(stage.type(), String.valueOf(stage.fingerprint())).orElseThrow();
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private List<Path> models(int round) throws IOException {
    return files(workspace).stream()
        .filter(file -> file.toString().contains("/round-" + round + "-update-"))
        .filter(file -> file.toString().contains("-model/"))
        .toList();
  }

  private List<Integer> roundsWithModels() throws IOException {
    List<Integer> rounds = new ArrayList<>();
    for (int round = 1; round <= ROUNDS; round++) {
      if (models(round).size() == 2) {
        rounds.add(round);
      } else {
        assertThat(models(round)).isEmpty();
      }
    }
    return rounds;
  }

  @Test
  void theLastTwoAndThoseAskedForStay(@TempDir Path other, @TempDir Path third) throws IOException {
    String digest = artifact(ToyRounds.of(ROUNDS).run(store, engine)).digest();
    assertThat(roundsWithModels()).containsExactly(6, 7);

    workspace = other;
    store = ArtifactStore.open(other);
    Artifact some = artifact(new ToyRounds(ROUNDS, 3, "", "").run(store, engine));
    assertThat(roundsWithModels()).containsExactly(3, 6, 7);

    workspace = third;
    store = ArtifactStore.open(third);
    Artifact all = artifact(new ToyRounds(ROUNDS, 1, "", "").run(store, engine));
    assertThat(roundsWithModels()).containsExactly(1, 2, 3, 4, 5, 6, 7);
    assertThat(List.of(some.digest(), all.digest())).containsOnly(digest);
    assertThat(all.model().orElseThrow().files().keySet())
        .containsExactly("config.json", "trainer/state");
  }

  @Test
  void aRunThatIsStoppedAnywhereGoesOnWithoutDoingAnythingTwice(@TempDir Path undisturbed) {
    ArtifactStore whole = ArtifactStore.open(undisturbed);
    ToyRounds.of(ROUNDS).run(whole, engine);
    int units = ToyRounds.WORKED.getAndSet(0);
    for (String unit : List.of("round-2-update", "round-4-look-1", "round-6-update")) {
      RunFolder folder = ToyChain.folder(store);
      RunReport stopped =
          new ToyRounds(ROUNDS, 0, unit, folder.path().toString()).run(store, engine, folder);
      assertThat(stopped.state()).isEqualTo(RunState.INTERRUPTED);
    }

    Artifact artifact = artifact(ToyRounds.of(ROUNDS).run(store, engine));

    assertThat(ToyRounds.WORKED.get()).isEqualTo(units);
    assertThat(artifact.digest()).isEqualTo(whole.all().get(0).digest());
  }

  @Test
  void whatIsNeededAgainIsMadeAgain() throws IOException {
    Artifact artifact = artifact(ToyRounds.of(ROUNDS).run(store, engine));
    Random random = new Random(11);
    for (int round = 0; round < 8; round++) {
      Files.delete(newest(files(workspace), "manifest.json"));
      List<Path> left = new ArrayList<>();
      for (Path file : files(workspace)) {
        if (!file.endsWith("sluice-workspace.json") && !file.toString().contains("/runs/")) {
          left.add(file);
        }
      }
      for (int i = 0; i < 1 + round / 2; i++) {
        Path file = left.remove(random.nextInt(left.size()));
        if (random.nextBoolean()) {
          Files.delete(file);
        } else {
          byte[] bytes = Files.readAllBytes(file);
          bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
          Files.write(file, bytes);
        }
      }

      Artifact again = artifact(ToyRounds.of(ROUNDS).run(store, engine));

      assertThat(again.digest()).isEqualTo(artifact.digest());
      assertThat(again.manifest().counts()).isEqualTo(artifact.manifest().counts());
      assertThat(store.verify(again)).isEmpty();
    }
  }

  private static Path newest(List<Path> files, String name) {
    return files.stream().filter(file -> file.endsWith(name)).reduce((a, b) -> b).orElseThrow();
  }

  @Test
  void oneDamagedStateCostsOneRoundAndBothCostAll() throws IOException {
    Artifact artifact = artifact(ToyRounds.of(ROUNDS).run(store, engine));
    for (List<Integer> damaged : List.of(List.of(7), List.of(6, 7))) {
      Files.delete(newest(files(workspace), "manifest.json"));
      for (int round : damaged) {
        Files.writeString(models(round).get(1), "{}");
      }
      ToyRounds.WORKED.set(0);

      assertThat(artifact(ToyRounds.of(ROUNDS).run(store, engine)).digest())
          .isEqualTo(artifact.digest());

      assertThat(roundsWithModels()).containsExactly(6, 7);
      // Without any policy but the first, the updates are made again; the looks are not.
      assertThat(ToyRounds.WORKED.get()).isEqualTo(damaged.size() == 1 ? 1 : ROUNDS);
    }
  }

  @Test
  void moreRoundsGoOnFromTheLastOneAndTheFirstArtifactStaysWhole(@TempDir Path undisturbed)
      throws IOException {
    Artifact few = artifact(ToyRounds.of(3).run(store, engine));
    int units = ToyRounds.WORKED.get();

    Artifact many = artifact(ToyRounds.of(ROUNDS).run(store, engine));

    assertThat(ToyRounds.WORKED.get()).isEqualTo(units / 3 * ROUNDS);
    assertThat(roundsWithModels()).containsExactly(3, 6, 7);
    assertThat(IntStream.of(0, 1).mapToObj(i -> store.verify(store.all().get(i))))
        .containsOnly(List.of());
    assertThat(store.all()).containsExactlyInAnyOrder(few, many);

    store = ArtifactStore.open(undisturbed);
    assertThat(artifact(ToyRounds.of(ROUNDS).run(store, engine)).digest()).isEqualTo(many.digest());
  }
}
