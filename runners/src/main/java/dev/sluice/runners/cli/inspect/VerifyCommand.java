package dev.sluice.runners.cli.inspect;

import dev.sluice.pipelines.ledger.LedgerCheck;
import dev.sluice.pipelines.run.folder.RunCheck;
import dev.sluice.pipelines.store.Artifact;
import dev.sluice.pipelines.store.ArtifactStore;
import dev.sluice.pipelines.store.Damage;
import dev.sluice.pipelines.store.Finding;
import dev.sluice.pipelines.store.StoreCheck;
import dev.sluice.records.json.Json;
import dev.sluice.records.manifest.ModelFolder;
import dev.sluice.records.manifest.ShardFile;
import dev.sluice.runners.cli.LedgerCommand;
import dev.sluice.runners.cli.terminal.ExitCode;
import dev.sluice.runners.cli.terminal.GlobalOptions;
import dev.sluice.runners.cli.terminal.Numbers;
import dev.sluice.runners.cli.terminal.Terminal;
import dev.sluice.runners.cli.terminal.UserMistake;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "verify",
    description = {
      "Checks every file of every artifact against its manifest, and every manifest, unit, lease, cached reply, run and ledger row, for unreadable and missing data. Prints each problem and how to fix it.",
      "Changes nothing without --repair. Exit code 1 if something is damaged or missing. Remains of a killed process are printed as notes and do not count as damage."
    })
public final class VerifyCommand implements Callable<Integer> {
  private final Terminal terminal;
  @Mixin private GlobalOptions global = new GlobalOptions();

  @Parameters(
      paramLabel = "TARGET",
      arity = "0..1",
      description = "RUN/STAGE or an artifact's folder (default: the whole workspace).")
  private @Nullable String target;

  @Option(
      names = "--repair",
      description =
          "Set aside damaged files that the next run can recompute. Changes nothing else.")
  private boolean repair;

  public VerifyCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    return target == null ? workspace() : artifact(target);
  }

  private int workspace() {
    long start = System.nanoTime();
    ArtifactStore store = ArtifactStore.openDamaged(global.workspace());
    StoreCheck check = store.check();
    int runs = RunCheck.all(store.workspace(), check);
    if (runs > 0) {
      LedgerCheck.of(LedgerCommand.place(global), store.workspace(), check).forEach(check::add);
    }
    List<Finding> found = List.copyOf(check.findings());
    int aside = repair ? check.setAside() : 0;
    double seconds = (System.nanoTime() - start) / 1e9;
    Counted counted = new Counted(check.artifacts(), runs, check.files(), check.bytes(), seconds);
    say(counted, found, aside, check.madeAnew());
    return code(found);
  }

  private int artifact(String named) {
    if (!(Target.of(named, global) instanceof Target.OfArtifact of)) {
      throw new UserMistake(
          "verify checks RUN/STAGE, an artifact's folder, or without a name the whole workspace; '%s' is neither."
              .formatted(named));
    }
    long start = System.nanoTime();
    Artifact artifact = of.artifact();
    ArtifactStore store = ArtifactStore.open(artifact.workspace());
    List<Finding> found = new ArrayList<>();
    int madeAnew = 0;
    int aside = 0;
    for (Damage damage : store.verify(artifact)) {
      if (store.isMadeAnew(artifact, damage)) {
        madeAnew++;
        continue;
      }
      found.add(Finding.of(damage, artifact.manifest().stage()));
      if (repair) {
        store.setAside(damage);
        aside++;
      }
    }
    long files =
        (long) artifact.manifest().shards().size()
            + artifact.model().map(ModelFolder::files).map(Map::size).orElse(0);
    long bytes = artifact.manifest().shards().stream().mapToLong(ShardFile::bytes).sum();
    double seconds = (System.nanoTime() - start) / 1e9;
    say(new Counted(1, 0, files, bytes, seconds), found, aside, madeAnew);
    return code(found);
  }

  /** What was looked at. */
  private record Counted(int artifacts, int runs, long files, long bytes, double seconds) {}

  private int code(List<Finding> found) {
    boolean left =
        found.stream()
            .anyMatch(
                each ->
                    each.kind() == Finding.Kind.LOST
                        || (each.kind() == Finding.Kind.DAMAGED && !repair));
    return left ? ExitCode.FAILED : ExitCode.DONE;
  }

  private void say(Counted counted, List<Finding> all, int aside, int madeAnew) {
    List<Finding> found = all.stream().filter(each -> each.kind() != Finding.Kind.NOTE).toList();
    List<Finding> notes = all.stream().filter(each -> each.kind() == Finding.Kind.NOTE).toList();
    if (global.json()) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("artifacts", counted.artifacts());
      json.put("runs", counted.runs());
      json.put("files", counted.files());
      json.put("bytes", counted.bytes());
      json.put("seconds", counted.seconds());
      json.put("damaged", found.stream().map(this::row).toList());
      json.put("notes", notes.stream().map(this::row).toList());
      json.put("set_aside", aside);
      json.put("made_anew", madeAnew);
      terminal.out().println(Json.compact(json));
      return;
    }
    found.forEach(each -> terminal.out().println(each.sentence()));
    notes.forEach(each -> terminal.out().println("note: " + each.sentence()));
    terminal
        .out()
        .printf(
            Locale.ROOT,
            "%s files of %s artifacts, %s runs, %s bytes of tables in %.1f s: %s%n",
            Numbers.whole(counted.files()),
            Numbers.whole(counted.artifacts()),
            Numbers.whole(counted.runs()),
            Numbers.whole(counted.bytes()),
            counted.seconds(),
            found.isEmpty() ? "all whole" : Numbers.whole(found.size()) + " damaged or missing");
    if (madeAnew > 0) {
      terminal
          .out()
          .printf(
              "Files that were lost or set aside, and are recomputed in a newer attempt: %s; 'sluice gc' removes the old attempt.%n",
              Numbers.whole(madeAnew));
    }
    if (aside > 0) {
      terminal
          .out()
          .println("Files that can be recomputed are set aside; the next run recomputes them.");
    } else if (found.stream().anyMatch(each -> each.kind() == Finding.Kind.DAMAGED) && !repair) {
      terminal
          .out()
          .println(
              "Nothing was changed. 'sluice verify --repair' sets aside what can be recomputed, and the next run recomputes it.");
    }
  }

  private Map<String, Object> row(Finding finding) {
    Map<String, Object> row = new LinkedHashMap<>();
    int file = finding.path().lastIndexOf('/');
    if (finding.damage() != null && file > 0) {
      row.put("artifact", global.workspace().name() + "/" + finding.path().substring(0, file));
    }
    row.put("file", finding.path());
    row.put("problem", finding.problem());
    row.put("next", finding.next());
    finding.more().forEach(row::put);
    return row;
  }
}
