package dev.sluice.runners.cli;

import dev.sluice.pipelines.ledger.CatchUp;
import dev.sluice.pipelines.ledger.Ledger;
import dev.sluice.pipelines.ledger.LedgerException;
import dev.sluice.pipelines.ledger.LedgerPlace;
import dev.sluice.pipelines.run.folder.Retention;
import dev.sluice.pipelines.store.ArtifactStore;
import dev.sluice.pipelines.store.gc.GarbageCollector;
import dev.sluice.records.json.Json;
import dev.sluice.runners.cli.terminal.ExitCode;
import dev.sluice.runners.cli.terminal.GlobalOptions;
import dev.sluice.runners.cli.terminal.Numbers;
import dev.sluice.runners.cli.terminal.Terminal;
import dev.sluice.runners.cli.terminal.TextTable;
import dev.sluice.runners.cli.terminal.UserMistake;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "gc",
    description = {
      "Deletes what no kept run uses: artifacts, finished units, checkpoints, unfinished and set-aside files, folders of runs; with --older-than also cached server replies of that age.",
      "Without --keep-runs and --older-than all runs are kept; with both, a run is deleted only if both conditions hold. An active run is always kept. A run that can be resumed is kept unless --older-than covers its age. While a run is active, all artifacts and finished units are kept."
    })
final class GcCommand implements Callable<Integer> {
  private static final Pattern AGE = Pattern.compile("(\\d{1,6})([dhm])");

  private final Terminal terminal;
  @Mixin private GlobalOptions global = new GlobalOptions();

  @Option(
      names = "--keep-runs",
      paramLabel = "N",
      description = "Keep the newest N runs (default: all).")
  private @Nullable Integer keepRuns;

  @Option(
      names = "--older-than",
      paramLabel = "AGE",
      description = "Delete only runs without activity for this long: 30d, 12h, 90m.")
  private @Nullable String olderThan;

  @Option(names = "--dry-run", description = "Print what would be removed; remove nothing.")
  private boolean dryRun;

  GcCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (keepRuns != null && keepRuns < 0) {
      throw new UserMistake("--keep-runs is %d; it is a number from 0 up.".formatted(keepRuns));
    }
    Retention rules = new Retention(keepRuns, olderThan == null ? null : age(olderThan));
    ArtifactStore store = ArtifactStore.open(global.workspace());
    GarbageCollector collector = store.garbageCollector();
    Retention.Choice choice = rules.choose(store, Clock.systemUTC());
    GarbageCollector.Findings found = collector.find(choice.scope());
    boolean whole = true;
    if (!dryRun) {
      whole = collector.remove(found);
      if (whole && choice.goOn().isEmpty()) {
        collector.removeEmptyFolders();
      }
      forget();
    }
    say(choice, found);
    if (!whole) {
      terminal
          .err()
          .println(
              "A run started meanwhile, so not everything was deleted; run 'sluice gc' again to continue.");
    }
    return ExitCode.DONE;
  }

  /** Has the ledger forget what is gone; one that cannot be used now is told of by who reads it. */
  private void forget() {
    LedgerPlace place = LedgerCommand.place(global);
    if (!place.isThere()) {
      return;
    }
    try (Ledger ledger = Ledger.open(place)) {
      CatchUp unused = CatchUp.of(ledger, global.workspace());
    } catch (LedgerException e) {
      terminal.err().println("warning: " + e.getMessage());
    }
  }

  private void say(Retention.Choice choice, GarbageCollector.Findings found) {
    long bytes = found.totals().stream().mapToLong(GarbageCollector.Removed::bytes).sum();
    if (global.json()) {
      List<Map<String, Object>> kinds = new ArrayList<>();
      for (GarbageCollector.Removed each : found.totals()) {
        Map<String, Object> kind = new LinkedHashMap<>();
        kind.put("kind", each.kind());
        kind.put("count", each.count());
        kind.put("bytes", each.bytes());
        kinds.add(kind);
      }
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("dry_run", dryRun);
      json.put("bytes", bytes);
      json.put("removed", kinds);
      json.put("reply_bytes", found.replyBytes());
      json.put("runs_removed", found.runs());
      json.put("runs_kept", choice.kept());
      json.put("runs_going_on", choice.goOn());
      terminal.out().println(Json.compact(json));
      return;
    }
    TextTable table = new TextTable("what", ">count", ">bytes");
    for (GarbageCollector.Removed each : found.totals()) {
      table.row(each.kind(), Numbers.whole(each.count()), Numbers.whole(each.bytes()));
    }
    terminal.out().print(table);
    terminal
        .out()
        .printf(
            "%s %s bytes; %s kept%n",
            dryRun ? "would free" : "freed",
            Numbers.whole(bytes),
            choice.kept() == 1 ? "1 run" : Numbers.whole(choice.kept()) + " runs");
    if (found.replyBytes() > 0) {
      terminal
          .out()
          .printf(
              "kept replies of servers %s %s bytes; those older than --older-than go%n",
              dryRun ? "take" : "took", Numbers.whole(found.replyBytes()));
    }
    if (!choice.goOn().isEmpty()) {
      terminal
          .out()
          .printf(
              "run %s is active, so artifacts, units and checkpoints are kept; run 'sluice gc' again when it has ended%n",
              String.join(", ", choice.goOn()));
    }
  }

  /** An age such as {@code 30d}. */
  static Duration age(String text) {
    Matcher age = AGE.matcher(text);
    if (!age.matches()) {
      throw new UserMistake(
          "--older-than is '%s'; it is a number of days, hours or minutes, such as 30d, 12h or 90m."
              .formatted(text));
    }
    long count = Long.parseLong(age.group(1));
    return switch (age.group(2)) {
      case "d" -> Duration.ofDays(count);
      case "h" -> Duration.ofHours(count);
      default -> Duration.ofMinutes(count);
    };
  }
}
