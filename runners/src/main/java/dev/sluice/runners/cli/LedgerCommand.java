package dev.sluice.runners.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sluice.pipelines.ledger.CatchUp;
import dev.sluice.pipelines.ledger.Ledger;
import dev.sluice.pipelines.ledger.LedgerException;
import dev.sluice.pipelines.ledger.LedgerPlace;
import dev.sluice.runners.cli.run.StatusCommand;
import dev.sluice.runners.cli.terminal.ExitCode;
import dev.sluice.runners.cli.terminal.GlobalOptions;
import dev.sluice.runners.cli.terminal.Terminal;
import dev.sluice.runners.cli.terminal.UserMistake;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "ledger",
    description =
        "The database of runs, stages and artifacts, which indexes their folders: ledger.db in the workspace, or the JDBC URL in the environment variable SLUICE_LEDGER.")
public final class LedgerCommand implements Callable<Integer> {
  private final Terminal terminal;
  @Mixin private GlobalOptions global = new GlobalOptions();

  @Parameters(
      paramLabel = "ACTION",
      arity = "0..1",
      description =
          "status: update the ledger and print what it contains (default). rebuild: recreate its rows from the folders of runs and artifacts; a damaged file is set aside.")
  private Action action = Action.STATUS;

  /** What to do with it. */
  enum Action {
    STATUS,
    REBUILD;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  LedgerCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    // Where there are no runs there may be no workspace, and nothing is made.
    var unused = StatusCommand.find(global, null);
    LedgerPlace place = place(global);
    try {
      act(place);
    } catch (LedgerException e) {
      if (action != Action.REBUILD || !e.damaged()) {
        throw e;
      }
      place.setAside();
      act(place);
    }
    return ExitCode.DONE;
  }

  private void act(LedgerPlace place) {
    try (Ledger ledger = Ledger.open(place)) {
      CatchUp done =
          action == Action.REBUILD
              ? CatchUp.rebuild(ledger, global.workspace())
              : CatchUp.of(ledger, global.workspace());
      say(place, ledger, done);
    }
  }

  private void say(LedgerPlace place, Ledger ledger, CatchUp done) {
    int runs = ledger.runs().size();
    int artifacts = ledger.artifacts().size();
    if (global.json()) {
      terminal
          .out()
          .println(
              JsonNodeFactory.instance
                  .objectNode()
                  .put("ledger", place.name())
                  .put("version", ledger.version())
                  .put("runs", runs)
                  .put("artifacts", artifacts)
                  .put("runs_read", done.runs())
                  .put("artifacts_read", done.artifacts())
                  .put("removed", done.removed()));
      return;
    }
    terminal
        .out()
        .printf(
            "%s, version %d: %d runs, %d artifacts%n",
            place.name(), ledger.version(), runs, artifacts);
    terminal
        .out()
        .printf(
            "read from their folders just now: %d runs, %d artifacts; no longer there: %d%n",
            done.runs(), done.artifacts(), done.removed());
  }

  /** The ledger of the workspace, or a sentence that says why there can be none. */
  public static LedgerPlace place(GlobalOptions global) {
    try {
      return LedgerPlace.of(global.workspace());
    } catch (LedgerException e) {
      throw new UserMistake(String.valueOf(e.getMessage()));
    }
  }
}
