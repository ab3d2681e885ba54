package dev.sluice.runners.cli.inspect;

import dev.sluice.pipelines.store.Artifact;
import dev.sluice.pipelines.store.ArtifactStore;
import dev.sluice.records.json.Json;
import dev.sluice.records.manifest.Manifest;
import dev.sluice.runners.cli.terminal.ExitCode;
import dev.sluice.runners.cli.terminal.GlobalOptions;
import dev.sluice.runners.cli.terminal.Terminal;
import dev.sluice.runners.cli.terminal.UserMistake;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "lineage",
    description =
        "Shows the parents of a row up to its problem, with the stage and model that produced each.")
public final class LineageCommand implements Callable<Integer> {
  private static final String LABELS = "step_labels";

  /** Marks a file's hash among those of models. */
  private static final String FILE = "file:";

  /** Columns of a label that the table of its votes shows. */
  private static final Set<String> IN_VOTES = Set.of("steps", "step_labels");

  private final Terminal terminal;
  @Mixin private GlobalOptions global = new GlobalOptions();

  @Parameters(paramLabel = "RUN/STAGE", index = "0", description = "Stage that contains the row.")
  private String target = "";

  @Parameters(
      paramLabel = "ID",
      index = "1",
      description = "Id of the row (its first column), or a unique prefix of it.")
  private String id = "";

  @Option(names = "--text", description = "Also show the text of each vote on a label.")
  private boolean text;

  @Option(
      names = "--width",
      paramLabel = "N",
      description = "Truncate values to N characters (default: no limit).")
  private int width;

  public LineageCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (!(Target.of(target, global) instanceof Target.OfArtifact named)) {
      throw new UserMistake(
          "lineage begins at RUN/STAGE or an artifact's folder; '%s' is neither."
              .formatted(target));
    }
    if (width < 0) {
      throw new UserMistake("--width is 0 or more, not %d.".formatted(width));
    }
    Artifact artifact = named.artifact();
    ArtifactStore store = ArtifactStore.open(artifact.workspace());
    List<Lineage.Link> links = new Lineage(store).of(artifact, id);
    if (links.isEmpty()) {
      throw new UserMistake(
          "The stage '%s' has no row with the id '%s'; 'sluice inspect %s --rows 3' shows some."
              .formatted(artifact.manifest().stage(), id, target));
    }
    if (global.json()) {
      List<Map<String, Object>> rows = new ArrayList<>();
      links.forEach(link -> rows.add(json(store, link)));
      terminal.out().println(Json.compact(Map.of("lineage", rows)));
    } else {
      links.forEach(link -> print(store, link));
    }
    return ExitCode.DONE;
  }

  private static Map<String, Object> json(ArtifactStore store, Lineage.Link link) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("table", link.table());
    json.put("id", link.id());
    json.put("stage", link.artifact().manifest().stage());
    json.put("type", link.artifact().manifest().stageType());
    json.put("artifact", link.artifact().folder().toString());
    json.put("models", link.artifact().manifest().models());
    RowOrigin.of(store, link).ifPresent(origin -> json.put("asked_again", origin.asked()));
    json.put("row", link.row());
    if (link.table().equals(LABELS)) {
      json.put("votes", VoteTable.of(store, link.artifact(), link.row()).votes());
    }
    return json;
  }

  private void print(ArtifactStore store, Lineage.Link link) {
    PrintStream out = terminal.out();
    Manifest manifest = link.artifact().manifest();
    out.printf(
        "%s %s, made by %s (%s)%n",
        link.table(), link.id(), manifest.stage(), manifest.stageType());
    manifest
        .models()
        .forEach(
            (key, revision) ->
                out.printf(
                    key.startsWith(FILE) ? "  %s: file with the hash %s%n" : "  %s: model %s%n",
                    key.startsWith(FILE) ? key.substring(FILE.length()) : key,
                    revision));
    RowOrigin.of(store, link).ifPresent(origin -> out.printf("  %s%n", origin.text()));
    boolean label = link.table().equals(LABELS);
    link.row()
        .forEach(
            (column, value) -> {
              if (value != null
                  && !column.equals(link.idColumn())
                  && !(label && IN_VOTES.contains(column))) {
                out.printf("  %s: %s%n", column, RowTable.cell(Json.compact(value), width));
              }
            });
    if (label) {
      VoteTable votes = VoteTable.of(store, link.artifact(), link.row());
      out.println(
          indented(
              votes.isEmpty()
                  ? "its votes are not in the workspace any more"
                  : votes.steps(width) + "\n" + votes.list(text, width)));
    }
  }

  private static String indented(String lines) {
    return "\n" + lines.indent(2).replaceAll("(?m)^ +$", "");
  }
}
