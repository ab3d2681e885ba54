package dev.sluice.export.trl;

import dev.sluice.export.Dataset;
import dev.sluice.export.ExportReport;
import dev.sluice.export.ExportRequest;
import dev.sluice.export.ExportSource;
import dev.sluice.export.Exporter;
import dev.sluice.export.RunView;
import dev.sluice.records.parquet.Table;
import dev.sluice.records.schema.Column;
import java.util.List;

/** Prompt, chosen and rejected: pairs of solutions that the consensus tells apart. */
final class PreferencePairs implements Exporter {
  private record Row(
      @Column("The problem's question.") String prompt,
      @Column("A line end and the preferred solution.") String chosen,
      @Column("A line end and the other solution.") String rejected) {}

  private static final Table<Row> TABLE = Table.of("trl_preference", Row.class);

  @Override
  public String name() {
    return "trl/preference";
  }

  @Override
  public String doc() {
    return "Prompt, chosen and rejected solution, for DPOTrainer and similar trainers.";
  }

  @Override
  public List<String> tables() {
    return List.of("preferences", "problems");
  }

  @Override
  public ExportReport export(RunView run, ExportRequest request) {
    ExportSource source = new ExportSource(run, request, name());
    return new Dataset<>(
            name(),
            "preference",
            TABLE,
            doc(),
            "`DPOTrainer`, `CPOTrainer` and `ORPOTrainer` take it as it is; `RewardTrainer` too.")
        .write(
            source,
            sink ->
                Pairs.forEach(
                    source,
                    pair ->
                        sink.accept(
                            pair.problem().problemId(),
                            new Row(
                                pair.problem().question(),
                                Texts.after(pair.chosen()),
                                Texts.after(pair.rejected())))));
  }
}
