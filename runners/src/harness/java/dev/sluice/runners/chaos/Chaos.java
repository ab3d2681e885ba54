package dev.sluice.runners.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Kills a small run of all stages with {@code kill -9}, goes on with it until it is done, and
 * compares with a run that nobody disturbed.
 */
@Command(
    name = "./dev chaos",
    mixinStandardHelpOptions = true,
    description =
        "Kills a small run of all stages with kill -9 at random moments and goes on with it until it is done. Every artifact must then have the digest of an undisturbed run's, 'verify' must be clean, and no more work be repeated than was in flight at the kills.")
public final class Chaos implements Callable<Integer> {
  /** Rounds whose seeds are drawn one after another from one seed. */
  private static final long ROUND = 1_000_003L;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "Runs that are disturbed; ${DEFAULT-VALUE}.")
  private int rounds = 10;

  @Option(
      names = "--first",
      paramLabel = "N",
      description = "Number of the first round, to repeat one; ${DEFAULT-VALUE}.")
  private int first = 0;

  @Option(
      names = "--pairs",
      paramLabel = "N",
      description =
          "Also so many times two runs of the file at once in one workspace; ${DEFAULT-VALUE}.")
  private int pairs = 0;

  @Option(names = "--seed", paramLabel = "SEED", description = "Which moments; ${DEFAULT-VALUE}.")
  private long seed = 7;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "The run that is killed; ${DEFAULT-VALUE}.")
  private String file = Sluice.FILE;

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      description =
          "Where the workspaces go; what went wrong stays there. Default: ${DEFAULT-VALUE}.")
  private Path folder = Path.of("target", "chaos");

  public static void main(String... arguments) {
    System.exit(new CommandLine(new Chaos()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    Files.createDirectories(folder);
    Sluice calm = new Sluice(Files.createTempDirectory(folder, "undisturbed-"));
    calm.finish(calm.start("run", file));
    Map<String, String> digests = calm.digests();
    Map<String, Double> seconds = calm.secondsOfStages();
    long units = calm.units().begun();
    List<String> stages = List.copyOf(digests.keySet());
    System.out.printf(
        "Undisturbed: %d stages, %d units, %.1f s%n",
        stages.size(), units, seconds.values().stream().mapToDouble(s -> s).sum());
    Tally tally = new Tally();
    for (int round = first; round < first + rounds; round++) {
      Sluice sluice = new Sluice(Files.createTempDirectory(folder, "round-" + round + "-"));
      Random random = new Random(seed * ROUND + round);
      Disturbance disturbance = new Disturbance(sluice, file, random, seconds);
      disturbance.run(stages.get(round % stages.size()));
      boolean sound = tally.add(round, disturbance, digests, units);
      if (sound) {
        sluice.remove();
      }
    }
    if (rounds > 0) {
      System.out.println(tally);
    }
    boolean sound = tally.sound();
    for (int pair = 0; pair < pairs; pair++) {
      sound &= pair(pair, calm.artifacts(), digests, units);
    }
    calm.remove();
    return sound ? 0 : 1;
  }

  /** Two runs at once: one set of artifacts, the same rows. */
  private boolean pair(int number, long artifacts, Map<String, String> digests, long units)
      throws IOException {
    Sluice sluice = new Sluice(Files.createTempDirectory(folder, "pair-" + number + "-"));
    Process one = sluice.start("run", file);
    Process other = sluice.start("run", file);
    sluice.finish(one);
    sluice.finish(other);
    boolean sound =
        sluice.artifacts() == artifacts
            && sluice.everyRun().stream().allMatch(digests::equals)
            && sluice.await(sluice.start("verify")) == 0;
    System.out.printf(
        "pair %d: %d runs, %d artifacts, %d units again: %s%n",
        number,
        sluice.everyRun().size(),
        sluice.artifacts(),
        sluice.units().begun() - units,
        sound ? "ok" : "WRONG: see " + sluice.workspace());
    if (sound) {
      sluice.remove();
    }
    return sound;
  }
}
