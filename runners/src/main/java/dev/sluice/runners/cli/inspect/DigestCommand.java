package dev.sluice.runners.cli.inspect;

import dev.sluice.pipelines.run.folder.RunReport;
import dev.sluice.pipelines.run.folder.StageReport;
import dev.sluice.pipelines.store.Artifact;
import dev.sluice.records.Hashes;
import dev.sluice.records.json.Json;
import dev.sluice.records.parquet.ParquetRows;
import dev.sluice.records.parquet.RowDigest;
import dev.sluice.records.parquet.Table;
import dev.sluice.records.parquet.TableReader;
import dev.sluice.records.parquet.Tables;
import dev.sluice.runners.cli.terminal.ExitCode;
import dev.sluice.runners.cli.terminal.GlobalOptions;
import dev.sluice.runners.cli.terminal.Numbers;
import dev.sluice.runners.cli.terminal.Terminal;
import dev.sluice.runners.cli.terminal.UserMistake;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "digest",
    description =
        "Prints a hash of the rows' content that does not depend on order, shards, times or machine.")
public final class DigestCommand implements Callable<Integer> {
  private final Terminal terminal;
  @Mixin private GlobalOptions global = new GlobalOptions();

  @Parameters(paramLabel = "TARGET", description = "RUN, RUN/STAGE, a folder or a file.")
  private String target = "";

  public DigestCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /** A digest and the rows behind it. */
  private record Digest(String digest, long rows) {}

  @Override
  public Integer call() {
    Target found = Target.of(target, global);
    Digest digest;
    if (found instanceof Target.OfRun run) {
      digest = ofRun(run.report());
    } else if (found instanceof Target.OfArtifact artifact) {
      digest = ofArtifact(artifact.artifact());
    } else {
      digest = ofFile(((Target.OfFile) found).file());
    }
    if (global.json()) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("digest", digest.digest());
      json.put("rows", digest.rows());
      terminal.out().println(Json.compact(json));
    } else {
      terminal.out().printf("%s  %s rows%n", digest.digest(), Numbers.whole(digest.rows()));
    }
    return ExitCode.DONE;
  }

  private static Digest ofArtifact(Artifact artifact) {
    return new Digest(artifact.digest(), artifact.rows());
  }

  /** Over the digests of the stages that have an artifact, in the order of the file. */
  private static Digest ofRun(RunReport report) {
    List<Object> parts = new ArrayList<>(List.of("run"));
    long rows = 0;
    for (StageReport stage : report.stages()) {
      if (stage.artifact() != null) {
        Digest digest = ofArtifact(Target.artifact(report, stage.name()));
        parts.add(digest.digest());
        rows += digest.rows();
      }
    }
    return new Digest(Hashes.hex(parts.toArray()), rows);
  }

  private static Digest ofFile(Path file) {
    String name = ParquetRows.describe(file).footer().get("sluice.table");
    if (name == null) {
      throw new UserMistake(
          "%s was not written by Sluice, so it is not known which of its columns are content."
              .formatted(file));
    }
    return ofRows(file, Tables.named(name));
  }

  private static <R extends Record> Digest ofRows(Path file, Table<R> table) {
    RowDigest digest = RowDigest.of(table, TableReader.readAll(file, table, Set.of()));
    return new Digest(digest.toString(), digest.rows());
  }
}
