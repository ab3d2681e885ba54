package dev.sluice.runners.fuzz;

import dev.sluice.runners.fuzz.targets.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/** What became of all readers: a table, and a line for each find. */
final class Report {
  private final Coverage.@Nullable Tools tools;
  private final List<Path> classFolders;
  private final boolean uncovered;
  private final List<String> rows = new ArrayList<>();
  private final List<String> uncounted = new ArrayList<>();
  private final List<String> found = new ArrayList<>();

  Report(Coverage.@Nullable Tools tools, List<Path> classFolders, boolean uncovered) {
    this.tools = tools;
    this.classFolders = classFolders;
    this.uncovered = uncovered;
  }

  /** Takes up a reader that is over, and says so. */
  void add(Reading reading) throws IOException, InterruptedException, XMLStreamException {
    progress(reading);
    uncounted(reading.target());
    for (String line : reading.found()) {
      System.out.println("FOUND " + line);
      found.add(line);
    }
    Place place = reading.place();
    double done = Math.max(1, place.done());
    String lines = "-";
    String missed = "";
    if (tools != null && reading.data().toFile().exists()) {
      Coverage coverage = Coverage.of(tools, reading.data(), reading.target(), classFolders);
      lines =
          String.format(
              Locale.ROOT,
              "%5.1f %% of %d",
              Math.floor(1000 * coverage.share()) / 10,
              coverage.lines());
      missed = uncovered ? "\n" + coverage.uncovered().stripTrailing() : "";
    }
    rows.add(
        String.format(
            Locale.ROOT,
            "%-18s %9d %9.1f %% %8.1f %% %9.0f  %-16s %s%s",
            reading.target().name(),
            place.done(),
            100 * place.accepted() / done,
            100 * place.refused() / done,
            reading.rate(),
            lines,
            reading.found().isEmpty() ? "" : "FOUND " + reading.found().size(),
            missed));
  }

  /** Notes what of a reader's classes does not count, a line for each reason. */
  private void uncounted(Target target) {
    Map<String, List<String>> byReason = new LinkedHashMap<>();
    target
        .uncounted()
        .forEach(
            each ->
                byReason
                    .computeIfAbsent(each.reason(), reason -> new ArrayList<>())
                    .add(each.shown()));
    byReason.forEach(
        (reason, methods) ->
            uncounted.add(
                "  %s: %s: %s".formatted(target.name(), String.join(", ", methods), reason)));
  }

  /** Says where a reader is. */
  static void progress(Reading reading) {
    System.out.printf(
        Locale.ROOT,
        "%-18s %9d inputs, %6.0f/s, %5.0f s%n",
        reading.target().name(),
        reading.place().done(),
        reading.rate(),
        reading.seconds());
  }

  boolean sound() {
    return found.isEmpty();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("\n");
    text.append(
        String.format(
            "%-18s %9s %11s %10s %9s  %s%n",
            "reader", "inputs", "accepted", "refused", "inputs/s", "lines reached"));
    rows.forEach(row -> text.append(row).append('\n'));
    if (tools != null && !uncounted.isEmpty()) {
      text.append("Not counted, because it reads nothing foreign:\n");
      uncounted.forEach(line -> text.append(line).append('\n'));
    }
    text.append(
        found.isEmpty()
            ? "Nothing was found.\n"
            : "Found:\n  " + String.join("\n  ", found) + "\n");
    return text.toString();
  }
}
