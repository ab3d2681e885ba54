package dev.sluice.runners.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.pipelines.run.folder.RunFolder;
import dev.sluice.pipelines.run.folder.RunReport;
import dev.sluice.pipelines.run.folder.RunState;
import dev.sluice.pipelines.run.folder.StageReport;
import dev.sluice.pipelines.store.Workspace;
import dev.sluice.records.manifest.Manifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The program, started as a person would, in a workspace of its own.
 *
 * @param workspace the workspace
 */
record Sluice(Path workspace) {
  static final String FILE = "runners/src/it/chaos.yaml";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long MINUTES = 5;

  /**
   * Units of work.
   *
   * @param begun how often a unit was begun
   * @param atWork units at work when their process was last heard
   */
  record Units(long begun, long atWork) {}

  /** Starts a command; what it says goes to a file beside the workspace. */
  Process start(String... words) {
    List<String> command = new ArrayList<>(List.of("./sluice"));
    command.addAll(List.of(words));
    command.addAll(List.of("--workspace", workspace.toString(), "--quiet"));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("SLUICE_NO_BUILD", "1");
    try {
      return builder
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(said().toFile()))
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException("Starting " + String.join(" ", command) + " failed.", e);
    }
  }

  Path said() {
    return workspace.resolveSibling(workspace.getFileName() + ".log");
  }

  /** Waits until a command has succeeded. */
  void finish(Process process) {
    int code = await(process);
    if (code != 0) {
      throw new IllegalStateException(
          "A command ended with exit code %d; what it said is in %s.".formatted(code, said()));
    }
  }

  int await(Process process) {
    try {
      if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new IllegalStateException(
            "A command did not end within %d minutes; what it said is in %s."
                .formatted(MINUTES, said()));
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while a command ran.", e);
    }
  }

  boolean hasRuns() {
    return !RunFolder.all(Workspace.of(workspace)).isEmpty();
  }

  /** Whether there is a run that 'resume' takes. */
  boolean hasInterrupted() {
    return RunFolder.all(Workspace.of(workspace)).stream()
        .anyMatch(run -> run.state() == RunState.INTERRUPTED && run.invocation() != null);
  }

  private RunReport newest() {
    List<RunFolder> runs = RunFolder.all(Workspace.of(workspace));
    return Objects.requireNonNull(runs.get(runs.size() - 1).report());
  }

  /** Digest of each stage's artifact in the newest run, as its manifest says. */
  Map<String, String> digests() {
    return digests(newest());
  }

  /** The same of every run. */
  List<Map<String, String>> everyRun() {
    return RunFolder.all(Workspace.of(workspace)).stream()
        .map(run -> digests(Objects.requireNonNull(run.report())))
        .toList();
  }

  /** Number of attempts that were committed. */
  long artifacts() {
    // TYPE/FINGERPRINT/ATTEMPT/manifest.json; a dataset within an artifact has one of its own.
    try (Stream<Path> files = Files.walk(workspace.resolve("artifacts"), 4)) {
      return files.filter(file -> file.endsWith("manifest.json")).count();
    } catch (IOException e) {
      throw new UncheckedIOException("The artifacts of %s cannot be read.".formatted(this), e);
    }
  }

  private static Map<String, String> digests(RunReport report) {
    Map<String, String> digests = new LinkedHashMap<>();
    for (StageReport stage : report.stages()) {
      String artifact = Objects.requireNonNull(stage.artifact(), stage.name());
      digests.put(stage.name(), manifest(Path.of(artifact)).digest());
    }
    return digests;
  }

  private static Manifest manifest(Path artifact) {
    Path path = artifact.resolve("manifest.json");
    try {
      return Manifest.read(Files.readAllBytes(path), path.toString()).orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException("The manifest %s cannot be read.".formatted(path), e);
    }
  }

  Map<String, Double> secondsOfStages() {
    Map<String, Double> seconds = new LinkedHashMap<>();
    newest().stages().forEach(stage -> seconds.put(stage.name(), stage.seconds()));
    return seconds;
  }

  /** Whether the newest run has come to a stage: the one before it has ended. */
  boolean cameTo(String stage, List<String> stages) {
    int place = stages.indexOf(stage);
    if (place == 0) {
      return hasRuns();
    }
    List<RunFolder> runs = RunFolder.all(Workspace.of(workspace));
    if (runs.isEmpty()) {
      return false;
    }
    Path events = runs.get(runs.size() - 1).path().resolve("events.jsonl").local();
    String before = "\"event\":\"stage_ended\",\"name\":\"" + stages.get(place - 1) + "\"";
    try {
      return Files.exists(events)
          && Files.readString(events, StandardCharsets.UTF_8).contains(before);
    } catch (IOException e) {
      return false;
    }
  }

  /** What all processes so far said of their units. */
  Units units() {
    long begun = 0;
    long atWork = 0;
    Path runs = workspace.resolve("runs");
    if (Files.isDirectory(runs)) {
      try (Stream<Path> files = Files.walk(runs)) {
        for (Path file : files.filter(Sluice::isMeter).toList()) {
          JsonNode meter = JSON.readTree(file.toFile());
          begun += meter.path("units_begun").asLong();
          atWork += meter.path("at_work").size();
        }
      } catch (IOException e) {
        throw new UncheckedIOException("The progress below %s cannot be read.".formatted(runs), e);
      }
    }
    return new Units(begun, atWork);
  }

  private static boolean isMeter(Path file) {
    boolean progress = false;
    for (Path part : file) {
      progress |= part.toString().equals("progress");
    }
    return progress && file.toString().endsWith(".json");
  }

  void remove() {
    try (Stream<Path> files = Files.walk(workspace)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
      Files.deleteIfExists(said());
    } catch (IOException e) {
      throw new UncheckedIOException("Removing %s failed.".formatted(workspace), e);
    }
  }
}
