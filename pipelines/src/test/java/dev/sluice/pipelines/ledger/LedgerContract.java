package dev.sluice.pipelines.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.pipelines.run.driver.RunListener;
import dev.sluice.pipelines.run.driver.ToyRun;
import dev.sluice.pipelines.run.folder.RunFolder;
import dev.sluice.pipelines.run.folder.RunReport;
import dev.sluice.pipelines.run.folder.RunState;
import dev.sluice.pipelines.run.folder.StageReport;
import dev.sluice.pipelines.store.ArtifactStore;
import dev.sluice.pipelines.store.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a ledger does, whatever database holds it. */
abstract class LedgerContract {
  private static final List<String> ONE_MORE =
      Stream.concat(Migrations.ALL.stream(), Stream.of("004-test.sql")).toList();

  final Path workspace;

  LedgerContract(Path workspace) {
    this.workspace = workspace;
  }

  /** URL of a database that is empty at the beginning of a test, and the same during it. */
  abstract String url();

  /** Makes the database refuse everybody, those that are connected included. */
  abstract void breakDown();

  /** Ends that. */
  abstract void mend();

  /** What the exception says when it is broken down: the end of the sentence. */
  abstract String brokenDown();

  final LedgerPlace place() {
    return LedgerPlace.of(Workspace.of(workspace), url());
  }

  static LedgerRun.WithStages run(String id, String state, int stages) {
    List<LedgerStage> all = new ArrayList<>();
    for (int i = 0; i < stages; i++) {
      all.add(stage(id, i, i == 0 ? "0a1b" : null, i == 0 ? "20261124T100000000Z-1" : null, null));
    }
    return new LedgerRun.WithStages(
        new LedgerRun(
            id,
            "toy",
            "configs/toy.yaml",
            state,
            true,
            "2026-11-24T10:00:00.123456789Z",
            12.345,
            "host",
            4_000_000_000L,
            "2026-11-24T10:00:12Z",
            1_795_000_000_000_001L),
        all);
  }

  private static LedgerStage stage(
      String id,
      int ordinal,
      @Nullable String fingerprint,
      @Nullable String attempt,
      @Nullable String error) {
    return new LedgerStage(
        id,
        ordinal,
        "votes",
        "VerifySolutions",
        "ran",
        fingerprint,
        attempt,
        5_000_000_000L,
        4,
        3,
        1,
        2,
        7,
        6,
        8,
        9,
        10,
        11,
        0.125,
        1.5,
        error);
  }

  private static LedgerArtifact artifact(String attempt) {
    return new LedgerArtifact(
        "VerifySolutions",
        "0a1b",
        attempt,
        "votes",
        "ab".repeat(32),
        5_000_000_000L,
        6_000_000_000L,
        false,
        "2026-11-24T10:00:00Z",
        "2026-11-24T10:00:05Z",
        5.25);
  }

  @Test
  void givesBackWhatWasPut() {
    LedgerRun.WithStages first = run("20261124-100000-aaaaaa", "running", 3);
    LedgerRun.WithStages second = run("20261124-100001-000000", "succeeded", 1);
    try (Ledger ledger = Ledger.open(place())) {
      ledger.put(first);
      ledger.put(second);
    }
    try (Ledger ledger = Ledger.open(place())) {
      assertThat(ledger.runs()).containsExactly(second.run(), first.run());
      assertThat(ledger.stages(first.run().runId())).isEqualTo(first.stages());
      assertThat(ledger.stages(second.run().runId())).isEqualTo(second.stages());
      assertThat(ledger.stages("20261124-1")).isEmpty();
      assertThat(ledger.version()).isEqualTo(3);
    }
  }

  @Test
  void replacesARunWithItsStages() {
    LedgerRun.WithStages before = run("20261124-100000-aaaaaa", "running", 2);
    LedgerRun.WithStages after =
        new LedgerRun.WithStages(
            run("20261124-100000-aaaaaa", "failed", 0).run(),
            List.of(
                before.stages().get(0),
                stage("20261124-100000-aaaaaa", 1, "0c", "20261124T100001000Z-2", "It broke.")));
    try (Ledger ledger = Ledger.open(place())) {
      ledger.put(before);
      ledger.put(after);
      assertThat(ledger.runs()).containsExactly(after.run());
      assertThat(ledger.stages(after.run().runId())).isEqualTo(after.stages());
    }
  }

  @Test
  void keepsEveryAttempt() {
    LedgerArtifact first = artifact("20261124T100000000Z-1");
    LedgerArtifact second = artifact("20261124T110000000Z-2");
    try (Ledger ledger = Ledger.open(place())) {
      ledger.put(second);
      ledger.put(first);
      ledger.put(first);
      assertThat(ledger.artifacts()).containsExactly(first, second);
      ledger.remove(first.key());
      assertThat(ledger.artifacts()).containsExactly(second);
    }
  }

