package org.example.plugin;

import dev.sluice.export.Artifact;
import dev.sluice.export.Dataset;
import dev.sluice.export.ExportReport;
import dev.sluice.export.ExportRequest;
import dev.sluice.export.ExportSource;
import dev.sluice.export.Exporter;
import dev.sluice.export.RunView;
import dev.sluice.records.parquet.Table;
import dev.sluice.records.parquet.Tables;
import dev.sluice.records.schema.Column;
import java.util.List;
import java.util.Set;

/** An export of the problems' questions. */
public final class Questions implements Exporter {

  /** A row of the export. */
  record Row(@Column("The question.") String question) {}

  private static final Table<Row> TABLE =
      Table.of("questions", Row.class);

  @Override
  public String name() {
    return "example/questions";
  }

  @Override
  public String doc() {
    return "The questions of the problems, one row per problem.";
  }

  @Override
  public List<String> tables() {
    return List.of("problems");
  }

  @Override
  public ExportReport export(RunView run, ExportRequest request) {
    ExportSource source = new ExportSource(run, request, name());
    Artifact problems = source.pick("problems");
    return new Dataset<>(name(), "questions", TABLE, doc(), "Any loader takes it as it is.")
        .write(
            source,
            sink ->
                problems
                    .manifest()
                    .shards("problems")
                    .forEach(
                        shard ->
                            problems.forEach(
                                shard,
                                Tables.PROBLEMS,
                                Set.of("reference_answer"),
                                row -> sink.accept(row.problemId(), new Row(row.question())))));
  }
}
