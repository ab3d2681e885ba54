package dev.sluice.pipelines.run.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.pipelines.plan.CommittedStage;
import dev.sluice.pipelines.plan.Plan;
import dev.sluice.pipelines.plan.PlannedStage;
import dev.sluice.pipelines.run.folder.RunReport;
import dev.sluice.pipelines.run.folder.RunState;
import dev.sluice.pipelines.run.folder.StageReport;
import dev.sluice.pipelines.run.worker.ModelReference;
import dev.sluice.pipelines.run.worker.ReadyStage;
import dev.sluice.pipelines.store.Artifact;
import dev.sluice.pipelines.store.ArtifactStore;
import dev.sluice.records.Hashes;
import dev.sluice.records.Metric;
import dev.sluice.records.manifest.Counts;
import dev.sluice.records.manifest.Manifest;
import dev.sluice.records.manifest.ShardFile;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.Stage;
import dev.sluice.stages.StageDriver;
import dev.sluice.stages.Unit;
import dev.sluice.stages.UnitContext;
import dev.sluice.stages.Wiring;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run meets damaged files: it names them, makes again what they held, and goes on. */
@Tag("flink")
final class DamageTest {
  private static final ToyChain.Measure SOUND = new ToyChain.Measure("", "", 0, "");

  private final DirectEngine engine = new DirectEngine();
  private final List<String> warnings = new ArrayList<>();
  private Path workspace;
  private ArtifactStore store;

  @BeforeEach
  void openStore(@TempDir Path folder) {
    workspace = folder;
    store = ArtifactStore.open(folder);
  }

  /** Looks at the model of the rounds. */
  record Look() implements Stage {
    @Override
    public void drive(StageDriver driver) {
      driver.run("", List.of(Unit.of("look", "look", Map.of())));
    }

    @Override
    public void work(UnitContext context) {
      try {
        String text = Files.readString(context.modelFolder("policy").resolve("config.json"));
        context.write(Tables.METRICS, Metric.of("Look", 0, 0, Hashes.hex(text), 1));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      context.count(new Counts(0, 1, 1, 0, 0));
    }
  }

  /** Spoils what it reads before it reads it. */
  record Vandal(String workspace) implements Stage {
    @Override
    public void drive(StageDriver driver) {
      driver.run("", driver.unitPerShard("shard", "problems").subList(0, 1));
    }

    @Override
    public void work(UnitContext context) {
      ShardFile shard = context.unit().inputs().getOrDefault("problems", List.of()).get(0);
      spoil(Path.of(workspace).resolve(shard.path()), new Random(5));
      context.read("problems", Tables.PROBLEMS);
    }
  }

  /** The models of stages, which are folders of the workspace. */
  private static final class FolderModels extends NoModels {
    private static final long serialVersionUID = 1;

    @Override
    public Path folder(ModelReference reference) {
      return Path.of(reference.location());
    }
  }

  private static PlannedStage look() {
    PlannedStage toy =
        ToyChain.stage(
            "look", "Look", earlier -> new Look(), Wiring.tables(List.of(), "metrics"), 7);
    return ToyChain.planned(
        "look",
        "Look",
        earlier -> {
          ReadyStage ready = toy.ready(earlier);
          CommittedStage rounds = Objects.requireNonNull(earlier.get("rounds"));
          var model = Objects.requireNonNull(rounds.manifest().model());
          Path place = rounds.artifact().workspace().file(model.path()).local();
          return new ReadyStage(
              ready.name(),
              ready.type(),
              ready.stage(),
              ready.wiring(),
              ready.seed(),
              Hashes.hex(ready.fingerprint(), model.digest()),
              ready.ownPart(),
              Hashes.hex(ready.ownPart(), model.digest()),
              ready.inputs(),
              Map.of("policy", ModelReference.made(place, model)),
              0,
              ready.origin(),
              ReadyStage.ALL_REPLIES);
        });
  }

  private static Plan plan() {
    List<PlannedStage> stages =
        new ArrayList<>(ToyChain.plan(SOUND, ToyChain.measures(), 7).stages());
    stages.addAll(ToyRounds.of(3).plan().stages());
    stages.add(look());
    return new Plan(stages, true);
  }

  private RunReport run(Plan plan) {
    RunListener listener =
        new RunListener() {
          @Override
          public void warning(String stage, String message) {
            warnings.add(stage + ": " + message);
          }
        };
    return PipelineRun.run(
            plan,
            "toy.yaml",
            ToyChain.folder(store),
            store,
            () -> engine,
            new FolderModels(),
            listener,
            1)
        .report();
  }

  private List<Artifact> artifacts(RunReport report) {
    assertThat(report.stages()).extracting(StageReport::error).containsOnlyNulls();
    return report.stages().stream()
        .map(stage -> ArtifactStore.artifactAt(Path.of(String.valueOf(stage.artifact()))))
        .toList();
  }

  private static <T> List<T> each(List<Artifact> artifacts, Function<Artifact, T> part) {
    return artifacts.stream().map(part).toList();
  }

