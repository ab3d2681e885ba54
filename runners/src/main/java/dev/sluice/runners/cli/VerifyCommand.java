package dev.sluice.runners.cli;

import dev.sluice.pipelines.store.Artifact;
import dev.sluice.pipelines.store.ArtifactStore;
import dev.sluice.pipelines.store.Damage;
import dev.sluice.pipelines.store.Mirror;
import dev.sluice.records.Json;
import dev.sluice.records.ModelFolder;
import dev.sluice.records.ShardFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "verify",
    description =
        "Checks every file of every artifact against its manifest; exit code 1 if one is damaged.")
final class VerifyCommand implements Callable<Integer> {
  private final Terminal terminal;
  @Mixin private GlobalOptions global = new GlobalOptions();

  @Parameters(
      paramLabel = "TARGET",
      arity = "0..1",
      description = "RUN/STAGE or an artifact's folder; the whole workspace if none is named.")
  private @Nullable String target;

  @Option(
      names = "--repair",
      description = "Sets damaged files aside, so that the next run makes them anew.")
  private boolean repair;

  VerifyCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    List<Artifact> artifacts = artifacts();
    List<Map<String, Object>> found = new ArrayList<>();
    long madeAnew = 0;
    long files = 0;
    long bytes = 0;
    long start = System.nanoTime();
    for (Artifact artifact : artifacts) {
      ArtifactStore store = ArtifactStore.open(artifact.workspace());
      for (ShardFile shard : artifact.manifest().shards()) {
        files++;
        bytes += shard.bytes();
      }
      Optional<ModelFolder> model = artifact.model();
      files += model.isPresent() ? model.get().files().size() : 0;
      for (Damage damage : store.verify(artifact)) {
        if (store.isMadeAnew(artifact, damage)) {
          madeAnew++;
          continue;
        }
        found.add(row(artifact, damage));
        if (!global.json()) {
          terminal
              .out()
              .printf(
                  "%s: expected %s, found %s (stage %s)%n",
                  damage.path(), damage.expected(), damage.actual(), artifact.manifest().stage());
        }
        if (repair) {
          store.setAside(damage);
        }
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    say(artifacts.size(), files, bytes, seconds, found, madeAnew);
    return found.isEmpty() || repair ? ExitCode.DONE : ExitCode.FAILED;
  }

  private List<Artifact> artifacts() {
    if (target == null) {
      return ArtifactStore.open(global.workspace()).committed();
    }
    Target named = Target.of(target, global);
    if (named instanceof Target.OfArtifact artifact) {
      return List.of(artifact.artifact());
    }
    throw new UserMistake(
        "verify checks RUN/STAGE, an artifact's folder, or without a name the whole workspace; '%s' is neither."
            .formatted(target));
  }

  private static Map<String, Object> row(Artifact artifact, Damage damage) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("artifact", Mirror.name(artifact.folder()));
    row.put("stage", artifact.manifest().stage());
    row.put("file", damage.path());
    row.put("expected", damage.expected());
    row.put("actual", damage.actual());
    return row;
  }

  private void say(
      int artifacts,
      long files,
      long bytes,
      double seconds,
      List<Map<String, Object>> found,
      long madeAnew) {
    if (global.json()) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("artifacts", artifacts);
      json.put("files", files);
      json.put("bytes", bytes);
      json.put("seconds", seconds);
      json.put("damaged", found);
      json.put("set_aside", repair ? found.size() : 0);
      json.put("made_anew", madeAnew);
      terminal.out().println(Json.compact(json));
      return;
    }
    terminal
        .out()
        .printf(
            Locale.ROOT,
            "%s files of %s artifacts, %s bytes of tables in %.1f s: %s%n",
            Numbers.whole(files),
            Numbers.whole(artifacts),
            Numbers.whole(bytes),
            seconds,
            found.isEmpty() ? "all whole" : Numbers.whole(found.size()) + " damaged");
    if (madeAnew > 0) {
      terminal
          .out()
          .printf(
              "Damaged files set aside and made anew in a newer attempt: %s; 'sluice gc' removes the old attempt.%n",
              Numbers.whole(madeAnew));
    }
    if (!found.isEmpty()) {
      terminal
          .out()
          .println(
              repair
                  ? "The damaged files are set aside; the next run makes them anew."
                  : "'sluice verify --repair' sets them aside, and the next run makes them anew.");
    }
  }
}
