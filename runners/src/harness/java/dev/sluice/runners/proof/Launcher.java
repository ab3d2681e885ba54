package dev.sluice.runners.proof;

import dev.sluice.runners.proof.measure.ProofException;
import dev.sluice.runners.proof.measure.ProofFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts runs as a person would, one after another, and keeps what {@code run --json} says of each.
 *
 * @param workspace the one workspace of all runs, so that they share every common stage
 * @param results folder for the results
 * @param sets more values that are set over the files
 */
public record Launcher(Path workspace, Path results, List<String> sets) {
  static final int LONG_ROUNDS = 160;

  private static final int PROBLEMS_A_ROUND = 32;

  /**
   * Runs a file.
   *
   * @return whether the run succeeded; if not, the command to repeat it was printed
   */
  boolean run(ProofFile file, boolean longer, int seed) {
    List<String> command = command(file, longer, seed);
    Path result = results.resolve(ProofRuns.fileName(file, longer, seed));
    String line = String.join(" ", command) + " > " + result;
    System.err.println("+ " + line);
    try {
      Files.createDirectories(results);
      int code =
          new ProcessBuilder(command)
              .redirectOutput(result.toFile())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start()
              .waitFor();
      if (code != 0) {
        System.err.printf(
            "%s with seed %d ended with exit code %d. To repeat it:%n  %s%n",
            file.path(), seed, code, line);
      }
      return code == 0;
    } catch (IOException e) {
      throw new ProofException("Starting '%s' failed: %s.".formatted(line, e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProofException("Interrupted while this ran: " + line);
    }
  }

  /** The command of one run. */
  List<String> command(ProofFile file, boolean longer, int seed) {
    List<String> command =
        new ArrayList<>(
            List.of("./sluice", "run", file.path().toString(), "--set", "seed=" + seed));
    if (longer) {
      set(command, "pipeline.transforms.grpo.config.rounds=" + LONG_ROUNDS);
      set(
          command,
          "pipeline.transforms.rl_problems.config.source.count=" + LONG_ROUNDS * PROBLEMS_A_ROUND);
    }
    sets.forEach(set -> set(command, set));
    command.addAll(List.of("--workspace", workspace.toString(), "--json"));
    return command;
  }

  private static void set(List<String> command, String value) {
    command.add("--set");
    command.add(value);
  }
}
