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

  @Option(names = "--seed", paramLabel = "SEED", description = "Which moments; ${DEFAULT-VALUE}.")
  private long seed = 7;

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
    calm.finish(calm.start("run", Sluice.FILE));
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
      Disturbance disturbance = new Disturbance(sluice, random, seconds);
      disturbance.run(stages.get(round % stages.size()));
      boolean sound = tally.add(round, disturbance, digests, units);
      if (sound) {
        sluice.remove();
      }
    }
    calm.remove();
    System.out.println(tally);
    return tally.sound() ? 0 : 1;
  }
}