  @Test
  void forgetsARunWithItsStages() {
    LedgerRun.WithStages first = run("20261124-100000-aaaaaa", "succeeded", 2);
    LedgerRun.WithStages second = run("20261124-100001-bbbbbb", "succeeded", 2);
    try (Ledger ledger = Ledger.open(place())) {
      ledger.put(first);
      ledger.put(second);
      ledger.removeRun(first.run().runId());
      assertThat(ledger.runs()).containsExactly(second.run());
      assertThat(ledger.stages(first.run().runId())).isEmpty();
      assertThat(ledger.stages(second.run().runId())).hasSize(2);
    }
  }

  @Test
  void keepsWorkspacesApart() {
    LedgerPlace other = LedgerPlace.of(Workspace.of(workspace.resolveSibling("other")), url());
    LedgerRun.WithStages run = run("20261124-100000-aaaaaa", "succeeded", 1);
    LedgerRun.WithStages same = run("20261124-100000-aaaaaa", "failed", 2);
    try (Ledger one = Ledger.open(place());
        Ledger two = Ledger.open(other)) {
      one.put(run);
      two.put(same);
      two.put(artifact("20261124T100000000Z-1"));
      assertThat(one.runs()).containsExactly(run.run());
      assertThat(one.artifacts()).isEmpty();
      one.clear();
      assertThat(one.runs()).isEmpty();
      assertThat(two.runs()).containsExactly(same.run());
      assertThat(two.stages(same.run().runId())).isEqualTo(same.stages());
    }
  }

  @Test
  void takesAnyText() {
    String id = "20261124-100000-aaaaaa";
    String error = "It's \"50 %\"; -- \\ \u00fc \ud83d\ude00 \n\t" + "x".repeat(100_000);
    try (Ledger ledger = Ledger.open(place())) {
      ledger.put(
          new LedgerRun.WithStages(
              run(id, "failed", 0).run(),
              List.of(
                  stage(id, 0, null, null, error), stage(id, 1, null, null, "a\u0000b\ud83dc"))));
      assertThat(ledger.stages(id))
          .extracting(LedgerStage::error)
          .containsExactly(error, "a\ufffdb\ufffdc");
    }
  }

  @Test
  void makesSeveralChangesAsOne() {
    LedgerRun.WithStages run = run("20261124-100000-aaaaaa", "succeeded", 1);
    try (Ledger ledger = Ledger.open(place())) {
      ledger.put(run);
      assertThatThrownBy(
              () ->
                  ledger.atomically(
                      () -> {
                        ledger.clear();
                        ledger.put(run("20261124-100001-bbbbbb", "failed", 1));
                        throw new IllegalStateException("Not today.");
                      }))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("Not today.");
      assertThat(ledger.runs()).containsExactly(run.run());
      assertThat(ledger.stages(run.run().runId())).isEqualTo(run.stages());
    }
  }

  @Test
  void bringsAnOlderLedgerUpToDate() {
    LedgerRun.WithStages run = run("20261124-100000-aaaaaa", "succeeded", 2);
    try (Ledger ledger = Ledger.open(place(), Migrations.ALL.subList(0, 1))) {
      ledger.put(run);
      assertThat(ledger.version()).isEqualTo(1);
    }
    try (Ledger ledger = Ledger.open(place())) {
      assertThat(ledger.version()).isEqualTo(3);
      assertThat(ledger.runs()).containsExactly(run.run());
      assertThat(ledger.stages(run.run().runId())).isEqualTo(run.stages());
      ledger.put(artifact("20261124T100000000Z-1"));
      assertThat(ledger.artifacts()).hasSize(1);
    }
  }

  @Test
  void refusesANewerLedger() {
    Ledger.open(place(), ONE_MORE).close();
    LedgerPlace place = place();
    assertThatThrownBy(() -> Ledger.open(place).close())
        .isInstanceOf(LedgerException.class)
        .hasMessage(
            "The ledger %s has version 4; this Sluice knows versions up to 3. Use a newer Sluice, or name another ledger in SLUICE_LEDGER."
                .formatted(place.name()));
  }

  @Test
  void appliesAMigrationWholeOrNotAtAll() {
    Ledger.open(place()).close();
    List<String> broken =
        Stream.concat(Migrations.ALL.stream(), Stream.of("004-broken.sql")).toList();
    LedgerPlace place = place();
    assertThatThrownBy(() -> Ledger.open(place, broken).close())
        .isInstanceOf(LedgerException.class)
        .hasMessageStartingWith("The ledger %s cannot be opened: ".formatted(place.name()))
        .hasMessageContaining("already exists");
    try (Ledger ledger = Ledger.open(place)) {
      assertThat(ledger.version()).isEqualTo(3);
    }
    // What the broken one made is not there.
    try (Ledger ledger = Ledger.open(place, ONE_MORE)) {
      assertThat(ledger.version()).isEqualTo(4);
    }
  }

