package dev.sluice.runners.cli.terminal;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** What {@code --help} prints: broken into lines between words alone, with the exit codes. */
public final class HelpText {
  /** Far wider than any text, so that picocli, which breaks at dots and slashes, breaks nothing. */
  private static final int UNBROKEN = 10_000;

  private static final int USUAL_WIDTH = 80;
  private static final int MAX_WIDTH = 120;

  private HelpText() {}

  /** Has a command and those below it say how they end. */
  public static void prepare(CommandLine line) {
    Map<String, String> codes = new LinkedHashMap<>();
    codes.put("0", "done");
    codes.put("1", "a run failed, or 'verify' found damage");
    codes.put("2", "a mistake in the file or the arguments, or a model that is missing or damaged");
    codes.put("3", "interrupted; 'resume' continues");
    codes.put("4", "stopped by its budget; 'resume' continues with a higher one");
    CommandSpec spec = line.getCommandSpec();
    spec.usageMessage().exitCodeListHeading("Exit codes:%n").exitCodeList(codes);
    spec.usageMessage().width(UNBROKEN);
    line.getSubcommands().values().forEach(HelpText::prepare);
  }

  /** The usage of a command, for a terminal of so many columns; 0 if there is none. */
  public static String of(CommandLine line, int columns) {
    int width = columns == 0 ? USUAL_WIDTH : Math.max(40, Math.min(MAX_WIDTH, columns));
    StringBuilder text = new StringBuilder();
    for (String each : line.getUsageMessage().split("\n", -1)) {
      wrap(each.stripTrailing(), width, text);
    }
    return text.toString().stripTrailing() + "\n";
  }

  private static void wrap(String line, int width, StringBuilder text) {
    String indent = " ".repeat(indent(line));
    String rest = line;
    while (rest.length() > width) {
      int at = rest.lastIndexOf(' ', width);
      if (at <= indent.length()) {
        at = rest.indexOf(' ', Math.max(indent.length(), 1));
      }
      if (at < 0 || rest.substring(0, at).isBlank()) {
        break;
      }
      text.append(rest.substring(0, at).stripTrailing()).append('\n');
      rest = indent + rest.substring(at).strip();
    }
    text.append(rest).append('\n');
  }

  /** Where the second column of a line begins, and so what continues it. */
  private static int indent(String line) {
    if (line.startsWith("Usage: ")) {
      return "Usage: ".length() + 2;
    }
    int words = line.length() - line.stripLeading().length();
    int gap = words == 0 ? -1 : line.indexOf("  ", words);
    if (gap < 0) {
      return words;
    }
    int column = gap;
    while (column < line.length() && line.charAt(column) == ' ') {
      column++;
    }
    return column;
  }
}
