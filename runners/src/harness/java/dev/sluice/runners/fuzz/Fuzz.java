package dev.sluice.runners.fuzz;

import dev.sluice.runners.fuzz.targets.Target;
import dev.sluice.runners.fuzz.targets.Targets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Gives every reader inputs that nobody would write, each reader in a process of its own. */
@Command(
    name = "./dev fuzz",
    mixinStandardHelpOptions = true,
    description =
        "Gives every reader of what models, servers, files and strangers write inputs that nobody would write: valid ones with changes, and others drawn by a grammar. Input N of a reader is the same for the same seed. A find is an exception that is no refusal, a refusal without a proper message, a promise that does not hold, an input without end, or the end of the process; its input lies under the folder as NAME-N, what it did as NAME-N.txt.")
public final class Fuzz implements Callable<Integer> {
  private static final long SECONDS_BETWEEN_LINES = 10;

  @Parameters(paramLabel = "NAME", description = "Readers; all if none is named.")
  private List<String> names = new ArrayList<>();

  @Option(names = "--inputs", paramLabel = "N", description = "Of each; ${DEFAULT-VALUE}.")
  private long inputs = 200_000;

  @Option(names = "--seed", paramLabel = "SEED", description = "Which inputs; ${DEFAULT-VALUE}.")
  private long seed = 7;

  @Option(
      names = "--first",
      paramLabel = "N",
      description = "Number of the first input, to repeat one; ${DEFAULT-VALUE}.")
  private long first = 0;

  @Option(
      names = "--finds",
      paramLabel = "N",
      description = "Different finds after which a reader is done; ${DEFAULT-VALUE}.")
  private int finds = 1;

  @Option(
      names = "--limit",
      paramLabel = "SECONDS",
      description = "After so long an input is without end; ${DEFAULT-VALUE}.")
  private double limit = 30;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "For each reader at the most, however few inputs that is; ${DEFAULT-VALUE}.")
  private long seconds = 3600;

  @Option(names = "--jobs", paramLabel = "N", description = "Readers at a time; ${DEFAULT-VALUE}.")
  private int jobs = Math.max(1, Runtime.getRuntime().availableProcessors());

  @Option(names = "--uncovered", description = "Also the lines that no input reached.")
  private boolean uncovered;

  @Option(names = "--list", description = "Names the readers and ends.")
  private boolean list;

  @Option(names = "--folder", paramLabel = "DIR", description = "Where finds go; ${DEFAULT-VALUE}.")
  private Path folder = Path.of("target", "fuzz");

  @Option(names = "--jacoco", hidden = true)
  private @Nullable Path jacoco;

  public static void main(String... arguments) {
    System.exit(new CommandLine(new Fuzz()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException, XMLStreamException {
    List<Target> targets =
        names.isEmpty() ? Targets.all() : names.stream().map(Targets::of).toList();
    if (list) {
      targets.forEach(target -> System.out.println(target.name()));
      return 0;
    }
    Files.createDirectories(folder);
    Coverage.Tools tools = jacoco == null ? null : Coverage.Tools.in(jacoco);
    Reading.Settings settings =
        new Reading.Settings(seed, first, inputs, limit, finds, seconds, folder, tools);
    Deque<Target> waiting = new ArrayDeque<>(targets);
    List<Reading> running = new ArrayList<>();
    Report report = new Report(tools, classFolders(), uncovered);
    long said = System.nanoTime();
    while (!waiting.isEmpty() || !running.isEmpty()) {
      while (running.size() < jobs && !waiting.isEmpty()) {
        running.add(new Reading(waiting.remove(), settings));
      }
      for (Reading reading : List.copyOf(running)) {
        if (reading.over()) {
          running.remove(reading);
          report.add(reading);
        }
      }
      if (TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - said) >= SECONDS_BETWEEN_LINES) {
        running.forEach(Report::progress);
        said = System.nanoTime();
      }
    }
    System.out.print(report);
    return report.sound() ? 0 : 1;
  }

  private static List<Path> classFolders() {
    return Arrays.stream(System.getProperty("java.class.path").split(":"))
        .map(Path::of)
        .filter(path -> path.endsWith("target/classes") && Files.isDirectory(path))
        .toList();
  }
}
