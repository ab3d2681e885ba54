package dev.sluice.export.trl;

import dev.sluice.export.Dataset;
import dev.sluice.export.ExportReport;
import dev.sluice.export.ExportRequest;
import dev.sluice.export.ExportSource;
import dev.sluice.export.Exporter;
import dev.sluice.export.LabelledSolutions;
import dev.sluice.export.RunView;
import dev.sluice.records.parquet.Table;
import dev.sluice.records.schema.Column;
import java.util.List;

/** Prompt and completion: the solutions that the consensus calls correct. */
final class Sft implements Exporter {
  private record Row(
      @Column("The problem's question.") String prompt,
      @Column("A line end and a solution that the consensus calls correct.") String completion) {}

  private static final Table<Row> TABLE = Table.of("trl_sft", Row.class);

  @Override
  public String name() {
    return "trl/sft";
  }

  @Override
  public String doc() {
    return "Prompt and completion for SFTTrainer, from solutions that the consensus calls correct.";
  }

  @Override
  public List<String> tables() {
    return LabelledSolutions.TABLES;
  }

  @Override
  public ExportReport export(RunView run, ExportRequest request) {
    ExportSource source = new ExportSource(run, request, name());
    return new Dataset<>(name(), "sft", TABLE, doc(), "`SFTTrainer` takes it as it is.")
        .write(
            source,
            sink ->
                LabelledSolutions.forEach(
                    source,
                    row -> {
                      if (row.correct()) {
                        sink.accept(
                            row.problem().problemId(),
                            new Row(row.problem().question(), Texts.after(row.solution().text())));
                      }
                    }));
  }
}
