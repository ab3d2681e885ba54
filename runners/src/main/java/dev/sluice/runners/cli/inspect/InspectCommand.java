package dev.sluice.runners.cli.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.pipelines.run.driver.DeadLetterReasons;
import dev.sluice.pipelines.run.folder.RunReport;
import dev.sluice.pipelines.run.folder.StageReport;
import dev.sluice.pipelines.store.Artifact;
import dev.sluice.pipelines.store.ArtifactStore;
import dev.sluice.records.Metric;
import dev.sluice.records.json.Json;
import dev.sluice.records.manifest.Manifest;
import dev.sluice.records.manifest.ModelFolder;
import dev.sluice.records.manifest.RetriedRows;
import dev.sluice.records.manifest.ShardFile;
import dev.sluice.records.parquet.ParquetRows;
import dev.sluice.runners.cli.run.RunTable;
import dev.sluice.runners.cli.terminal.ExitCode;
import dev.sluice.runners.cli.terminal.GlobalOptions;
import dev.sluice.runners.cli.terminal.Numbers;
import dev.sluice.runners.cli.terminal.Terminal;
import dev.sluice.runners.cli.terminal.TextTable;
import dev.sluice.runners.cli.terminal.UserMistake;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
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
    description =
        "Shows a run, RUN/STAGE, an artifact's folder or a Parquet file, and its rows as a table. For a failed or interrupted stage it shows the rows of finished shards.")
public final class InspectCommand implements Callable<Integer> {
  private final Terminal terminal;
  @Mixin private GlobalOptions global = new GlobalOptions();
  @Mixin private RowSelection selection = new RowSelection();

  @Parameters(paramLabel = "TARGET", description = "RUN, RUN/STAGE, a folder or a file.")
  private String target = "";

  @Option(
      names = "--table",
      paramLabel = "NAME",
      description = "Table of the artifact to show (default: its primary table).")
  private @Nullable String table;

  @Option(names = "--full", description = "Show complete rows, one column per line.")
  private boolean full;

  @Option(
      names = "--width",
      paramLabel = "N",
      description =
          "Maximum number of characters per value in a table of rows; 0 for no limit (default: 32; 96 for dead letters).")
  private @Nullable Integer width;

