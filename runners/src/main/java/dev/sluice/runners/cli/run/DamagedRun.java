package dev.sluice.runners.cli.run;

import dev.sluice.pipelines.run.folder.RunCheck;
import dev.sluice.pipelines.run.folder.RunFolder;
import dev.sluice.pipelines.run.folder.RunReport;
import dev.sluice.pipelines.store.Finding;
import dev.sluice.runners.cli.terminal.Terminal;
import dev.sluice.runners.cli.terminal.UserMistake;
import java.util.List;

/** What commands say of a run whose folder is damaged. */
public final class DamagedRun {
  private DamagedRun() {}

  /** Warns of every file of the run that is missing or not what was written. */
  static void warn(RunFolder run, Terminal terminal) {
    for (Finding finding : RunCheck.of(run)) {
      if (finding.kind() != Finding.Kind.NOTE) {
        terminal.err().println("warning: " + finding.sentence());
      }
    }
  }

  /**
   * The report of a run.
   *
   * @throws UserMistake if it has none, or none that can be read: in a sentence that says which
   */
  public static RunReport report(RunFolder run) {
    RunReport report = run.report();
    if (report != null) {
      return report;
    }
    List<Finding> found =
        RunCheck.of(run).stream().filter(each -> each.kind() != Finding.Kind.NOTE).toList();
    throw new UserMistake(
        found.isEmpty()
            ? "The run %s has no report: it ended before its first stage.".formatted(run.id())
            : found.get(0).sentence());
  }
}
