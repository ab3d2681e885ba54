package dev.sluice.runners.cli;

import dev.sluice.pipelines.store.Artifact;
import dev.sluice.pipelines.store.ArtifactStore;
import dev.sluice.pipelines.store.Mirror;
import dev.sluice.records.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "lineage",
    description = "A row's parents up to its problem, with the stage and model that made each.")
final class LineageCommand implements Callable<Integer> {
  private static final int SHOWN = 60;

  private final Terminal terminal;
  @Mixin private GlobalOptions global = new GlobalOptions();

  @Parameters(paramLabel = "RUN/STAGE", index = "0", description = "Where the row is.")
  private String target = "";

  @Parameters(paramLabel = "ID", index = "1", description = "The row's id: its first column.")
  private String id = "";

  LineageCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (!(Target.of(target, global) instanceof Target.OfArtifact named)) {
      throw new UserMistake(
          "lineage begins at RUN/STAGE or an artifact's folder; '%s' is neither."
              .formatted(target));
    }
    Artifact artifact = named.artifact();
    List<Lineage.Link> links =
        new Lineage(ArtifactStore.open(artifact.workspace())).of(artifact, id);
    if (links.isEmpty()) {
      throw new UserMistake(
          "The stage '%s' has no row with the id '%s'; 'sluice inspect %s --rows 3' shows some."
              .formatted(artifact.manifest().stage(), id, target));
    }
    if (global.json()) {
      List<Map<String, Object>> rows = new ArrayList<>();
      links.forEach(link -> rows.add(json(link)));
      terminal.out().println(Json.compact(Map.of("lineage", rows)));
    } else {
      links.forEach(this::print);
    }
    return ExitCode.DONE;
  }

  private static Map<String, Object> json(Lineage.Link link) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("table", link.table());
    json.put("id", link.id());
    json.put("stage", link.artifact().manifest().stage());
    json.put("type", link.artifact().manifest().stageType());
    json.put("artifact", Mirror.name(link.artifact().folder()));
    json.put("models", link.artifact().manifest().models());
    json.put("row", link.row());
    return json;
  }

  private void print(Lineage.Link link) {
    terminal
        .out()
        .printf(
            "%s %s, made by %s (%s)%n",
            link.table(),
            link.id(),
            link.artifact().manifest().stage(),
            link.artifact().manifest().stageType());
    link.artifact()
        .manifest()
        .models()
        .forEach((key, revision) -> terminal.out().printf("  %s: model %s%n", key, revision));
    link.row()
        .forEach(
            (column, value) -> {
              if (value != null && !column.endsWith("_id")) {
                String text = Json.compact(value);
                terminal
                    .out()
                    .printf(
                        "  %s: %s%n",
                        column, text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text);
              }
            });
  }
}