  public InspectCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (width != null && width < 0) {
      throw new UserMistake("--width is 0 or more, not %d.".formatted(width));
    }
    Target found = Target.finishedOrNot(target, global);
    if (found instanceof Target.OfRun run) {
      inspect(run.report());
    } else if (found instanceof Target.OfArtifact artifact) {
      inspect(artifact.artifact());
    } else if (found instanceof Target.OfUnfinished unfinished) {
      inspect(unfinished);
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
    Set<String> names = tables(manifest.shards());
    ArtifactStore store = ArtifactStore.open(artifact.workspace());
    ModelFolder folder = manifest.model();
    String name = null;
    List<Map<String, @Nullable Object>> shown;
    if (folder != null && folder.isDataset()) {
      shown = exported(store, folder);
    } else {
      name = table != null || manifest.table() == null ? chosenTable(names) : manifest.table();
      shown = rows(store, manifest.shards(), name);
    }
    if (global.json()) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("artifact", artifact.folder().toString());
      json.put("manifest", manifest);
      json.put("rows", shown);
      terminal.out().println(Json.compact(json));
      return;
    }
    PrintStream out = terminal.out();
    if (rowsAlone()) {
      print(shown, name == null ? manifest.rows() : manifest.rows(name));
      return;
    }
    out.printf("stage        %s (%s)%n", manifest.stage(), manifest.stageType());
    out.printf(
        "finished     %s, %s%n",
        Numbers.toTheSecond(manifest.finished()), Numbers.time(manifest.seconds()));
    out.printf(
        "rows         %s expected, %s out, %s dead%n",
        Numbers.whole(manifest.counts().expected()),
        Numbers.whole(manifest.counts().out()),
        Numbers.whole(manifest.counts().dead()));
    out.printf("fingerprint  %s%n", manifest.fingerprint());
    out.printf("digest       %s%n", manifest.digest());
    if (folder != null) {
      out.printf(
          "%s%s%n",
          folder.isDataset() ? "dataset      " : "model        ",
          artifact.workspace().file(folder.path()));
    }
    RetriedRows asked = manifest.askedAgain();
    if (asked != null) {
      out.printf("asked again  %s%n", asked.text());
    }
    manifest.computedOn().forEach(each -> out.printf("computed on  %s%n", each.text()));
    out.printf("artifact     %s%n", artifact.folder());
    tables(manifest.shards(), names);
    deadLetters(store, manifest.shards());
    if (!manifest.metrics().isEmpty()) {
      out.println();
      for (Metric metric : manifest.metrics()) {
        out.printf("%s = %s%n", metric.name(), metric.value());
      }
    }
    if (!shown.isEmpty()) {
      out.println();
      print(shown, name == null ? 0 : manifest.rows(name));
    }
  }

  private void inspect(Target.OfUnfinished unfinished) {
    StageReport stage = unfinished.stage();
    List<ShardFile> files = unfinished.tables();
    Set<String> names = tables(files);
    if (names.isEmpty() && rowsAlone()) {
      throw new UserMistake(
          "The stage '%s' of the run %s is %s, and none of its shards is finished."
              .formatted(stage.name(), unfinished.run(), stage.state().label()));
    }
    String name = names.isEmpty() ? null : chosenTable(names);
    List<Map<String, @Nullable Object>> shown = rows(unfinished.store(), files, name);
    if (global.json()) {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("artifact", null);
      json.put("manifest", null);
      json.put("run_id", unfinished.run());
      json.put("stage", map(stage.toJson()));
      json.put("rows", shown);
      terminal.out().println(Json.compact(json));
      return;
    }
    long all = files.stream().filter(f -> f.table().equals(name)).mapToLong(ShardFile::rows).sum();
    if (rowsAlone()) {
      print(shown, all);
      return;
    }
    PrintStream out = terminal.out();
    out.printf(
        "stage        %s (%s) of run %s, %s%n",
        stage.name(), stage.type(), unfinished.run(), stage.state().label());
    out.printf(
        "rows         %s out, %s dead, of %s finished shards%n",
        Numbers.whole(stage.counts().out()),
        Numbers.whole(stage.counts().dead()),
        Numbers.whole(stage.shards()));
    if (stage.error() != null) {
      out.printf("error        %s%n", stage.error());
    }
    tables(files, names);
    if (stage.error() == null || !stage.error().contains("dead letters")) {
      deadLetters(unfinished.store(), files);
    }
    if (!shown.isEmpty()) {
      out.println();
      print(shown, all);
    }
  }

  private static Map<String, @Nullable Object> map(JsonNode json) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (Iterator<Map.Entry<String, JsonNode>> fields = json.fields(); fields.hasNext(); ) {
      Map.Entry<String, JsonNode> field = fields.next();
      JsonNode value = field.getValue();
      map.put(
          field.getKey(),
          value.isIntegralNumber()
              ? value.longValue()
              : value.isNumber() ? value.doubleValue() : value.isNull() ? null : value.asText());
    }
    return map;
  }

  private void inspect(Path file) {
    ParquetRows.Description description = ParquetRows.describe(file);
    List<Map<String, @Nullable Object>> shown = selection.read(List.of(file), full);
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
    if (rowsAlone()) {
      print(shown, description.rows());
      return;
    }
    terminal.out().printf("%s: %s rows%n%n", file, Numbers.whole(description.rows()));
    TextTable columns = new TextTable("column", "type");
    description.columns().forEach(columns::row);
    terminal.out().print(columns);
  }

  private List<Map<String, @Nullable Object>> rows(
      ArtifactStore store, List<ShardFile> shards, @Nullable String name) {
    Iterable<Path> files =
        () -> shards.stream().filter(each -> each.table().equals(name)).map(store::file).iterator();
    return selection.read(files, table != null || full);
  }

  /** The rows of a dataset, of its Parquet files. */
  private List<Map<String, @Nullable Object>> exported(ArtifactStore store, ModelFolder dataset) {
    List<String> files =
        dataset.files().keySet().stream()
            .filter(file -> file.startsWith("data/") && file.endsWith(".parquet"))
            .sorted()
            .toList();
    if (rowsAlone() && (files.isEmpty() || table != null)) {
      throw new UserMistake(
          "It is a dataset without %s: its files are in %s."
              .formatted(
                  table == null ? "Parquet files, so no rows are shown here" : "tables",
                  store.workspace().file(dataset.path())));
    }
    return rowsAlone()
        ? selection.read(
            () -> files.stream().map(file -> store.folder(dataset).resolve(file)).iterator(), full)
        : List.of();
  }

  /** Whether rows are asked for: then nothing is printed before them. */
  private boolean rowsAlone() {
    return selection.asked() || table != null || full;
  }

  private @Nullable String chosenTable(Set<String> names) {
    if (table == null) {
      return names.stream().findFirst().orElse(null);
    }
    if (!names.contains(table)) {
      throw new UserMistake(
          names.contains("dead_letters") || !table.equals("dead_letters")
              ? "There is no table '%s'; there are %s.".formatted(table, String.join(", ", names))
              : "It has no dead letters: no row failed. There are %s."
                  .formatted(String.join(", ", names)));
    }
    return table;
  }

  private static Set<String> tables(List<ShardFile> shards) {
    Set<String> names = new LinkedHashSet<>();
    shards.forEach(shard -> names.add(shard.table()));
    return names;
  }

  private void tables(List<ShardFile> shards, Set<String> names) {
    TextTable files = new TextTable("table", ">files", ">rows", ">bytes");
    for (String each : names) {
      List<ShardFile> own = shards.stream().filter(s -> s.table().equals(each)).toList();
      files.row(
          each,
          Numbers.whole(own.size()),
          Numbers.whole(own.stream().mapToLong(ShardFile::rows).sum()),
          Numbers.whole(own.stream().mapToLong(ShardFile::bytes).sum()));
    }
    if (!files.isEmpty()) {
      terminal.out().println();
      terminal.out().print(files);
    }
  }

  private void deadLetters(ArtifactStore store, List<ShardFile> shards) {
    String reasons = DeadLetterReasons.read(store, shards).text();
    if (!reasons.isEmpty()) {
      terminal.out().println();
      terminal.out().printf("dead letters ('--table dead_letters' shows all):%s%n", reasons);
    }
  }

  private void print(List<Map<String, @Nullable Object>> shown, long all) {
    PrintStream out = terminal.out();
    if (shown.isEmpty()) {
      out.println("No rows.");
    } else if (full) {
      out.print(RowTable.full(shown));
    } else {
      boolean dead = shown.get(0).containsKey("error_message");
      int usual = dead ? 3 * RowTable.USUAL_WIDTH : RowTable.USUAL_WIDTH;
      out.print(RowTable.lines(shown, width == null ? usual : width));
      List<String> more = new ArrayList<>();
      if (all > shown.size()) {
        more.add("--rows N shows more");
      }
      more.add("--full whole rows");
      out.printf(
          "%s of %s rows; %s%n",
          Numbers.whole(shown.size()), Numbers.whole(all), String.join(", ", more));
    }
  }
}
