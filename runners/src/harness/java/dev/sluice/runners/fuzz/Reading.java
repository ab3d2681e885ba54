package dev.sluice.runners.fuzz;

import dev.sluice.runners.fuzz.targets.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One reader's process, seen from outside. */
final class Reading {
  /** How much later than its own watchdog a process is ended from outside. */
  private static final double GRACE = 10;

  private final Target target;
  private final Settings settings;
  private final Finds finds;
  private final Path output;
  private final Path data;
  private final Place place;
  private final Process process;
  private final long begun = System.nanoTime();
  private long ended;
  private @Nullable String death;

  /**
   * What all readings share.
   *
   * @param seed of the inputs
   * @param first number of the first input
   * @param inputs how many
   * @param limit seconds for one input
   * @param mostFinds finds after which a reader is done
   * @param seconds after which it is done, however few inputs it read
   * @param folder where everything goes
   * @param tools of the coverage; null to count none
   */
  record Settings(
      long seed,
      long first,
      long inputs,
      double limit,
      int mostFinds,
      long seconds,
      Path folder,
      Coverage.@Nullable Tools tools) {}

  Reading(Target target, Settings settings) throws IOException {
    this.target = target;
    this.settings = settings;
    this.finds = new Finds(settings.folder(), target.name());
    Path work = Files.createDirectories(settings.folder().resolve("work"));
    this.output = work.resolve(target.name() + ".out");
    this.data = work.resolve(target.name() + ".exec");
    Path shared = work.resolve(target.name() + ".place");
    Files.deleteIfExists(shared);
    Files.deleteIfExists(data);
    forget();
    this.place = Place.open(shared);
    this.process = start(shared);
  }

  /** Removes what an earlier reading left. */
  private void forget() throws IOException {
    try (Stream<Path> old = Files.list(settings.folder())) {
      for (Path each : old.toList()) {
        if (each.getFileName().toString().matches(target.name() + "-\\d+(\\.txt)?")) {
          Files.delete(each);
        }
      }
    }
  }

  private Process start(Path shared) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx1g", "-XX:+UseSerialGC", "-Dai.djl.offline=true"));
    command.addAll(
        List.of("-XX:ErrorFile=" + finds.folder().resolve("work/" + target.name() + ".hs_err")));
    if (settings.tools() != null) {
      command.add(
          "-javaagent:%s=destfile=%s,includes=dev.sluice.*"
              .formatted(settings.tools().agent(), data));
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Child.class.getName());
    for (Object argument :
        List.of(
            target.name(),
            settings.seed(),
            settings.first(),
            settings.inputs(),
            shared,
            settings.limit(),
            settings.mostFinds(),
            settings.folder(),
            settings.seconds())) {
      command.add(argument.toString());
    }
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
  }

  Target target() {
    return target;
  }

  Place place() {
    return place;
  }

  Path data() {
    return data;
  }

  double seconds() {
    return ((ended == 0 ? System.nanoTime() : ended) - begun) / 1e9;
  }

  double rate() {
    return place.done() / Math.max(0.001, seconds());
  }

  /** Whether the process is over; one that is stuck is ended. */
  boolean over() throws InterruptedException {
    if (ended != 0) {
      return true;
    }
    if (place.seconds() > settings.limit() + GRACE) {
      death = "No end after %.0f s, not even by its own watchdog.".formatted(place.seconds());
      process.destroyForcibly();
    }
    if (!process.waitFor(50, TimeUnit.MILLISECONDS)) {
      return false;
    }
    ended = System.nanoTime();
    int code = process.exitValue();
    if (code == Watchdog.STUCK) {
      death = "it did not end within %.0f s".formatted(settings.limit());
    } else if (code != 0 && code != 1 && death == null) {
      death = "the process ended with %d".formatted(code);
    }
    if (death != null) {
      long number = place.number();
      finds.save(number, target.input(settings.seed(), number), death + "\n");
    }
    return true;
  }

  /** A line for each find. */
  List<String> found() throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line : Files.readAllLines(output)) {
      int tab = line.indexOf('\t');
      if (tab > 0 && line.substring(0, tab).matches("\\d+")) {
        long number = Long.parseLong(line.substring(0, tab));
        lines.add(told(number, line.substring(tab + 1)));
      }
    }
    if (death != null) {
      lines.add(told(place.number(), death));
    }
    return lines;
  }

  private String told(long number, String what) {
    return "%s, input %d: %s; see %s".formatted(target.name(), number, what, finds.report(number));
  }
}
