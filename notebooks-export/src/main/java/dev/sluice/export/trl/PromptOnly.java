package dev.sluice.export.trl;

import dev.sluice.export.Dataset;
import dev.sluice.export.ExportReport;
import dev.sluice.export.ExportRequest;
import dev.sluice.export.ExportSource;
import dev.sluice.export.Exporter;
import dev.sluice.export.RunView;
import dev.sluice.records.Problem;
import dev.sluice.records.parquet.Table;
import dev.sluice.records.schema.Column;
import java.util.List;

/** Prompts, and on request the reference answers beside them, which a reward function may take. */
final class PromptOnly implements Exporter {
  private static final String USE =
      "`GRPOTrainer`, `RLOOTrainer` and `OnlineDPOTrainer` take it as it is; they hand every other column to the reward functions by name.";

  private record Row(@Column("The problem's question.") String prompt) {}

  private record GradedRow(
      @Column("The problem's question.") String prompt,
      @Column("The reference answer.") String groundTruth) {}

  private static final Table<Row> TABLE = Table.of("trl_prompt_only", Row.class);

  private static final Table<GradedRow> GRADED = Table.of("trl_prompt_only", GradedRow.class);

  @Override
  public String name() {
    return "trl/prompt-only";
  }

  @Override
  public String doc() {
    return "Prompts for GRPOTrainer and similar trainers.";
  }

  @Override
  public List<String> tables() {
    return List.of("problems");
  }

  @Override
  public boolean takesReferences() {
    return true;
  }

  @Override
  public ExportReport export(RunView run, ExportRequest request) {
    ExportSource source = new ExportSource(run, request, name());
    if (request.reference()) {
      return new Dataset<>(name(), "prompt-only", GRADED, doc(), USE)
          .write(
              source,
              sink ->
                  Prompts.forEach(
                      source,
                      problem ->
                          sink.accept(
                              problem.problemId(),
                              new GradedRow(problem.question(), Prompts.reference(problem)))));
    }
    return new Dataset<>(name(), "prompt-only", TABLE, doc(), USE)
        .write(
            source,
            sink ->
                Prompts.forEach(
                    source,
                    (Problem problem) ->
                        sink.accept(problem.problemId(), new Row(problem.question()))));
  }
}
