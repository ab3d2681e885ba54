package dev.sluice.runners.proof;

import dev.sluice.export.RunView;
import dev.sluice.records.json.Json;
import dev.sluice.records.json.JsonException;
import dev.sluice.runners.proof.measure.ProofException;
import dev.sluice.runners.proof.measure.ProofFile;
import dev.sluice.runners.proof.measure.ProofRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The results of {@code run --json} in one folder: {@code NAME-SEED.json}, and {@code
 * NAME-long-SEED.json} for the longer runs.
 *
 * @param finished the runs that succeeded
 * @param unusable what is wrong with the others, a sentence each
 */
public record ProofRuns(List<ProofRun> finished, List<String> unusable) {
  private static final Pattern NAME = Pattern.compile("(\\w+?)(-long)?-(\\d{1,9})\\.json");

  /** What is needed of a result. */
  record Result(String runId, String state) {}

  /** Name of the file that holds a run's result. */
  static String fileName(ProofFile file, boolean longer, int seed) {
    return file.name() + (longer ? "-long-" : "-") + seed + ".json";
  }

  /**
   * Reads all results of a folder.
   *
   * @param workspace the workspace that the runs lie in
   */
  static ProofRuns read(Path folder, Path workspace) {
    List<ProofRun> finished = new ArrayList<>();
    List<String> unusable = new ArrayList<>();
    for (Path path : files(folder)) {
      Matcher name = NAME.matcher(path.getFileName().toString());
      if (!name.matches()) {
        continue;
      }
      try {
        Result result = Json.read(Files.readString(path), Result.class);
        if (!result.state().equals("succeeded")) {
          unusable.add(
              "%s: the run %s %s.".formatted(path.getFileName(), result.runId(), result.state()));
          continue;
        }
        finished.add(
            new ProofRun(
                new ProofFile(name.group(1)),
                name.group(2) != null,
                Integer.parseInt(name.group(3)),
                RunView.open(workspace.resolve("runs").resolve(result.runId()))));
      } catch (IOException | JsonException e) {
        unusable.add(
            "%s holds no result: the run failed or still runs.".formatted(path.getFileName()));
      }
    }
    return new ProofRuns(finished, unusable);
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new ProofException(
          "The folder of results %s cannot be read (%s). './dev proof' without --report makes the runs first."
              .formatted(folder, e));
    }
  }
}
