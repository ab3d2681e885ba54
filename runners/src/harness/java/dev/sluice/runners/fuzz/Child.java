package dev.sluice.runners.fuzz;

import dev.sluice.runners.fuzz.targets.Target;
import dev.sluice.runners.fuzz.targets.Targets;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The process that reads the inputs of one reader. */
public final class Child {
  private Child() {}

  /** How often a find of each place may be met before the process ends. */
  private static final int MAX_MET = 100_000;

  /**
   * @param arguments reader, seed, first input, number of inputs, file of the place, seconds for an
   *     input, finds after which it ends, folder of finds, seconds after which it ends
   */
  public static void main(String... arguments) throws IOException {
    Target target = Targets.of(arguments[0]);
    long seed = Long.parseLong(arguments[1]);
    long first = Long.parseLong(arguments[2]);
    long count = Long.parseLong(arguments[3]);
    Place place = Place.open(Path.of(arguments[4]));
    int mostFinds = Integer.parseInt(arguments[6]);
    Finds finds = new Finds(Path.of(arguments[7]), target.name());
    Logger.getLogger("").setLevel(Level.OFF);
    Target.Reader reader = target.reader().get();
    Watchdog.watch(
        place,
        Double.parseDouble(arguments[5]),
        what -> finds.save(place.number(), target.input(seed, place.number()), what));
    Set<String> places = new HashSet<>();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Long.parseLong(arguments[8]));
    for (long number = first; number < first + count && System.nanoTime() < end; number++) {
      byte[] input = target.input(seed, number);
      place.begin(number);
      Trial trial = Trial.of(target, reader, input);
      place.end(trial);
      if (trial.fault() != null && places.add(trial.place())) {
        finds.save(number, input, trace(trial.fault()));
        System.out.println(number + "\t" + trial.place());
        if (places.size() >= mostFinds) {
          break;
        }
      }
      if (place.finds() > MAX_MET) {
        break;
      }
    }
    System.exit(places.isEmpty() ? 0 : 1);
  }

  private static String trace(Throwable fault) {
    StringWriter trace = new StringWriter();
    fault.printStackTrace(new PrintWriter(trace));
    List<String> lines = trace.toString().lines().toList();
    return String.join("\n", lines.subList(0, Math.min(80, lines.size()))) + "\n";
  }
}
