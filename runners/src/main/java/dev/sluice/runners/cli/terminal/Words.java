package dev.sluice.runners.cli.terminal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** The words of a command line in the order that commands read: the command first. */
public final class Words {
  private static final Set<String> FLAGS = Set.of("--json", "--quiet", "-h", "--help");
  private static final Set<String> GROUPS = Set.of("schedule", "model", "ledger");

  private Words() {}

  /**
   * Puts options that stand before the command behind it, and makes {@code help COMMAND} what
   * {@code COMMAND --help} is.
   *
   * @param commands the names of all commands
   */
  public static String[] inOrder(String[] given, Set<String> commands) {
    List<String> words = new ArrayList<>(Arrays.asList(given));
    int command = 0;
    while (command < words.size() && words.get(command).startsWith("-")) {
      boolean value =
          !words.get(command).contains("=")
              && !FLAGS.contains(words.get(command))
              && command + 2 < words.size()
              && !words.get(command + 1).startsWith("-");
      command += value ? 2 : 1;
    }
    if (command < words.size() && isCommand(words.get(command), commands)) {
      List<String> options = new ArrayList<>(words.subList(0, command));
      words.subList(0, command).clear();
      int behind = GROUPS.contains(words.get(0)) && words.size() > 1 ? 2 : 1;
      words.addAll(behind, options);
    }
    if (!words.isEmpty() && words.get(0).equals("help")) {
      words.remove(0);
      if (words.isEmpty() || commands.contains(words.get(0))) {
        words.add("--help");
      }
    }
    return words.toArray(String[]::new);
  }

  private static boolean isCommand(String word, Set<String> commands) {
    return word.equals("help") || commands.contains(word);
  }
}
