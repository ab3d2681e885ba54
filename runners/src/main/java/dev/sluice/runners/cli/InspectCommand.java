package dev.sluice.runners.cli;

import dev.sluice.pipelines.run.RunReport;
import dev.sluice.pipelines.store.Artifact;
import dev.sluice.pipelines.store.ArtifactStore;
import dev.sluice.pipelines.store.Mirror;
import dev.sluice.records.Json;
import dev.sluice.records.Manifest;
import dev.sluice.records.Metric;
import dev.sluice.records.ParquetRows;
import dev.sluice.records.ShardFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "inspect",
    description = "Shows a run, RUN/STAGE, an artifact's folder or a Parquet file.")
final class InspectCommand implements Callable<Integer> {
  private final Terminal terminal;
  @Mixin private GlobalOptions global = new GlobalOptions();

  @Parameters(paramLabel = "TARGET", description = "RUN, RUN/STAGE, a folder or a file.")
  private String target = "";

  @Option(names = "--rows", paramLabel = "N", description = "Shows so many rows (default: 0).")
  private int rows;

  @Option(
      names = "--where",
      paramLabel = "EXPR",
      description = "Only rows such as \"status = tie and votes >= 3\".")
  private @Nullable String where;

  @Option(
      names = "--table",
      paramLabel = "NAME",
      description = "Rows of this table of the artifact (default: its primary one).")
  private @Nullable String table;

  InspectCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Target found = Target.of(target, global);
    if (found instanceof Target.OfRun run) {
      inspect(run.report());
    } else if (found instanceof Target.OfArtifact artifact) {
      inspect(artifact.artifact());
    } else {
      inspect(((Target.OfFile) found).file());
    }
    return ExitCode.DONE;
  }

  private void inspect(RunReport report) {
    if (global.json()) {
      terminal.out().println(report.toJson());
      return;
    }
    terminal.out().printf("run %s: %s%n", report.runId(), report.state().label());
    terminal.out().print(RunTable.stages(report));
    terminal.out().print(RunTable.metrics(report));
  }

  private void inspect(Artifact artifact) {
    Manifest manifest = artifact.manifest();
    String name = chosenTable(manifest);
    List<Map<String, @Nullable Object>> shown = new ArrayList<>();
    if (rows > 0 && name != null) {
      ArtifactStore store = ArtifactStore.open(artifact.workspace());
      RowFilter filter = RowFilter.of(where);
      for (ShardFile shard : artifact.shards(name)) {
        if (shown.size() < rows) {
          read(store.file(shard), filter, shown);
        }
      }
    }
    if (global.json()) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("artifact", Mirror.name(artifact.folder()));
      json.put("manifest", manifest);
      json.put("rows", shown);
      terminal.out().println(Json.compact(json));
      return;
    }
    terminal.out().printf("artifact     %s%n", Mirror.name(artifact.folder()));
    terminal.out().printf("stage        %s (%s)%n", manifest.stage(), manifest.stageType());
    terminal.out().printf("fingerprint  %s%n", manifest.fingerprint());
    terminal.out().printf("digest       %s%n", manifest.digest());
    terminal
        .out()
        .printf("finished     %s, %s%n", manifest.finished(), Numbers.time(manifest.seconds()));
    terminal
        .out()
        .printf(
            "rows         %s expected, %s out, %s dead%n",
            Numbers.whole(manifest.counts().expected()),
            Numbers.whole(manifest.counts().out()),
            Numbers.whole(manifest.counts().dead()));
    if (manifest.model() != null) {
      terminal
          .out()
          .printf(
              "model        %s%n",
              Mirror.name(artifact.workspace().resolve(manifest.model().path())));
    }
    manifest.computedOn().forEach(each -> terminal.out().printf("computed on  %s%n", each.text()));
    TextTable files = new TextTable("table", ">files", ">rows", ">bytes");
    for (String each : tables(manifest)) {
      List<ShardFile> shards = manifest.shards(each);
      files.row(
          each,
          Numbers.whole(shards.size()),
          Numbers.whole(manifest.rows(each)),
          Numbers.whole(shards.stream().mapToLong(ShardFile::bytes).sum()));
    }
    terminal.out().println();
    terminal.out().print(files);
    if (!manifest.metrics().isEmpty()) {
      terminal.out().println();
      for (Metric metric : manifest.metrics()) {
        terminal.out().printf("%s = %s%n", metric.name(), metric.value());
      }
    }
    print(shown);
  }

  private void inspect(Path file) {
    ParquetRows.Description description = ParquetRows.describe(file);
    List<Map<String, @Nullable Object>> shown = new ArrayList<>();
    if (rows > 0) {
      read(file, RowFilter.of(where), shown);
    }
    if (global.json()) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("file", file.toAbsolutePath().toString());
      json.put("columns", description.columns());
      json.put("footer", description.footer());
      json.put("count", description.rows());
      json.put("rows", shown);
      terminal.out().println(Json.compact(json));
      return;
    }
    terminal.out().printf("%s: %s rows%n%n", file, Numbers.whole(description.rows()));
    TextTable columns = new TextTable("column", "type");
    description.columns().forEach(columns::row);
    terminal.out().print(columns);
    print(shown);
  }

  private void read(Path file, RowFilter filter, List<Map<String, @Nullable Object>> shown) {
    ParquetRows.forEach(
        file,
        row -> {
          if (filter.test(row)) {
            shown.add(row);
          }
          return shown.size() < rows;
        });
  }

  private @Nullable String chosenTable(Manifest manifest) {
    Set<String> names = tables(manifest);
    if (table == null) {
      return manifest.table() != null ? manifest.table() : names.stream().findFirst().orElse(null);
    }
    if (!names.contains(table)) {
      throw new UserMistake(
          "The artifact has no table '%s'; it has %s.".formatted(table, String.join(", ", names)));
    }
    return table;
  }

  private static Set<String> tables(Manifest manifest) {
    Set<String> names = new LinkedHashSet<>();
    manifest.shards().forEach(shard -> names.add(shard.table()));
    return names;
  }

  private void print(List<Map<String, @Nullable Object>> shown) {
    if (!shown.isEmpty()) {
      terminal.out().println();
      shown.forEach(row -> terminal.out().print(Json.pretty(row)));
    }
  }
}