  private static void spoil(Path file, Random random) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      if (random.nextInt(4) == 0) {
        Files.write(file, Arrays.copyOf(bytes, random.nextInt(bytes.length)));
      } else {
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        Files.write(file, bytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(workspace)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> !file.startsWith(workspace.resolve("runs")))
          .filter(file -> !file.toString().contains(".damaged-"))
          .sorted()
          .toList();
    }
  }

  /** So that the stages before them are read again. */
  private void forget(Artifact artifact) throws IOException {
    Files.delete(artifact.folder().resolve("manifest.json").local());
    artifact.manifest().units().stream()
        .map(Manifest.UnitEntry::key)
        .forEach(store.units()::forget);
  }

  @Test
  void whateverFileIsSpoiltTheResultsAreTheSame() throws IOException {
    List<Artifact> before = artifacts(run(plan()));
    Random random = new Random(17);
    List<Artifact> last = before;
    for (int round = 0; round < 24; round++) {
      forget(last.get(1));
      forget(last.get(3));
      List<Path> all = new ArrayList<>(files());
      for (int i = 0; i < 1 + round % 4; i++) {
        spoil(all.remove(random.nextInt(all.size())), random);
      }

      RunReport report = run(plan());

      last = artifacts(report);
      assertThat(each(last, Artifact::digest)).isEqualTo(each(before, Artifact::digest));
      assertThat(each(last, a -> a.manifest().counts()))
          .isEqualTo(each(before, a -> a.manifest().counts()));
      assertThat(store.verify(last.get(0))).isEmpty();
      assertThat(store.verify(last.get(1))).isEmpty();
      assertThat(store.verify(last.get(3))).isEmpty();
      assertThat(report.metrics()).hasSize(1);
    }
    assertThat(warnings).isNotEmpty();
  }

  @Test
  void aDamagedInputIsNamedAndItsStageRunsAgain() throws IOException {
    List<Artifact> before = artifacts(run(plan()));
    forget(before.get(1));
    Path first = workspace.resolve(before.get(0).shards("problems").get(1).path());
    Path second = workspace.resolve(before.get(0).shards("problems").get(4).path());
    for (Path file : List.of(first, second)) {
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length / 2] ^= 1;
      Files.write(file, bytes);
    }

    RunReport report = run(plan());

    assertThat(report.stages())
        .extracting(StageReport::state)
        .containsExactly(
            StageReport.State.RESUMED,
            StageReport.State.RAN,
            StageReport.State.REUSED,
            StageReport.State.REUSED);
    assertThat(report.stages().get(0).shardsReused()).isEqualTo(ToyChain.SHARDS - 2);
    assertThat(warnings).hasSize(2);
    assertThat(warnings.get(0))
        .matches(
            "make: the file \\Q%s\\E is damaged: expected sha256 [0-9a-f]{64}, found sha256 [0-9a-f]{64}\\. It is set aside, and its content is recomputed"
                .formatted(first));
    assertThat(warnings.get(1)).contains(second.toString());
    assertThat(first).doesNotExist();
    try (Stream<Path> beside = Files.list(first.getParent())) {
      assertThat(beside.filter(file -> file.toString().contains(".damaged-"))).hasSize(2);
    }
  }

  @Test
  void aDamagedModelIsMadeAgain() throws IOException {
    List<Artifact> before = artifacts(run(plan()));
    forget(before.get(3));
    Path model = workspace.resolve(before.get(2).model().orElseThrow().path());
    Files.writeString(model.resolve("config.json"), "{\"weights\": \"others\"}");

    List<Artifact> after = artifacts(run(plan()));

    assertThat(each(after, Artifact::digest)).isEqualTo(each(before, Artifact::digest));
    assertThat(warnings).hasSize(1);
    assertThat(warnings.get(0)).startsWith("rounds: the file " + model.resolve("config.json"));
  }

  @Test
  void aDiskThatDamagesAgainAndAgainEndsInASentence() {
    List<PlannedStage> stages = new ArrayList<>(plan().stages().subList(0, 1));
    stages.add(
        ToyChain.stage(
            "vandal",
            "Vandal",
            earlier -> new Vandal(workspace.toString()),
            ToyChain.measures(),
            7));

    RunReport report = run(new Plan(stages, true));

    assertThat(report.state()).isEqualTo(RunState.FAILED);
    assertThat(report.stages().get(1).error())
        .startsWith(
            "Stage 'make' was made again 2 times in this run, and its files are damaged again: The file "
                + workspace)
        .endsWith("Look at the disk and at what else writes to it.");
  }

  @Test
  void aStageThatIsNotChosenIsNotMadeAgain() throws IOException {
    List<Artifact> before = artifacts(run(plan()));
    forget(before.get(1));
    spoil(workspace.resolve(before.get(0).shards("problems").get(0).path()), new Random(1));
    Artifact made = before.get(0);
    CommittedStage committed = new CommittedStage("make", made);
    PlannedStage measure = plan().stages().get(1);
    PlannedStage alone =
        ToyChain.planned("measure", "Measure", earlier -> measure.ready(Map.of("make", committed)));

    RunReport report = run(new Plan(List.of(alone), true));

    assertThat(report.state()).isEqualTo(RunState.FAILED);
    assertThat(report.stages().get(0).error())
        .startsWith("Stage 'measure': The file " + workspace)
        .endsWith("The stage that made it is not among those chosen: run the file without --only.");
  }
}
