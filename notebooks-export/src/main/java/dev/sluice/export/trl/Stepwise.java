package dev.sluice.export.trl;

import dev.sluice.export.Dataset;
import dev.sluice.export.ExportReport;
import dev.sluice.export.ExportRequest;
import dev.sluice.export.ExportSource;
import dev.sluice.export.Exporter;
import dev.sluice.export.LabelledSolutions;
import dev.sluice.export.RunView;
import dev.sluice.records.StepLabel;
import dev.sluice.records.parquet.Table;
import dev.sluice.records.schema.Column;
import java.util.List;

/**
 * Stepwise supervision: the steps of each labelled solution with the consensus on each. PRMTrainer
 * puts the prompt right before the first step and a line end after every step, so the line end
 * between prompt and first step closes the prompt.
 */
final class Stepwise implements Exporter {
  private record Row(
      @Column("The problem's question and a line end.") String prompt,
      @Column("The steps of a solution.") List<String> completions,
      @Column("For each step, whether the consensus calls it correct.") List<Boolean> labels) {}

  private static final Table<Row> TABLE = Table.of("trl_stepwise", Row.class);

  @Override
  public String name() {
    return "trl/stepwise";
  }

  @Override
  public String doc() {
    return "Steps with their consensus labels, for PRMTrainer.";
  }

  @Override
  public List<String> tables() {
    return LabelledSolutions.TABLES;
  }

  @Override
  public ExportReport export(RunView run, ExportRequest request) {
    ExportSource source = new ExportSource(run, request, name());
    return new Dataset<>(
            name(),
            "stepwise",
            TABLE,
            doc(),
            "`PRMTrainer` (`trl.experimental.prm`) takes it as it is, with its default `step_separator` of a line end.")
        .write(
            source,
            sink ->
                LabelledSolutions.forEach(
                    source,
                    row -> {
                      StepLabel label = row.label();
                      if (!label.steps().isEmpty()
                          && label.steps().size() == label.stepLabels().size()) {
                        sink.accept(
                            row.problem().problemId(),
                            new Row(
                                row.problem().question() + "\n",
                                label.steps(),
                                label.stepLabels()));
                      }
                    }));
  }
}
