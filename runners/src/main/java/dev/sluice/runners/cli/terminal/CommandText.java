package dev.sluice.runners.cli.terminal;

import dev.sluice.pipelines.run.folder.Invocation;
import dev.sluice.pipelines.store.Workspace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Commands as a person may type them next, for the same workspace, quoted for a shell. */
public final class CommandText {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

  private CommandText() {}

  /** A command with its words. */
  public static String of(GlobalOptions global, String... words) {
    return join(global, List.of(words));
  }

  /** The command that runs a file again as it was run. */
  public static String run(GlobalOptions global, String file, Invocation how) {
    List<String> words = new ArrayList<>(List.of("run", file));
    how.sets().forEach(set -> words.addAll(List.of("--set", set)));
    for (Map.Entry<String, String> param : new TreeMap<>(how.params()).entrySet()) {
      words.addAll(List.of("--param", param.getKey() + "=" + param.getValue()));
    }
    String until = how.until();
    if (until != null) {
      words.addAll(List.of("--until", until));
    }
    String only = how.only();
    if (only != null) {
      words.addAll(List.of("--only", only));
    }
    return join(global, words);
  }

  private static String join(GlobalOptions global, List<String> words) {
    StringBuilder text = new StringBuilder("sluice");
    words.forEach(word -> text.append(' ').append(quoted(word)));
    if (!global.workspace().equals(Workspace.of(Path.of("workspace")))) {
      text.append(" --workspace ").append(quoted(global.workspace().name()));
    }
    return text.toString();
  }

  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