  @Test
  void takesWhatSeveralThreadsWriteFromTheFirstMomentOn() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Callable<Integer>> writers = new ArrayList<>();
    for (int writer = 0; writer < 4; writer++) {
      String id = "20261124-10000%d-".formatted(writer);
      writers.add(() -> writeRuns(place(), id));
    }
    int written = 0;
    for (Future<Integer> writer : threads.invokeAll(writers)) {
      written += writer.get();
    }
    threads.shutdown();
    try (Ledger ledger = Ledger.open(place())) {
      assertThat(ledger.runs()).hasSize(written).hasSize(100);
    }
  }

  @Test
  void takesWhatTwoProcessesWriteAtOnce() throws Exception {
    List<Process> processes = new ArrayList<>();
    for (String id : List.of("20261124-100000-", "20261124-100001-")) {
      processes.add(
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path", ""),
                  Writer.class.getName(),
                  workspace.toString(),
                  url(),
                  id)
              .inheritIO()
              .start());
    }
    for (Process process : processes) {
      assertThat(process.waitFor()).isZero();
    }
    try (Ledger ledger = Ledger.open(place())) {
      assertThat(ledger.runs()).hasSize(50);
    }
  }

  /** A process of its own that writes runs. */
  static final class Writer {
    private Writer() {}

    public static void main(String[] args) {
      writeRuns(LedgerPlace.of(Workspace.of(Path.of(args[0])), args[1]), args[2]);
    }
  }

  private static int writeRuns(LedgerPlace place, String id) {
    try (Ledger ledger = Ledger.open(place)) {
      for (int i = 0; i < 25; i++) {
        ledger.put(run(id + i, "running", 3));
        ledger.put(run(id + i, "succeeded", 3));
        // All write the same row as well.
        ledger.put(artifact("20261124T100000000Z-1"));
      }
    }
    return 25;
  }

  /** Everything that the ledger knows, as text. */
  private String all() {
    StringBuilder text = new StringBuilder();
    try (Ledger ledger = Ledger.open(place())) {
      for (LedgerRun run : ledger.runs()) {
        text.append(run).append('\n');
        ledger.stages(run.runId()).forEach(stage -> text.append(stage).append('\n'));
      }
      ledger.artifacts().forEach(artifact -> text.append(artifact).append('\n'));
    }
    return text.toString();
  }

  private CatchUp catchUp() {
    try (Ledger ledger = Ledger.open(place())) {
      return CatchUp.of(ledger, Workspace.of(workspace));
    }
  }

  private LedgerWriter writer() {
    return new LedgerWriter(place(), ArtifactStore.open(workspace), Duration.ZERO);
  }

  private RunReport recorded(RunnerOfToys toys) {
    LedgerWriter writer = writer();
    RunReport report = toys.run(Workspace.of(workspace), writer);
    assertThat(writer.end()).isEmpty();
    return report;
  }

  private interface RunnerOfToys {
    RunReport run(Workspace workspace, RunListener listener);
  }

  @Test
  void isTheSameAfterItWasRebuilt() {
    RunReport first = recorded(ToyRun::of);
    RunReport again = recorded(ToyRun::again);
    RunReport failed = recorded(ToyRun::failing);
    RunReport reused = recorded(ToyRun::of);
    assertThat(first.state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(failed.state()).isEqualTo(RunState.FAILED);
    assertThat(reused.stages())
        .extracting(StageReport::state)
        .containsOnly(StageReport.State.REUSED);

    String before = all();
    try (Ledger ledger = Ledger.open(place())) {
      assertThat(ledger.runs()).hasSize(4);
      // Two of the first chain, one more of the rerun, one of the chain that failed.
      assertThat(ledger.artifacts()).hasSize(4);
      assertThat(ledger.stages(again.runId()).get(1).attempt())
          .isNotNull()
          .isNotEqualTo(ledger.stages(first.runId()).get(1).attempt())
          .isEqualTo(ledger.stages(reused.runId()).get(1).attempt());
      assertThat(ledger.stages(failed.runId()).get(1).error())
          .isEqualTo("Stage 'measure' failed at its unit '00003': The toy unit is poisoned.");

      assertThat(CatchUp.of(ledger, Workspace.of(workspace))).isEqualTo(new CatchUp(0, 0, 0));
      ledger.clear();
      assertThat(ledger.runs()).isEmpty();
      assertThat(CatchUp.of(ledger, Workspace.of(workspace))).isEqualTo(new CatchUp(4, 4, 0));
    }
    assertThat(all()).isEqualTo(before);

    try (Ledger ledger = Ledger.open(place())) {
      ledger.put(run("20261124-100000-aaaaaa", "succeeded", 2));
      assertThat(CatchUp.rebuild(ledger, Workspace.of(workspace))).isEqualTo(new CatchUp(4, 4, 0));
    }
    assertThat(all()).isEqualTo(before);
  }

  @Test
  void forgetsWhatIsGone() throws IOException {
    RunReport first = recorded(ToyRun::of);
    RunReport again = recorded(ToyRun::again);
    delete(RunFolder.of(Workspace.of(workspace), first.runId()).path().local());
    delete(Path.of(String.valueOf(first.stages().get(1).artifact())));

    assertThat(catchUp()).isEqualTo(new CatchUp(0, 0, 2));
    try (Ledger ledger = Ledger.open(place())) {
      assertThat(ledger.runs()).extracting(LedgerRun::runId).containsExactly(again.runId());
      assertThat(ledger.artifacts()).hasSize(2);
    }
  }

  @Test
  void noticesARunThatDied() throws IOException {
    RunReport report = recorded(ToyRun::of);
    Path status = workspace.resolve("runs").resolve(report.runId()).resolve("status.json");
    String ended = Files.readString(status);
    String running =
        ended
            .replace("\"succeeded\"", "\"running\"")
            .replaceAll("\"hash\"", "\"once\"")
            .replaceAll("(\"heartbeat\" : )\"[^\"]*\"", "$1\"" + Instant.now() + "\"");
    Files.writeString(status, running);
    FileTime time = FileTime.from(Instant.now().plusSeconds(1));
    Files.setLastModifiedTime(status, time);
    assertThat(catchUp()).isEqualTo(new CatchUp(1, 0, 0));
    assertThat(states()).containsExactly("running");

    // Its process goes, which changes no file.
    Files.writeString(status, running.replaceAll("(\"pid\" : )\\d+", "$1" + Long.MAX_VALUE));
    Files.setLastModifiedTime(status, time);
    assertThat(catchUp()).isEqualTo(new CatchUp(1, 0, 0));
    assertThat(states()).containsExactly("interrupted");
    assertThat(catchUp()).isEqualTo(new CatchUp(0, 0, 0));
  }

  private List<String> states() {
    try (Ledger ledger = Ledger.open(place())) {
      return ledger.runs().stream().map(LedgerRun::state).toList();
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(folder)) {
      files = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
  }

  /** Breaks the database down, or mends it, when a stage has ended. */
  private RunListener after(String stage, Runnable change) {
    return new RunListener() {
      @Override
      public void ended(StageReport report) {
        if (report.name().equals(stage)) {
          change.run();
        }
      }
    };
  }

  @Test
  void catchesUpWithARunDuringWhichItBrokeDown() {
    recorded(ToyRun::of);
    LedgerWriter writer = writer();
    RunReport report =
        ToyRun.again(
            Workspace.of(workspace), RunListener.both(writer, after("make", this::breakDown)));
    Optional<String> warning = writer.end();
    mend();

    assertThat(report.state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(warning)
        .hasValueSatisfying(
            sentence ->
                assertThat(sentence)
                    .startsWith("The ledger %s cannot be ".formatted(place().name()))
                    .endsWith(
                        brokenDown()
                            + ". The run is whole without it; 'sluice runs' brings the ledger up to date later."));

    CatchUp done = catchUp();
    assertThat(done.runs()).isEqualTo(1);
    assertThat(done.artifacts()).isEqualTo(1);
    String caughtUp = all();
    assertThat(caughtUp).contains(report.runId());
    try (Ledger ledger = Ledger.open(place())) {
      CatchUp.rebuild(ledger, Workspace.of(workspace));
    }
    assertThat(all()).isEqualTo(caughtUp);
  }

  @Test
  void saysNothingIfItIsThereAgainAtTheEnd() {
    breakDown();
    LedgerWriter writer = writer();
    RunReport report = ToyRun.of(workspace, RunListener.both(writer, after("make", this::mend)));
    assertThat(writer.end()).isEmpty();
    try (Ledger ledger = Ledger.open(place())) {
      assertThat(ledger.runs()).extracting(LedgerRun::state).containsExactly("succeeded");
      assertThat(ledger.stages(report.runId()))
          .extracting(LedgerStage::state)
          .containsExactly("ran", "ran");
      assertThat(CatchUp.of(ledger, Workspace.of(workspace))).isEqualTo(new CatchUp(0, 0, 0));
    }
  }
}
