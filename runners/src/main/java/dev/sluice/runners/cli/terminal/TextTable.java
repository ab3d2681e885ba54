package dev.sluice.runners.cli.terminal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows of text in columns: those of numbers to the right, the others to the left. */
public final class TextTable {
  private final List<String> header;
  private final boolean[] right;
  private final List<List<String>> rows = new ArrayList<>();

  /** Column titles; one that begins with {@code >} stands to the right. */
  public TextTable(String... titles) {
    right = new boolean[titles.length];
    List<String> names = new ArrayList<>();
    for (int i = 0; i < titles.length; i++) {
      right[i] = titles[i].startsWith(">");
      names.add(right[i] ? titles[i].substring(1) : titles[i]);
    }
    header = List.copyOf(names);
  }

  public void row(String... cells) {
    rows.add(List.copyOf(Arrays.asList(cells)));
  }

  public boolean isEmpty() {
    return rows.isEmpty();
  }

  @Override
  public String toString() {
    int[] widths = new int[right.length];
    List<List<String>> all = new ArrayList<>();
    all.add(header);
    all.addAll(rows);
    for (List<String> row : all) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : all) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String cell = row.get(i);
        String padding = " ".repeat(widths[i] - cell.length());
        line.append(i == 0 ? "" : "  ").append(right[i] ? padding + cell : cell + padding);
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}
