package dev.sluice.runners.proof.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A table in Markdown; a column whose title begins with {@code >} is right-aligned. */
public final class Markdown {
  private final List<String> lines = new ArrayList<>();

  public Markdown(String... titles) {
    line(
        Arrays.stream(titles)
            .map(title -> title.startsWith(">") ? title.substring(1) : title)
            .toList());
    line(Arrays.stream(titles).map(title -> title.startsWith(">") ? "--:" : "---").toList());
  }

  public void row(String... cells) {
    line(List.of(cells));
  }

  public void row(List<String> cells) {
    line(cells);
  }

  private void line(List<String> cells) {
    lines.add("| " + String.join(" | ", cells) + " |");
  }

  /** Whether it has a row. */
  public boolean isEmpty() {
    return lines.size() == 2;
  }

  @Override
  public String toString() {
    return String.join("\n", lines) + "\n";
  }
}
